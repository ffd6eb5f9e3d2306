"""What every store must do about shared budgets when a turn begins; on SQLite and PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.answer import Budget, Usage
from app.store.database import open_database
from app.store.records import Ending, EventName, NewTurn, TurnEvent, TurnState
from app.store.sql_conversations import SqlConversations
from app.telemetry.limits import Limits

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
DAY = Limits(request=1.0, day=3.0)


class Shop:
    """A database with budgets, seen by one process."""

    def __init__(self, url: str, folder: Path) -> None:
        self.store = SqlConversations(open_database(folder, url))

    def ask(
        self,
        number: int,
        limits: Limits = DAY,
        *,
        talk: int | None = None,
        client: str = "a",
        at: datetime = NOW,
    ) -> Budget | None:
        """Begin a turn, and return the budget that is used up."""
        turn = NewTurn(
            f"{number:032x}",
            f"{talk or number:032x}",
            "?",
            None,
            at,
            at,
            client=client,
            begins_conversation=talk is None or talk == number,
        )
        return self.store.begin(turn, TurnEvent(1, EventName.TURN), limits)

    def end(self, number: int, cost: float | None) -> None:
        usage = None if cost is None else (Usage("m", 1, 1, cost),)
        self.store.finish(f"{number:032x}", Ending(TurnState.DONE, NOW, (), usage=usage))


@pytest.fixture
def shop(database_url: str, tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(database_url, tmp_path)
    yield opened
    opened.store.close()


class TestBegin:
    def test_holds_back_what_running_turns_may_spend(self, shop: Shop) -> None:
        used_up = [shop.ask(number) for number in range(1, 5)]

        assert used_up == [None, None, None, Budget.DAY]

    def test_counts_what_ended_turns_really_cost(self, shop: Shop) -> None:
        for number in range(1, 31):
            assert shop.ask(number) is None
            shop.end(number, 0.1)

        assert shop.ask(31) is Budget.DAY

    def test_goes_on_holding_back_for_a_turn_whose_server_died(self, shop: Shop) -> None:
        for number in range(1, 4):
            shop.ask(number)
            shop.end(number, None)

        assert shop.ask(4) is Budget.DAY

    def test_begins_anew_at_midnight(self, shop: Shop) -> None:
        for number in range(1, 4):
            shop.ask(number)

        tomorrow = NOW + timedelta(hours=12)

        assert shop.ask(4, at=tomorrow) is None

    def test_keeps_the_budgets_of_keys_apart(self, shop: Shop) -> None:
        limits = Limits(request=1.0, key=1.0)
        shop.ask(1, limits, client="a")

        same = shop.ask(2, limits, client="a")
        other = shop.ask(3, limits, client="b")

        assert (same, other) == (Budget.KEY, None)

    def test_counts_a_conversation_beyond_its_day(self, shop: Shop) -> None:
        limits = Limits(request=1.0, conversation=0.5)
        shop.ask(1, limits, talk=1)
        shop.end(1, 0.5)

        later = NOW + timedelta(days=9)

        assert shop.ask(2, limits, talk=1, at=later) is Budget.CONVERSATION

    def test_holds_nothing_back_without_a_shared_budget(self, shop: Shop) -> None:
        for number in range(1, 9):
            assert shop.ask(number, Limits(request=1.0)) is None

        assert shop.ask(9) is None

    def test_is_overrun_by_one_request_at_most_by_many_in_two_processes(
        self, shop: Shop, database_url: str, tmp_path: Path
    ) -> None:
        """Two engines hold two pools of connections, as two processes do."""
        other = Shop(database_url, tmp_path)
        keepers = [shop, other] * 20

        with ThreadPoolExecutor(8) as threads:
            used_up = list(threads.map(lambda one, number: one.ask(number), keepers, range(1, 41)))

        other.store.close()
        assert used_up.count(None) == 3
