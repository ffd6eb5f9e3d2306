import json
from datetime import date
from pathlib import Path

import pytest

from ingestion.errors import FailedCheckError
from ingestion.probe import Probe, Question, read_probe
from knowledge_base.errors import BadInputError
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.manifest import ProbeScore
from tests.builders import an_article
from tests.fakes import HashEmbedder
from tests.generations import CREATED, write_generation

DAY = date(2026, 11, 1)


def write_rows(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


class TestReadProbe:
    def test_reads_questions_with_their_articles(self, tmp_path: Path) -> None:
        path = write_rows(
            tmp_path / "probe.jsonl",
            {"question": " How long? ", "articles": ["refunds"], "at": "2026-12-01"},
            {"question": "Where?", "gold": ["stores", "shops"], "id": "q2"},
        )

        probe = read_probe(path, today=DAY, allowed_drop=0.05)

        assert probe.questions == (
            Question("How long?", frozenset({"refunds"}), date(2026, 12, 1)),
            Question("Where?", frozenset({"stores", "shops"}), DAY),
        )
        assert probe.name.startswith("probe.jsonl-")

    def test_leaves_out_what_can_not_be_asked_alone(self, tmp_path: Path) -> None:
        path = write_rows(
            tmp_path / "suite.jsonl",
            {"question": "Off topic?", "articles": []},
            {"question": "And in the EU?", "articles": ["eu"], "history": ["In the US?"]},
            {"question": "How long?", "articles": ["refunds"], "history": [], "at": None},
        )

        probe = read_probe(path, today=DAY, allowed_drop=0.05)

        assert [question.text for question in probe.questions] == ["How long?"]

    @pytest.mark.parametrize("line", ["{", "[]", '{"articles": ["a"]}', '{"question": 5}'])
    def test_refuses_a_row_that_is_no_question(self, tmp_path: Path, line: str) -> None:
        (tmp_path / "probe.jsonl").write_text(f"\n{line}\n", "utf-8")

        with pytest.raises(BadInputError, match=r"probe\.jsonl:2"):
            read_probe(tmp_path / "probe.jsonl", today=DAY, allowed_drop=0.05)

    def test_refuses_a_file_without_questions(self, tmp_path: Path) -> None:
        (tmp_path / "probe.jsonl").write_text("", "utf-8")

        with pytest.raises(BadInputError, match="holds no question"):
            read_probe(tmp_path / "probe.jsonl", today=DAY, allowed_drop=0.05)

    def test_refuses_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(BadInputError, match="missing"):
            read_probe(tmp_path / "missing.jsonl", today=DAY, allowed_drop=0.05)


class TestProbe:
    def test_counts_the_questions_that_find_their_article(self, tmp_path: Path) -> None:
        tents = an_article("A tent may be returned.", article_id="tents", title="Tents")
        generation = Generation.open(tmp_path, write_generation(tmp_path, CREATED, tents))
        questions = (
            Question("tent", frozenset({"tents"}), DAY),
            Question("boots", frozenset({"boots"}), DAY),
        )

        score = Probe("p", questions, 0.05).score(generation, HashEmbedder())

        assert score == ProbeScore(probe="p", questions=2, found=1)

    def test_lets_a_small_drop_pass(self) -> None:
        probe = Probe("p", (), allowed_drop=0.05)

        probe.compare(scored(95), scored(100))

    def test_refuses_a_greater_drop(self) -> None:
        probe = Probe("p", (), allowed_drop=0.05)

        with pytest.raises(FailedCheckError, match=r"94 of 100 .* it was 100 of 100"):
            probe.compare(scored(94), scored(100))

    def test_compares_with_the_same_probe_only(self) -> None:
        probe = Probe("p", (), allowed_drop=0.05)

        probe.compare(scored(1), None)
        probe.compare(scored(1), ProbeScore(probe="other", questions=100, found=100))


def scored(found: int) -> ProbeScore:
    return ProbeScore(probe="p", questions=100, found=found)
