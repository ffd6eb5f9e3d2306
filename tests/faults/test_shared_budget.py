"""A budget that two processes share is overrun by one request at most."""

import json
import subprocess
import sys
from pathlib import Path

LIMIT_USD, REQUEST_USD = 3.0, 0.1

ASKS = """
import json, random, sys, time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from app.answer import Usage
from app.store.database import open_database
from app.store.records import Ending, EventName, NewTurn, TurnEvent, TurnState
from app.store.sql_conversations import SqlConversations
from app.telemetry.limits import Limits

folder, name, limit, request = Path(sys.argv[1]), sys.argv[2], *map(float, sys.argv[3:])
engine = open_database(folder)
store = SqlConversations(engine)
now = datetime(2026, 11, 1, tzinfo=UTC)

def ask(number):
    turn = f"{name}{number:031x}"
    store.create(turn, now)
    asked, first = NewTurn(turn, turn, "?", None, now, now), TurnEvent(1, EventName.TURN)
    if store.begin(asked, first, Limits(request=request, day=limit)) is not None:
        store.finish(turn, Ending(TurnState.DONE, now, ()))
        return 0.0
    cost = random.Random(turn).uniform(request / 2, request)
    store.finish(turn, Ending(TurnState.DONE, now, (), usage=(Usage("m", 1, 1, cost),)))
    return cost

costs = [ask(0)]
(folder / f"{name}.ready").touch()
while len(list(folder.glob("*.ready"))) < 2:
    time.sleep(0.001)
with ThreadPoolExecutor(4) as threads:
    costs += threads.map(ask, range(1, 40))
while cost := ask(len(costs)):  # what ran meanwhile may have cost less than was held back for it
    costs.append(cost)
print(json.dumps(costs))
"""


class TestASharedBudget:
    def test_is_overrun_by_one_request_at_most(self, tmp_path: Path) -> None:
        amounts = [str(LIMIT_USD), str(REQUEST_USD)]
        children = [
            subprocess.Popen(
                [sys.executable, "-c", ASKS, str(tmp_path), name, *amounts],
                stdout=subprocess.PIPE,
                text=True,
            )
            for name in "ab"
        ]

        costs = [json.loads(child.communicate(timeout=100)[0]) for child in children]

        spent = sum(map(sum, costs))
        assert LIMIT_USD - REQUEST_USD < spent < LIMIT_USD + REQUEST_USD
        assert all(any(each) for each in costs)
