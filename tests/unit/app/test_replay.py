from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.answer import Outcome
from app.replay import Mark, Side, day_asked, history_before, replayed, side_of_turn
from app.store.records import (
    AnswerRecord,
    CitationRecord,
    Conversation,
    SentenceRecord,
    Turn,
    TurnState,
)

CITED = CitationRecord("refunds", "Refunds", None, "", 0, 20, 0, 20)
TURN = Turn(
    "t2",
    "c",
    "And in the EU?",
    None,
    TurnState.DONE,
    datetime(2026, 11, 1, 23, 30, tzinfo=UTC),
    sentences=(SentenceRecord("It takes 5 days.", (CITED,)), SentenceRecord("Ask us.", ())),
    answer=AnswerRecord(
        Outcome.ANSWERED, "It takes 5 days. Ask us.", "refunds eu", "quoting", "g1"
    ),
)


def a_side(*sentences: str, text: str = "", outcome: str = "ANSWERED") -> Side:
    return Side("r1-00000000", "g2", "quoting", outcome, text, sentences)


class TestReplayed:
    def test_marks_each_sentence_with_where_it_stands(self) -> None:
        found = replayed(side_of_turn(TURN), a_side("It takes 9 days.", "Ask  us."))

        assert [(line.mark, line.text) for line in found.lines] == [
            (Mark.ONLY_THEN, "It takes 5 days."),
            (Mark.ONLY_NOW, "It takes 9 days."),
            (Mark.SAME, "Ask  us."),
        ]
        assert not found.is_same

    def test_is_the_same_where_a_customer_would_read_the_same(self) -> None:
        assert replayed(side_of_turn(TURN), a_side("It takes 5 days.", "Ask us.")).is_same

    def test_holds_notices_against_each_other_where_nothing_was_released(self) -> None:
        found = replayed(a_side("Free."), a_side(text="Ask us.", outcome="ABSTAINED"))

        assert [line.mark for line in found.lines] == [Mark.ONLY_THEN, Mark.ONLY_NOW]


class TestHistoryBefore:
    def test_holds_the_answered_turns_before_it(self) -> None:
        first = replace(TURN, id="t1", question="How long?")
        failed = replace(TURN, id="t1b", state=TurnState.FAILED, answer=None)
        later = replace(TURN, id="t3")
        talk = Conversation("c", TURN.created, (first, failed, TURN, later))

        (earlier,) = history_before(TURN, talk)

        assert (earlier.question, earlier.query) == ("How long?", "refunds eu")
        assert earlier.article_ids == ("refunds",)


class TestDayAsked:
    def test_is_the_day_that_was_named_or_else_that_of_the_question_there(self) -> None:
        named = replace(TURN, at=date(2026, 1, 1))

        assert day_asked(named, ZoneInfo("UTC")) == date(2026, 1, 1)
        assert day_asked(TURN, ZoneInfo("Europe/Berlin")) == date(2026, 11, 2)
