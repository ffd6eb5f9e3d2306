"""Keyword search by stems, pairs of words and parts of compounds."""

import random
from pathlib import Path

import bm25s  # type: ignore[import-untyped]  # it ships no types
import numpy as np
import pytest

from knowledge_base.errors import DamagedGenerationError
from knowledge_base.searching.keywords import K1, B, KeywordIndex, stems, terms

HELP = (
    "Refunds are paid within 30 days.",
    "A free trial ends after two weeks; the plan is not free.",
    "Error CVE-2017-3156: getFileLock fails in load.rules.",
    "退款政策说明",
)


WORDS = ("refund", "tent", "days", "free", "trial", "plan", "shop", "boots", "ship", "order")


def best(query: str, texts: tuple[str, ...] = HELP) -> int:
    return int(np.argmax(KeywordIndex.build(texts).scores(query)))


class TestScores:
    def test_finds_a_word_in_another_form(self) -> None:
        scores = KeywordIndex.build(HELP).scores("I want to be refunded")

        assert scores[0] > 0
        assert not scores[1:].any()

    def test_prefers_two_words_that_stand_together(self) -> None:
        texts = ("The trial is not free of charge here.", "Your free trial costs nothing at all.")

        scores = KeywordIndex.build(texts).scores("free trial")

        assert scores[1] > scores[0] > 0

    @pytest.mark.parametrize(
        "query", ["CVE-2017-3156", "cve-2017-3156?", "GetFileLock", "file lock", "load.rules"]
    )
    def test_finds_a_compound_whole_and_by_its_parts(self, query: str) -> None:
        assert best(query) == 2

    def test_prefers_the_exact_code_to_one_with_the_same_parts(self) -> None:
        texts = ("Codes 3156 of 2017, see CVE.", "Fixed: CVE-2017-3156.")

        assert best("CVE-2017-3156", texts) == 1

    def test_finds_a_script_without_spaces(self) -> None:
        assert best("我的退款") == 3

    def test_reads_a_typographic_apostrophe_like_a_plain_one(self) -> None:
        index = KeywordIndex.build(("The customer\u2019s card", "Nothing"))

        assert np.array_equal(index.scores("customer's"), index.scores("customer\u2019s"))
        assert index.scores("customer's")[0] > 0

    @pytest.mark.parametrize(
        "query", ["", "   ", "how do I do the", "!?", "unheard", "\x00", "re\ud800"]
    )
    def test_is_nought_for_a_query_without_a_known_word(self, query: str) -> None:
        scores = KeywordIndex.build(HELP).scores(query)

        assert scores.dtype == np.float32
        assert scores.tolist() == [0, 0, 0, 0]

    @pytest.mark.parametrize("texts", [(), ("",), ("the", "of")])
    def test_is_nought_where_the_texts_have_no_words(self, texts: tuple[str, ...]) -> None:
        index = KeywordIndex.build(texts)

        assert len(index) == len(texts)
        assert index.scores("refund").tolist() == [0] * len(texts)

    def test_counts_a_word_that_is_repeated_in_the_query_once(self) -> None:
        index = KeywordIndex.build(HELP)

        assert index.scores("refund. refund. refund")[0] == index.scores("refund")[0]


class TestBuild:
    def test_scores_as_bm25s_does(self) -> None:
        chance = random.Random(1)
        texts = [" ".join(chance.choices(WORDS, k=chance.randint(1, 40))) for _ in range(200)]
        theirs = bm25s.BM25(method="lucene", k1=K1, b=B, backend="numpy")
        theirs.index([list(terms(text)) for text in texts], show_progress=False)

        ours = KeywordIndex.build(texts)

        for query in WORDS:
            expected = theirs.get_scores(list(terms(query)))
            assert np.allclose(ours.scores(query), expected, rtol=1e-5)

    def test_goes_on_from_another_index_as_if_built_anew(self) -> None:
        before = KeywordIndex.build(HELP)
        texts = ("A new refund, in a free trial.", HELP[3], HELP[0], "Another plan.")

        index = KeywordIndex.build(texts, before=before, rows=(-1, 3, 0, -1))

        anew = KeywordIndex.build(texts)
        assert index.postings.terms.keys() == anew.postings.terms.keys()
        for query in ("refund", "free trial", "退款", "plan", "getFileLock"):
            assert np.array_equal(index.scores(query), anew.scores(query))

    def test_takes_a_text_that_stands_twice_over_once(self) -> None:
        before = KeywordIndex.build(HELP)
        texts = (HELP[0], HELP[0])

        index = KeywordIndex.build(texts, before=before, rows=(0, 0))

        assert np.array_equal(index.scores("refund"), KeywordIndex.build(texts).scores("refund"))

    def test_forgets_all_words_with_the_texts(self) -> None:
        index = KeywordIndex.build((), before=KeywordIndex.build(HELP), rows=())

        assert len(index) == 0
        assert not index.postings.terms


class TestStems:
    def test_leaves_out_stop_words_and_pairs(self) -> None:
        assert stems("What are the refunds for e-mails?") == ("refund", "e", "mail", "e-mail")


class TestSaveAndLoad:
    def test_score_the_same(self, tmp_path: Path) -> None:
        built = KeywordIndex.build(HELP)
        built.save(tmp_path / "new" / "folder")

        loaded = KeywordIndex.load(tmp_path / "new" / "folder")

        assert len(loaded) == len(HELP)
        assert np.array_equal(loaded.scores("free trial 退款"), built.scores("free trial 退款"))

    def test_keep_an_index_without_words(self, tmp_path: Path) -> None:
        KeywordIndex.build(("the",)).save(tmp_path)

        assert KeywordIndex.load(tmp_path).scores("refund").tolist() == [0]

    def test_say_that_a_file_is_missing(self, tmp_path: Path) -> None:
        KeywordIndex.build(HELP).save(tmp_path)
        (tmp_path / "terms.json").unlink()

        with pytest.raises(DamagedGenerationError, match="candor reindex"):
            KeywordIndex.load(tmp_path)

    def test_say_that_a_file_is_damaged(self, tmp_path: Path) -> None:
        KeywordIndex.build(HELP).save(tmp_path)
        (tmp_path / "counts.npy").write_bytes(b"not an array")

        with pytest.raises(DamagedGenerationError, match="candor reindex"):
            KeywordIndex.load(tmp_path)
