"""The commands run as a user runs them: in their own process, over a real index."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge_base.embedding.model_files import BUNDLED, find_model
from tests.tiny_model import write_tiny_model

CANDOR = Path(sys.executable).parent / "candor"
MAY_NOT_BE_LOADED = ("torch", "transformers", "sentence_transformers", "langchain_core", "fastapi")
QUERY = """
import sys
from datetime import date
from knowledge_base.bootstrap import open_search
from knowledge_base.settings import KnowledgeBaseSettings
found = open_search(KnowledgeBaseSettings()).search("refund the tent", at=date(2026, 11, 1))
assert found.articles
print([name for name in sys.argv[1:] if name in sys.modules])
"""


class Desk:
    """A folder of articles, a data folder and a model, with `candor` to run over them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.model = write_tiny_model(path / "tiny")
        self.articles = path / "articles"
        self.articles.mkdir()
        self.write(
            "refunds.md", "---\nid: refunds\ntitle: Refunds\n---\n\nA refund takes 5 days.\n"
        )
        self.write(
            "tents.md", "---\nid: tents\ntitle: Tents\nvalid_from: 2027-01-01\n---\n\nA tent.\n"
        )

    def write(self, name: str, content: str | bytes) -> None:
        """Write an article."""
        data = content if isinstance(content, bytes) else content.encode()
        (self.articles / name).write_bytes(data)

    def run(self, *command: object, data_dir: str = "data") -> "subprocess.CompletedProcess[str]":
        """Run a command where `CANDOR_EMBEDDER` is the tiny model."""
        self._share_onnx_copy(self.path / data_dir)
        settings = {
            "CANDOR_DATA_DIR": str(self.path / data_dir),
            "CANDOR_EMBEDDER": str(self.model),
        }
        return subprocess.run(
            [str(part) for part in command],
            env=os.environ | settings,  # noqa: TID251 — what a user's shell hands on
            cwd=self.path,
            capture_output=True,
            text=True,
            check=False,
        )

    def _share_onnx_copy(self, data_dir: Path) -> None:
        """Give another data folder what the first reindex made; loading torch takes seconds."""
        made = self.path / "data" / "models"
        if made.is_dir() and not data_dir.exists():
            shutil.copytree(made, data_dir / "models")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    done = desk.run(CANDOR, "reindex", "--source", desk.articles)
    assert done.returncode == 0, done.stderr
    return desk


class TestReindex:
    def test_shows_its_progress_and_says_what_serves(self, desk: Desk) -> None:
        done = desk.run(CANDOR, "reindex", "--source", desk.articles, data_dir="fresh")

        assert done.returncode == 0
        assert "2 articles" in done.stdout
        assert "Embedding" in done.stderr

    def test_prints_one_json_object_and_nothing_else(self, desk: Desk) -> None:
        done = desk.run(CANDOR, "reindex", "--source", desk.articles, "--json", data_dir="json")

        said = json.loads(done.stdout)
        assert done.stderr == ""
        assert (said["articles"], said["chunks"], said["plan"]["skipped"]) == (2, 2, [])
        assert said["seconds"] > 0

    def test_lists_what_it_skipped(self, desk: Desk) -> None:
        mixed = desk.path / "mixed"
        mixed.mkdir()
        (mixed / "good.md").write_text("# Good\n\nA refund.\n", "utf-8")
        (mixed / "empty.md").write_text("", "utf-8")

        lenient = desk.run(CANDOR, "reindex", "--source", mixed, data_dir="mixed-data")
        strict = desk.run(CANDOR, "reindex", "--source", mixed, "--strict", data_dir="strict-data")

        assert lenient.returncode == 0
        assert "empty.md" in lenient.stdout
        assert strict.returncode == 1
        assert "empty.md" in strict.stderr
        assert not (desk.path / "strict-data" / "current.json").exists()

    def test_shows_a_plan_and_changes_nothing(self, desk: Desk) -> None:
        done = desk.run(CANDOR, "reindex", "--source", desk.articles, "--dry-run", data_dir="plan")

        assert done.returncode == 0
        assert "articles  2 added, 0 changed, 0 removed, 0 unchanged" in done.stdout
        assert not (desk.path / "plan" / "generations").exists()

    def test_says_in_one_line_that_a_source_is_missing(self, desk: Desk) -> None:
        done = desk.run(CANDOR, "reindex", "--source", desk.path / "nowhere", "--json")

        assert done.returncode == 1
        assert "nowhere" in done.stderr
        assert done.stderr.count("\n") == 1


class TestSearch:
    def test_does_not_load_torch(self, desk: Desk) -> None:
        done = desk.run(sys.executable, "-c", QUERY, *MAY_NOT_BE_LOADED)

        assert done.stdout == "[]\n", done.stderr
        fingerprint = find_model(str(desk.model)).fingerprint
        assert (desk.path / "data" / "models" / fingerprint / "model.onnx").is_file()

    def test_shows_passages_with_their_place(self, desk: Desk) -> None:
        done = desk.run(CANDOR, "search", "refund")

        assert "A refund takes 5 days." in done.stdout
        assert "refunds [0:22]" in done.stdout

    def test_prints_json(self, desk: Desk) -> None:
        done = desk.run(CANDOR, "search", "refund", "--json", "--k", "1")

        said = json.loads(done.stdout)
        assert [article["id"] for article in said["articles"]] == ["refunds"]
        (passage,) = said["passages"]
        assert passage["text"] == "A refund takes 5 days."
        assert (passage["article"], passage["start"], passage["end"]) == ("refunds", 0, 22)

    def test_names_what_is_not_in_force_on_the_day(self, desk: Desk) -> None:
        before = desk.run(CANDOR, "search", "tent", "--at", "2026-11-01")
        after = desk.run(CANDOR, "search", "tent", "--at", "2027-11-01")

        assert "not in force before 2027-01-01" in before.stdout
        assert "not in force" not in after.stdout

    def test_answers_a_file_row_for_row(self, desk: Desk) -> None:
        rows = [
            '{"id": 1, "question": "refund"}',
            '{"id": 2}',
            '{"id": 3, "question": "a", "at": 5}',
        ]
        (desk.path / "in.jsonl").write_text("\n".join(rows), "utf-8")

        done = desk.run(CANDOR, "search", "--input", "in.jsonl", "--output", "out.jsonl", "--k", 1)

        assert done.returncode == 0, done.stderr
        found, *failed = map(json.loads, (desk.path / "out.jsonl").read_text("utf-8").splitlines())
        assert found["id"] == 1
        assert found["articles"][0]["id"] == "refunds"
        assert set(found["passages"][0]) == {"article", "heading", "start", "end", "score", "text"}
        assert [row["id"] for row in failed] == [2, 3]
        assert "`question`" in failed[0]["error"]
        assert "`at`" in failed[1]["error"]

    def test_asks_for_a_reindex_where_there_is_no_index(self, desk: Desk) -> None:
        done = desk.run(CANDOR, "search", "refund", data_dir="nothing")

        assert done.returncode == 1
        assert "run `candor reindex`" in done.stderr

    def test_refuses_an_index_of_another_model(self, desk: Desk) -> None:
        data_dir = desk.path / "data"

        done = desk.run(
            "env",
            f"CANDOR_EMBEDDER={BUNDLED}",
            f"CANDOR_DATA_DIR={data_dir}",
            CANDOR,
            "search",
            "a",
        )

        assert done.returncode == 1
        assert "run `candor reindex`" in done.stderr

    def test_refuses_to_show_more_than_there_can_be(self, desk: Desk) -> None:
        done = desk.run(CANDOR, "search", "refund", "--k", 10**20)

        assert done.returncode == 2
        assert "Traceback" not in done.stderr

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, as Linux has it")
    def test_says_in_one_line_that_its_output_finds_no_room(self, desk: Desk) -> None:
        done = desk.run("sh", "-c", f"{CANDOR} search refund > /dev/full")

        assert done.returncode == 1
        assert "No space left" in done.stderr
        assert done.stderr.count("\n") == 1

    def test_says_which_options_go_together(self, desk: Desk) -> None:
        done = desk.run(CANDOR, "search", "refund", "--input", "in.jsonl")

        assert done.returncode == 2
        assert "--output" in done.stderr


class TestFacts:
    def test_shows_what_is_promised_and_where(self, desk: Desk) -> None:
        done = desk.run(CANDOR, "facts", "refunds")

        assert done.returncode == 0
        assert "refund " in done.stdout
        assert "5 days" in done.stdout
        assert "A refund takes" in done.stdout

    def test_prints_one_json_object_a_fact(self, desk: Desk) -> None:
        done = desk.run(CANDOR, "facts", "--json")

        said = [json.loads(line) for line in done.stdout.splitlines()]
        assert [(one["article_id"], one["text"], one["unit"]) for one in said] == [
            ("refunds", "5 days", "day")
        ]

    def test_says_that_an_article_promises_nothing(self, desk: Desk) -> None:
        assert desk.run(CANDOR, "facts", "tents").stdout == "No policy facts found.\n"

    def test_says_in_one_line_that_there_is_no_such_article(self, desk: Desk) -> None:
        done = desk.run(CANDOR, "facts", "kayaks")

        assert done.returncode == 1
        assert "there is no article 'kayaks'" in done.stderr
        assert done.stderr.count("\n") == 1
