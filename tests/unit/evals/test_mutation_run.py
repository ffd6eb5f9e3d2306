import json
from dataclasses import replace
from pathlib import Path

from typer.testing import CliRunner

from evals.case import Case, Edit, Kind, case_line
from evals.commands import evaluate
from evals.edited_articles import batches
from evals.mutation_run import MutationResult, go_together, score
from tests.eval_builders import a_case, a_sentence, an_answer


def a_mutation(case_id: str, old: str, new: str, article: str = "returns") -> Case:
    case = a_case(case_id, kind=Kind.MUTATION, articles=(article,), must=((new,),), must_not=(old,))
    return _with_edit(case, Edit(article, f"It is {old} there.", f"It is {new} there."))


def _with_edit(case: Case, edit: Edit) -> Case:
    return replace(case, edit=edit)


class TestBatches:
    def test_puts_edits_of_different_articles_together(self) -> None:
        one, other = a_mutation("a", "30 days", "9 days"), a_mutation("b", "7 days", "8 days", "x")

        assert tuple(batches([one, other], go_together)) == ((one, other),)

    def test_keeps_apart_edits_whose_values_could_be_taken_for_each_other(self) -> None:
        one, other = a_mutation("a", "30 days", "9 days"), a_mutation("b", "5 days", "30 days", "x")

        assert tuple(batches([one, other], go_together)) == ((one,), (other,))


class TestScore:
    def test_counts_a_mutation_only_if_answer_and_gate_notice_it(self) -> None:
        case = a_mutation("a", "30 days", "9 days")
        new, old = an_answer(a_sentence("9 days.")), an_answer(a_sentence("30 days."))
        results = [
            MutationResult(case, new, is_followed=True, is_old_rejected=True),
            MutationResult(case, new, is_followed=True, is_old_rejected=False),
            MutationResult(case, old, is_followed=False, is_old_rejected=True),
            MutationResult(case, None, is_followed=False, is_old_rejected=True),
        ]

        measured = score(results, not_applied=2)

        assert (measured.noticed.successes, measured.noticed.n) == (1, 4)
        assert (measured.followed.successes, measured.rejected.successes) == (2, 3)
        assert measured.stated_old.successes == 1
        assert measured.not_applied == 2


class TestMutations:
    def test_follows_the_edited_article_and_leaves_the_published_one_alone(
        self, data_dir: Path, help_centre: Path, tmp_path: Path
    ) -> None:
        old = "Unworn boots can be returned within 30 days of delivery."
        case = a_case(
            "m1",
            kind=Kind.MUTATION,
            question="How many days do I have to return boots?",
            must=(("45 days",),),
            must_not=("30 days",),
        )
        edited = _with_edit(case, Edit("returns", old, old.replace("30", "45")))
        suite = tmp_path / "mutations.jsonl"
        suite.write_text(case_line(edited), encoding="utf-8")
        serving = (data_dir / "current.json").read_bytes()
        output = tmp_path / "out.jsonl"
        arguments = ("--suite", suite, "--articles", help_centre, "--output", output)

        done = CliRunner().invoke(
            evaluate,
            ["mutations", *map(str, arguments)],
            env={"CANDOR_DATA_DIR": str(data_dir)},
            catch_exceptions=False,
        )

        assert "mutations noticed: 1 of 1" in done.stdout
        row = json.loads(output.read_text(encoding="utf-8"))
        assert row == {"id": "m1", "followed": True, "stated_old": False, "old_rejected": True}
        assert (data_dir / "current.json").read_bytes() == serving
