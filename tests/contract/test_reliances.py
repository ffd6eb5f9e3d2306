"""What every reader of what answers rested on must do; proved on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.store.database import open_database
from app.store.records import EventName, TurnEvent
from app.store.reliances import Reliances
from app.store.sql_conversations import SqlConversations
from app.store.sql_reliances import SqlReliances
from tests.contract.test_conversations import (
    BLOCKED,
    CLAIM,
    EVIDENCE,
    NOW,
    RECEIPT,
    SENTENCE,
    TALK,
    a_turn,
    first_event,
)


@pytest.fixture
def talk(store: SqlConversations) -> SqlConversations:
    """A store with a conversation whose only turn runs."""
    store.create(TALK, NOW)
    store.begin(a_turn(), first_event())
    return store


@pytest.fixture
def reliances(talk: SqlConversations, database_url: str, tmp_path: Path) -> Iterator[Reliances]:
    del talk
    engine = open_database(tmp_path, database_url)
    yield SqlReliances(engine)
    engine.dispose()


def a_sentence_event(number: int = 2) -> TurnEvent:
    return TurnEvent(number, EventName.SENTENCE, {})


class TestOn:
    def test_finds_what_the_wording_that_was_shown_rested_on(
        self, talk: SqlConversations, reliances: Reliances
    ) -> None:
        talk.keep(a_turn().id, RECEIPT)
        talk.append(a_turn().id, a_sentence_event(), SENTENCE)

        (found,) = reliances.on({"ship/us", "returns"})

        assert (found.turn, found.conversation, found.shown) == (a_turn().id, TALK, "Free.")
        assert (found.start, found.end) == (EVIDENCE.start, EVIDENCE.end)
        assert (found.version, found.generation) == ("a" * 64, "g1")
        assert (found.asked, found.last_asked) == (NOW, NOW)

    def test_leaves_out_what_only_a_wording_that_was_kept_back_rested_on(
        self, talk: SqlConversations, reliances: Reliances
    ) -> None:
        other = replace(CLAIM, evidence=replace(EVIDENCE, article="returns"))
        draft, repair = RECEIPT.attempts
        receipt = replace(RECEIPT, attempts=(replace(draft, claims=(other,)), repair))
        talk.keep(a_turn().id, receipt)
        talk.keep(a_turn().id, BLOCKED)
        talk.append(a_turn().id, a_sentence_event(), SENTENCE)

        assert reliances.on({"returns"}) == ()

    def test_leaves_out_a_receipt_whose_sentence_was_never_released(
        self, talk: SqlConversations, reliances: Reliances
    ) -> None:
        talk.keep(a_turn().id, RECEIPT)

        assert reliances.on({"ship/us"}) == ()

    def test_takes_the_citations_of_a_sentence_without_a_receipt(
        self, talk: SqlConversations, reliances: Reliances
    ) -> None:
        talk.append(a_turn().id, a_sentence_event(), SENTENCE)

        (found,) = reliances.on({"ship/us"})

        assert (found.shown, found.start, found.end) == (SENTENCE.text, 3, 9)
        assert found.version is None

    def test_tells_when_the_conversation_was_asked_last(
        self, talk: SqlConversations, reliances: Reliances
    ) -> None:
        talk.append(a_turn().id, a_sentence_event(), SENTENCE)
        talk.create("d" * 32, NOW)
        later = replace(a_turn(2, talk="d" * 32), created=NOW + timedelta(days=2))
        talk.begin(later, first_event())

        (found,) = reliances.on({"ship/us"})

        assert found.last_asked == NOW

    def test_asks_for_many_articles_at_once(
        self, talk: SqlConversations, reliances: Reliances
    ) -> None:
        talk.append(a_turn().id, a_sentence_event(), SENTENCE)

        names = {"ship/us", *(f"article-{number}" for number in range(1200))}

        assert len(reliances.on(names)) == 1
