import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.errors import CaseFileError, UnknownArticleError
from evals.retrieval import (
    GoldQuestion,
    RankedId,
    Ranking,
    known_questions,
    load_questions,
    rank_questions,
    ranking_row,
    retrieval_scores,
)


def a_file(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def a_ranking(question_id: str, *ids: str, gold: str = "g") -> Ranking:
    question = GoldQuestion(question_id, "?", (gold,))
    return Ranking(question, tuple(RankedId(found, 1.0) for found in ids))


class TestLoadQuestions:
    def test_leaves_out_and_counts_the_unanswerable(self, tmp_path: Path) -> None:
        path = a_file(
            tmp_path,
            {"id": "1", "question": "How?", "gold": ["a", "b"], "answer": "So."},
            {"id": "2", "question": "Why?", "gold": [], "answerable": False},
        )

        loaded = load_questions(path)

        assert loaded.questions == (GoldQuestion("1", "How?", ("a", "b")),)
        assert loaded.unanswerable == 1

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ({"id": "2", "question": "Why?"}, "question 2 has no gold article"),
            ({"id": "2", "gold": ["a"]}, "question: Field required"),
            ({"id": "1", "question": "Why?", "gold": ["a"]}, "id 1 stands on line 1 already"),
        ],
    )
    def test_names_the_line_of_what_is_no_question(
        self, tmp_path: Path, row: dict[str, object], said: str
    ) -> None:
        path = a_file(tmp_path, {"id": "1", "question": "How?", "gold": ["a"]}, row)

        with pytest.raises(CaseFileError) as told:
            load_questions(path)

        assert str(told.value).startswith(f"{path}:2")
        assert said in str(told.value)


class TestKnownQuestions:
    QUESTIONS = (
        GoldQuestion("1", "?", ("a", "b")),
        GoldQuestion("2", "?", ("c",)),
        GoldQuestion("3", "?", ("a",)),
    )

    def test_refuses_gold_articles_that_are_not_indexed(self) -> None:
        with pytest.raises(UnknownArticleError, match=r"2 of 3 gold articles .* \(b, c\)"):
            known_questions(self.QUESTIONS, {"a"}, allow_missing=False)

    def test_leaves_out_questions_without_an_indexed_one_when_told_to(self) -> None:
        kept = known_questions(self.QUESTIONS, {"a"}, allow_missing=True)

        assert [question.id for question in kept] == ["1", "3"]


class TestGoldQuestion:
    def test_falls_into_a_half_by_the_hash_of_its_id(self) -> None:
        # sha256("a") ends in …bb, sha256("b") in …9d, sha256("c") in …c6.
        halves = {name: GoldQuestion(name, "?", ("g",)).is_even for name in ("a", "b", "c")}

        assert halves == {"a": False, "b": False, "c": True}


class TestRankQuestions:
    def test_asks_each_question_once_and_reports_each_ranking(self) -> None:
        asked: list[tuple[str, int]] = []
        seen: list[Ranking] = []

        def rank(question: str, limit: int) -> Sequence[RankedId]:
            asked.append((question, limit))
            return [RankedId("g", 0.5)]

        questions = (GoldQuestion("1", "How?", ("g",)), GoldQuestion("2", "Why?", ("g",)))
        rankings = rank_questions(questions, rank, limit=10, on_ranking=seen.append)

        assert asked == [("How?", 10), ("Why?", 10)]
        assert rankings == tuple(seen)
        assert rankings[0].ids == ("g",)


class TestRetrievalScores:
    def test_measures_all_questions(self) -> None:
        (scores,) = retrieval_scores(
            [a_ranking("1", "g"), a_ranking("2", "x", "g"), a_ranking("3", "x")], k=10, split=False
        )

        values = {name: round(measure.value, 4) for name, measure in scores.measures.items()}
        assert values == {
            "hit@1": 0.3333,
            "hit@5": 0.6667,
            "hit@10": 0.6667,
            "nDCG@10": 0.5436,
            "MRR@10": 0.5,
        }
        assert scores.measures["nDCG@10"].n == 3

    def test_looks_no_further_than_k(self) -> None:
        (scores,) = retrieval_scores([a_ranking("1", "x", "y", "g")], k=2, split=False)

        assert set(scores.measures) == {"hit@1", "hit@2", "nDCG@2", "MRR@2"}
        assert scores.measures["nDCG@2"].value == 0.0

    def test_reports_the_halves_apart_when_split(self) -> None:
        scores = retrieval_scores([a_ranking("a", "g"), a_ranking("c", "x")], k=10, split=True)

        hits = {part.group: part.measures["hit@1"].value for part in scores}
        assert hits == {"all": 0.5, "odd": 1.0, "even": 0.0}


class TestRankingRow:
    def test_holds_ids_and_scores_and_no_text(self) -> None:
        assert ranking_row(a_ranking("1", "g")) == {
            "id": "1",
            "gold": ("g",),
            "articles": [{"id": "g", "score": 1.0}],
        }
