from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.answer import Outcome
from app.store.reviews import Accepted, Candidate, Occasion, RightAnswer
from evals.case import Kind, Part, load_suite
from evals.errors import EvalsError
from evals.production import write_cases

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def accepted(*outcomes: Outcome, history: tuple[str, ...] = ()) -> Accepted:
    asked = Candidate(
        turn="a" * 32,
        conversation="c" * 32,
        question="Is shipping free?",
        history=history,
        at=date(2026, 10, 30),
        asked=NOW,
        outcome=Outcome.ANSWERED,
        text="Yes.",
        articles=("ship/us",),
        occasions=(Occasion.THUMB_DOWN,),
        comment=None,
    )
    is_answered = Outcome.ANSWERED in outcomes
    right = RightAnswer(
        outcomes,
        ("ship/us",) if is_answered else (),
        (("75 USD", "$75"),) if is_answered else (),
        ("50 USD",),
        "Read twice.",
    )
    return Accepted(asked, right, NOW)


class TestWriteCases:
    def test_writes_a_suite_that_can_be_run(self, tmp_path: Path) -> None:
        path = tmp_path / "production.jsonl"

        written = write_cases([accepted(Outcome.ANSWERED)], path)

        (case,) = load_suite(path).cases
        assert written == 1
        assert (case.question, case.at) == ("Is shipping free?", date(2026, 10, 30))
        assert case.part is Part.PRODUCTION
        assert case.must == (("75 USD", "$75"),)
        assert case.must_not == ("50 USD",)

    @pytest.mark.parametrize(
        ("case", "kind"),
        [
            (accepted(Outcome.ANSWERED), Kind.ANSWERABLE),
            (accepted(Outcome.ABSTAINED, Outcome.HANDED_OFF), Kind.UNCOVERED),
            (accepted(Outcome.HANDED_OFF), Kind.ANSWERABLE),
            (accepted(Outcome.ANSWERED, history=("Do you ship?",)), Kind.FOLLOW_UP),
        ],
    )
    def test_names_the_kind_of_a_case(self, tmp_path: Path, case: Accepted, kind: Kind) -> None:
        path = tmp_path / "production.jsonl"

        write_cases([case], path)

        assert [one.kind for one in load_suite(path).cases] == [kind]

    def test_says_that_nothing_was_accepted(self, tmp_path: Path) -> None:
        with pytest.raises(EvalsError, match="review queue"):
            write_cases([], tmp_path / "production.jsonl")

    def test_says_why_a_file_cannot_be_written(self, tmp_path: Path) -> None:
        with pytest.raises(EvalsError, match="can't be written"):
            write_cases([accepted(Outcome.ANSWERED)], tmp_path / "no" / "such.jsonl")
