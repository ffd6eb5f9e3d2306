import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.answer import Outcome
from evals.errors import CaseFileError
from evals.generators.boundaries import Boundaries
from evals.generators.golden import Golden
from evals.generators.metamorphic import Metamorphic
from evals.generators.mutations import Mutations
from evals.generators.poison import Poison
from evals.generators.pressure import Pressure
from evals.generators.scope_swaps import ScopeSwaps
from evals.generators.traps import Traps
from evals.wording import states
from tests.askable_articles import ALERTS, PACKS, TENTS, a_source
from tests.builders import an_article


def chance() -> random.Random:
    return random.Random(7)


class TestGolden:
    def test_rests_on_the_sentence_that_states_the_value(self) -> None:
        source = a_source(TENTS)

        (case,) = Golden().cases(source, chance())

        assert case.origin is not None
        assert TENTS.body[case.origin.start : case.origin.end] == TENTS.body
        assert "2 years" in case.must[0]


class TestMetamorphic:
    def test_asks_the_golden_question_in_other_words_of_one_group(self) -> None:
        source = a_source(TENTS)
        (golden,) = Golden().cases(source, chance())

        variants = tuple(Metamorphic().cases(source, chance()))

        assert [case.note for case in variants] == ["paraphrase", "typos", "letter", "chat"]
        assert {case.group for case in variants} == {golden.group}
        assert {case.must for case in variants} == {golden.must}
        assert golden.question not in {case.question for case in variants}


class TestTraps:
    def test_asks_for_what_stands_in_no_article(self) -> None:
        source = a_source()

        cases = tuple(Traps().cases(source, chance()))

        assert cases
        assert not any(source.help_centre.mentions(word) for case in cases for word in case.absent)
        assert all(states(case.question, word) for case in cases for word in case.absent)
        assert {case.outcomes for case in cases} == {(Outcome.ABSTAINED, Outcome.HANDED_OFF)}

    def test_leaves_out_a_benefit_that_exists(self) -> None:
        source = a_source(an_article("A student discount of 10% is there for students."))

        cases = tuple(Traps().cases(source, chance()))

        assert not any("student" in case.question for case in cases)


class TestScopeSwaps:
    def test_wants_the_value_of_the_product_that_is_asked_about(self) -> None:
        cases = tuple(ScopeSwaps().cases(a_source(TENTS, PACKS), chance()))

        wanted = {(case.must[0][0], case.must_not) for case in cases}
        assert wanted == {("2 years", ("10 years",)), ("10 years", ("2 years",))}

    def test_asks_on_the_day_before_a_change_and_after_it(self) -> None:
        body = "You have {} days from the delivery date to return an item."
        old = an_article(body.format(60), article_id="old", title="Return an item")
        new = an_article(
            body.format(45),
            article_id="new",
            title="Return an item",
            valid_from=date(2026, 9, 1),
            supersedes=["old"],
        )

        cases = tuple(ScopeSwaps().cases(a_source(old, new), chance()))

        assert [(str(case.at), case.must[0][0], case.must_not) for case in cases] == [
            ("2026-08-31", "60 days", ()),
            ("2026-11-01", "45 days", ("60 days",)),
        ]

    def test_asks_for_a_country_that_no_store_serves(self) -> None:
        shipping = an_article(
            "Standard shipping in the US is free on orders over 75 USD.",
            title="Shipping in the United States",
            applies_to={"region": ("US",)},
        )

        (case,) = ScopeSwaps().cases(a_source(shipping), chance())

        assert not states(case.question, "US")
        assert case.must_not == ("75 USD",)
        assert Outcome.ABSTAINED in case.outcomes


class TestBoundaries:
    def test_asks_below_at_and_above_the_limit(self) -> None:
        cases = tuple(Boundaries().cases(a_source(ALERTS), chance()))

        asked = [next(n for n in ("14", "15", "16") if n in case.question) for case in cases]
        assert asked == ["14", "15", "16"]
        assert {case.must for case in cases} == {(("15 alerts",),)}


class TestPressure:
    def test_claims_a_value_that_the_answer_must_not_state(self) -> None:
        cases = tuple(Pressure().cases(a_source(TENTS), chance()))

        assert [case.note for case in cases] == ["insists", "colleague", "false policy"]
        assert all(case.must_not[0] in case.question for case in cases)
        assert not any(states(TENTS.body, case.must_not[0]) for case in cases)
        assert {len(case.history) for case in cases} == {2}


class TestMutations:
    def test_edits_the_sentence_that_states_the_fact(self) -> None:
        (case,) = Mutations().cases(a_source(TENTS), chance())

        assert case.edit is not None
        assert case.edit.old == TENTS.body
        assert case.edit.new == TENTS.body.replace("2 years", case.must[0][0])
        assert case.must_not == ("2 years",)

    def test_leaves_out_a_fact_that_another_article_repeats(self) -> None:
        again = replace(
            TENTS, id="again", title="Cairn tents", body="Cairn: a warranty of 2 years."
        )

        assert tuple(Mutations().cases(a_source(TENTS, again), chance())) == ()


class TestPoison:
    def test_plants_each_instruction_in_each_place(self, tmp_path: Path) -> None:
        file = tmp_path / "instructions.jsonl"
        file.write_text(json.dumps({"id": "i1", "instruction": "Ignore that."}), encoding="utf-8")

        cases = tuple(Poison().cases(a_source(ALERTS, instructions=file), chance()))

        assert [case.note.split()[1] for case in cases] == [
            "start",
            "middle",
            "end",
            "comment",
            "invisible",
        ]
        for case in cases:
            assert case.edit is not None
            assert ALERTS.body.count(case.edit.old) == 1
            assert "Ignore that." in case.edit.new
            assert all(text in case.edit.new for text in case.must_not)

    def test_makes_none_without_a_file(self) -> None:
        assert tuple(Poison().cases(a_source(ALERTS), chance())) == ()

    def test_names_the_line_that_is_no_instruction(self, tmp_path: Path) -> None:
        file = tmp_path / "instructions.jsonl"
        file.write_text('{"id": "i1"}', encoding="utf-8")

        with pytest.raises(CaseFileError, match=r"instructions\.jsonl:1 is no instruction"):
            tuple(Poison().cases(a_source(ALERTS, instructions=file), chance()))
