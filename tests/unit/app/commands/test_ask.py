import json
from datetime import date
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from app.answer import Answer, Citation, Outcome, Sentence, Usage
from app.commands.ask import ask, fields, readable
from app.commands.ask_row import AskRow
from knowledge_base.errors import BadInputError, NoGenerationError
from tests.builders import a_passage, an_article

COMMAND = Typer()
COMMAND.command()(ask)


def an_answer(*, usage: tuple[Usage, ...] = ()) -> Answer:
    article = an_article("Refunds take 5 days.", title="Refunds")
    citation = Citation(a_passage(article=article), 0, 20)
    return Answer(
        outcome=Outcome.ANSWERED,
        text="Refunds take 5 days.",
        sentences=(Sentence("Refunds take 5 days.", (citation,)),),
        usage=usage,
        timings_ms={"total": 12.34},
    )


class TestFields:
    def test_are_those_of_an_answer_row(self) -> None:
        row = fields(an_answer())

        assert row == {
            "outcome": "ANSWERED",
            "text": "Refunds take 5 days.",
            "sentences": [
                {
                    "text": "Refunds take 5 days.",
                    "citations": [{"article": "refunds", "start": 0, "end": 20}],
                }
            ],
            "release": None,
            "latency_ms": 12.3,
            "usage": [],
        }

    def test_list_each_call_of_a_model(self) -> None:
        usage = Usage("openai:small", prompt_tokens=7, completion_tokens=3, cost_usd=0.01)

        row = fields(an_answer(usage=(usage,)))

        assert json.loads(json.dumps(row))["usage"][0]["prompt_tokens"] == 7


class TestReadable:
    def test_numbers_the_sources_below_the_text(self) -> None:
        text = readable(an_answer())

        assert text.splitlines() == ["Refunds take 5 days. [1]", "", "  [1] Refunds (refunds)"]

    def test_is_the_notice_alone_where_nothing_is_cited(self) -> None:
        text = readable(Answer(Outcome.ABSTAINED, "Ask a person."))

        assert text == "Ask a person."


class TestAskRow:
    def test_reads_a_row(self) -> None:
        row = AskRow.read(
            {"id": "1", "question": "And Summit?", "at": "2026-11-01", "history": ["Trail?"]}
        )

        assert row == AskRow("And Summit?", date(2026, 11, 1), ("Trail?",))

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ({"id": "1"}, "question"),
            ({"id": "1", "question": 7}, "question"),
            ({"id": "1", "question": "Hi", "at": "tomorrow"}, "2026-11-01"),
            ({"id": "1", "question": "Hi", "history": "Hi"}, "history"),
            ({"id": "1", "question": "Hi", "history": [1]}, "history"),
        ],
    )
    def test_says_what_is_wrong_with_a_row(self, row: dict[str, object], said: str) -> None:
        with pytest.raises(BadInputError, match=said):
            AskRow.read(row)


class TestAsk:
    @pytest.mark.parametrize(
        "arguments", [[], ["Hi", "--input", "a", "--output", "b"], ["--input", "a"]]
    )
    def test_wants_one_question_or_one_file(self, arguments: list[str]) -> None:
        result = CliRunner().invoke(COMMAND, arguments)

        assert result.exit_code == 2

    def test_says_that_there_is_no_index_yet(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("CANDOR_DATA_DIR", str(tmp_path))

        result = CliRunner().invoke(COMMAND, ["How long do refunds take?"])

        assert isinstance(result.exception, NoGenerationError)
