"""BM25 over stemmed words: the only home of bm25s and PyStemmer.

Words such as `CVE-2017-3156`, `load.rules` or `e-mail` count both whole and in parts, so that an
error code is found by its exact form and a hyphenated word by either half.
Scripts that put no space between words are indexed by pairs of characters.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import bm25s  # type: ignore[import-untyped]  # it ships no types
import numpy as np
import Stemmer  # type: ignore[import-not-found]  # a C extension without stubs
from numpy.typing import NDArray

from knowledge_base.errors import DamagedGenerationError

Scores = NDArray[np.float32]

K1, B = 1.2, 0.75  # Robertson & Zaragoza 2009; Lucene's defaults
STOP_WORDS = frozenset(bm25s.stopwords.STOPWORDS_EN_PLUS)

# Thai, Lao, kana and Han: written without spaces between words.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(r"[^\W_]+(?:[-._/'@+#]+[^\W_]+)*")
_PART = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_UNSPACED_PART = re.compile(rf"[{_UNSPACED}]")
_SIZE_FILE = "size.json"


class KeywordIndex:
    """BM25 scores of a fixed list of texts."""

    def __init__(self, ranker: bm25s.BM25 | None, size: int) -> None:
        self._ranker = ranker
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> "KeywordIndex":
        """Return an index over `texts`, in their order."""
        tokens = [list(_words(text, _stem())) for text in texts]
        if not any(tokens):
            return cls(None, len(texts))
        ranker = bm25s.BM25(method="lucene", k1=K1, b=B, backend="numpy")
        ranker.index(tokens, show_progress=False)
        return cls(ranker, len(texts))

    @classmethod
    def load(cls, directory: Path) -> "KeywordIndex":
        """Return the index that `save` wrote into `directory`, its scores memory-mapped.

        Raises:
            DamagedGenerationError: A file of the index is missing or can't be read.
        """
        try:
            described: dict[str, Any] = json.loads((directory / _SIZE_FILE).read_text("utf-8"))
            ranker = bm25s.BM25.load(directory, mmap=True) if described["words"] else None
            return cls(ranker, int(described["texts"]))
        except (OSError, ValueError, KeyError) as error:
            raise DamagedGenerationError(
                f"the keyword index in {directory} can't be read ({error}); run `candor reindex`"
            ) from error

    def save(self, directory: Path) -> None:
        """Write the index into `directory`, which is made if need be."""
        directory.mkdir(parents=True, exist_ok=True)
        described = {"texts": self._size, "words": self._ranker is not None}
        (directory / _SIZE_FILE).write_text(json.dumps(described), "utf-8")
        if self._ranker is not None:
            self._ranker.save(directory, show_progress=False)

    def __len__(self) -> int:
        return self._size

    def scores(self, query: str) -> Scores:
        """Return the BM25 score of each text for `query`, 0 where they share no word."""
        ids = self._known(query)
        if not ids or self._ranker is None:
            return np.zeros(self._size, dtype=np.float32)
        return self._sum_of_columns(self._ranker.scores, ids)

    def texts_with(self, stem: str) -> int:
        """Return how many texts hold a word of this stem."""
        if self._ranker is None or stem not in self._ranker.vocab_dict:
            return 0
        at, starts = self._ranker.vocab_dict[stem], self._ranker.scores["indptr"]
        return int(starts[at + 1] - starts[at])

    def _known(self, query: str) -> list[int]:
        if self._ranker is None:
            return []
        vocabulary: dict[str, int] = self._ranker.vocab_dict
        words = set(_words(query, _stem()))
        return sorted(vocabulary[word] for word in words if word in vocabulary)

    def _sum_of_columns(self, columns: dict[str, Any], ids: Sequence[int]) -> Scores:
        # One bincount over the words' postings: several times faster than one addition a word.
        starts, ends = columns["indptr"][ids], columns["indptr"][np.asarray(ids) + 1]
        spans = [slice(start, end) for start, end in zip(starts, ends, strict=True)]
        texts = np.concatenate([columns["indices"][span] for span in spans])
        weights = np.concatenate([columns["data"][span] for span in spans])
        return np.bincount(texts, weights, minlength=self._size).astype(np.float32)


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that `text` is found by, in order, stop words left out."""
    return tuple(_words(text, _stem()))


def _stem() -> Callable[[list[str]], list[str]]:
    # A stemmer may not be shared by threads, and costs microseconds to make.
    stem: Callable[[list[str]], list[str]] = Stemmer.Stemmer("english").stemWords
    return stem


def _words(text: str, stem: Callable[[list[str]], list[str]]) -> Iterable[str]:
    found = [word for word in _split(text.lower()) if word not in STOP_WORDS]
    return stem(found)


def _split(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text.replace("\u2019", "'")):
        word = match.group().removesuffix("'s")
        parts = _PART.findall(word)
        if len(parts) > 1:
            yield word
        for part in parts:
            yield from _pairs(part) if _UNSPACED_PART.match(part) else (part,)


def _pairs(run: str) -> Iterator[str]:
    yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))
