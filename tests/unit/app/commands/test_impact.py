import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from app.answer import Citation, Sentence
from app.commands.impact import impact
from app.grounding.receipt import Attempt, CheckedClaim, Evidence, Origin, Receipt, Ruling
from app.grounding.verdict import Claim, Finding, Verdict
from app.store.database import open_database
from app.store.receipts import record_receipt
from app.store.records import EventName, NewTurn, TurnEvent, record_sentence
from app.store.sql_conversations import SqlConversations
from knowledge_base.article import Article
from knowledge_base.errors import BadInputError
from knowledge_base.generations.publication import publish
from knowledge_base.generations.writer import article_hash
from tests.builders import a_passage, an_article
from tests.generations import CREATED, write_generation

COMMAND = Typer()
COMMAND.command()(impact)
WINDOW = "=You can return shoes within 30 days."
RETURNS = an_article(f"{WINDOW}\n\nEach return costs 5 USD.", article_id="returns")
CHANGED = an_article(RETURNS.body.replace("30 days", "45 days"), article_id="returns")
TURN = "a" * 32


def a_receipt(article: Article, words: str, generation: str) -> Receipt:
    passage = a_passage(article=article)
    start = article.body.index(words)
    claim = Claim(words, 0, len(words))
    finding = Finding(claim, Verdict.SUPPORTED, 1.0, "in these words", "words")
    evidence = Evidence(passage, start, start + len(words), article_hash(article))
    attempt = Attempt(Origin.DRAFT, words, (CheckedClaim(finding, evidence),))
    shown = Sentence(words, (Citation(passage, start, start + len(words)),))
    return Receipt(Ruling.RELEASED, (attempt,), shown, generation=generation)


@pytest.fixture
def generations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Two generations and one answer from the first, given an hour ago."""
    now = datetime.now(UTC) - timedelta(hours=1)
    old = write_generation(tmp_path, CREATED, RETURNS)
    new = write_generation(tmp_path, CREATED + timedelta(days=1), CHANGED)
    publish(tmp_path, old)
    publish(tmp_path, new)
    store = SqlConversations(open_database(tmp_path))
    store.create("c" * 32, now)
    store.begin(NewTurn(TURN, "c" * 32, "How long?", None, now, now), TurnEvent(1, EventName.TURN))
    receipt = a_receipt(RETURNS, WINDOW, old)
    store.keep(TURN, record_receipt(receipt, 2))
    assert receipt.sentence is not None
    shown = record_sentence(receipt.sentence)
    store.append(TURN, TurnEvent(2, EventName.SENTENCE), shown)
    store.close()
    monkeypatch.setenv("CANDOR_DATA_DIR", str(tmp_path))
    return old, new


def asked(*arguments: str) -> Result:
    return CliRunner().invoke(COMMAND, arguments)


class TestImpact:
    def test_lists_the_answer_that_the_change_concerns(self, generations: tuple[str, str]) -> None:
        done = asked("--generation", "..".join(generations))

        assert done.exit_code == 0
        assert "1 answers in 1 conversations, 1 of these open" in done.stdout
        assert f"turn {TURN} (open) fact" in done.stdout
        assert "30 → 45 days" in done.stdout

    def test_takes_the_generation_that_serves_as_the_newer_one(
        self, generations: tuple[str, str]
    ) -> None:
        told = json.loads(asked("--generation", f"{generations[0]}..", "--json").stdout)

        assert [row["turn"] for row in told["answers"]] == [TURN]
        assert told["open_conversations"] == ["c" * 32]

    def test_lists_the_cases_that_ask_for_it(
        self, generations: tuple[str, str], tmp_path: Path
    ) -> None:
        suite = tmp_path / "mine.jsonl"
        case = {"id": "one", "articles": ["returns"], "must": [["30 days"]]}
        suite.write_text(json.dumps(case))

        done = asked("--generation", "..".join(generations), "--suite", str(suite))

        assert "case one of mine: " in done.stdout

    def test_lists_who_was_told_a_fact(self, generations: tuple[str, str]) -> None:
        start = RETURNS.body.index("30 days")
        fact = f"returns#{start}-{start + len('30 days')}"

        told = json.loads(asked("--fact", fact, "--generation", generations[0], "--json").stdout)

        assert [row["turn"] for row in told["answers"]] == [TURN]

    @pytest.mark.parametrize(("must", "cases"), [("30 days", ["one"]), ("5 USD", [])])
    def test_lists_the_cases_that_ask_for_a_fact(
        self, generations: tuple[str, str], tmp_path: Path, must: str, cases: list[str]
    ) -> None:
        suite = tmp_path / "mine.jsonl"
        suite.write_text(json.dumps({"id": "one", "articles": ["returns"], "must": [[must]]}))
        start = RETURNS.body.index("30 days")
        fact = f"returns#{start}-{start + len('30 days')}"

        done = asked(
            "--fact", fact, "--generation", generations[0], "--suite", str(suite), "--json"
        )

        assert [row["case"] for row in json.loads(done.stdout)["cases"]] == cases

    def test_narrows_a_change_to_one_fact(self, generations: tuple[str, str]) -> None:
        start = RETURNS.body.index("5 USD")
        fact = f"returns#{start}-{start + len('5 USD')}"

        told = json.loads(
            asked("--fact", fact, "--generation", "..".join(generations), "--json").stdout
        )

        assert told["answers"] == []

    def test_exports_what_no_spreadsheet_runs(
        self, generations: tuple[str, str], tmp_path: Path
    ) -> None:
        path = tmp_path / "told.csv"

        asked("--generation", "..".join(generations), "--output", str(path))

        with path.open(newline="") as file:
            (row,) = csv.DictReader(file)
        assert row["turn"] == TURN
        assert row["said"] == f"'{WINDOW}"

    def test_exports_json_lines(self, generations: tuple[str, str], tmp_path: Path) -> None:
        path = tmp_path / "told.jsonl"

        asked("--generation", "..".join(generations), "--output", str(path))

        assert [json.loads(line)["turn"] for line in path.read_text().splitlines()] == [TURN]

    @pytest.mark.parametrize("hours", ["nan", "inf", "1e12", "-1"])
    def test_refuses_hours_that_no_conversation_lasts(
        self, generations: tuple[str, str], hours: str
    ) -> None:
        done = asked("--generation", "..".join(generations), "--open-hours", hours)

        assert isinstance(done.exception, BadInputError | SystemExit)
        assert done.exit_code != 0

    @pytest.mark.parametrize("arguments", [(), ("--generation", "x..y")])
    def test_says_what_to_name(
        self, generations: tuple[str, str], arguments: tuple[str, ...]
    ) -> None:
        del generations

        assert isinstance(asked(*arguments).exception, BadInputError)
