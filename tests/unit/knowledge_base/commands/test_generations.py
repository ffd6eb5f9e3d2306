import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from knowledge_base.commands.generations import generations
from knowledge_base.errors import DamagedGenerationError, UnknownGenerationError
from knowledge_base.generations.publication import current_generation_id, publish
from tests.builders import an_article
from tests.generations import CREATED, flip, write_generation


@pytest.fixture
def written(tmp_path: Path) -> list[str]:
    """Two generations in the default data folder of the working directory, both published."""
    data_dir = tmp_path / ".candor"
    first = write_generation(data_dir, CREATED, an_article())
    second = write_generation(data_dir, CREATED + timedelta(hours=1), an_article(article_id="new"))
    publish(data_dir, first)
    publish(data_dir, second)
    return [first, second]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(generations, arguments)


class TestList:
    def test_marks_the_one_that_serves(self, written: list[str]) -> None:
        lines = run("list").output.splitlines()

        assert lines[0].startswith(f"* {written[1]}  published")
        assert lines[1].startswith(f"  {written[0]}  earlier")

    def test_prints_json(self, written: list[str]) -> None:
        listed = json.loads(run("list", "--json").output)

        assert [(one["id"], one["serves"]) for one in listed] == [
            (written[1], True),
            (written[0], False),
        ]

    def test_says_that_there_are_none(self) -> None:
        assert "candor reindex" in run("list").output


class TestShow:
    def test_says_what_it_holds(self, written: list[str]) -> None:
        assert "1 articles, 1 chunks" in run("show", written[0]).output

    def test_prints_the_manifest_as_json(self, written: list[str]) -> None:
        assert json.loads(run("show", written[0], "--json").output)["id"] == written[0]


class TestDiff:
    def test_names_articles(self, written: list[str]) -> None:
        lines = run("diff", *written).output.splitlines()

        assert lines[:2] == ["added    new", "removed  refunds"]

    def test_prints_json(self, written: list[str]) -> None:
        found = json.loads(run("diff", *written, "--json").output)

        assert found["articles"]["added"] == ["new"]


class TestRollback:
    def test_goes_to_the_one_before(self, tmp_path: Path, written: list[str]) -> None:
        told = run("rollback").output

        assert told == f"Generation {written[0]} serves again.\n"
        assert current_generation_id(tmp_path / ".candor") == written[0]

    def test_refuses_a_damaged_one(self, tmp_path: Path, written: list[str]) -> None:
        flip(tmp_path / ".candor" / "generations" / written[0] / "articles.jsonl")

        done = run("rollback", written[0])

        assert isinstance(done.exception, DamagedGenerationError)
        assert current_generation_id(tmp_path / ".candor") == written[1]

    def test_refuses_one_that_is_not_there(self, written: list[str]) -> None:
        assert isinstance(run("rollback", f"{written[0]}0").exception, UnknownGenerationError)


class TestVerifyCommand:
    def test_says_which_is_damaged_and_what_to_do(self, tmp_path: Path, written: list[str]) -> None:
        flip(tmp_path / ".candor" / "generations" / written[1] / "articles.jsonl")

        done = run("verify")

        assert done.exit_code == 1
        assert f"{written[1]}: damaged" in done.output
        assert "articles.jsonl has other content" in done.output
        assert "run `candor reindex`" in done.output
        assert f"{written[0]}: whole" in done.output

    def test_prints_json(self, written: list[str]) -> None:
        done = run("verify", written[0], "--json")

        (found,) = json.loads(done.output)
        assert (done.exit_code, found["problems"]) == (0, [])


class TestPruneCommand:
    def test_says_what_it_removed(self, tmp_path: Path, written: list[str]) -> None:
        third = write_generation(tmp_path / ".candor", CREATED + timedelta(hours=2))
        publish(tmp_path / ".candor", third)

        done = run("prune", "--keep", "1", "--json")

        assert json.loads(done.output) == {"removed": [written[0]]}
