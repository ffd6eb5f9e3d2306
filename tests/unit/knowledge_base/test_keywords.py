"""Keyword search by stems, pairs of words and parts of compounds."""

from pathlib import Path

import numpy as np
import pytest

from knowledge_base.errors import DamagedGenerationError
from knowledge_base.keywords import KeywordIndex, stems

HELP = (
    "Refunds are paid within 30 days.",
    "A free trial ends after two weeks; the plan is not free.",
    "Error CVE-2017-3156: getFileLock fails in load.rules.",
    "退款政策说明",
)


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
        (tmp_path / "vocab.index.json").unlink()

        with pytest.raises(DamagedGenerationError, match="candor reindex"):
            KeywordIndex.load(tmp_path)

    def test_say_that_a_file_is_damaged(self, tmp_path: Path) -> None:
        KeywordIndex.build(HELP).save(tmp_path)
        (tmp_path / "data.csc.index.npy").write_bytes(b"not an array")

        with pytest.raises(DamagedGenerationError, match="candor reindex"):
            KeywordIndex.load(tmp_path)
