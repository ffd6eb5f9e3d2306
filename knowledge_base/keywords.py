"""BM25 over stemmed words and pairs of words: the only home of bm25s and PyStemmer.

Words such as `CVE-2017-3156`, `load.rules` or `getFileLock` count both whole and in parts, so that
an error code is found by its exact form and a compound by either half.
Two neighbouring words also count as one term: "free trial" says more than "free" and "trial".
Scripts that put no space between words are indexed by pairs of characters.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import bm25s  # type: ignore[import-untyped]  # it ships no types
import numpy as np
import Stemmer  # type: ignore[import-not-found]  # a C extension without stubs
from numpy.typing import NDArray

from knowledge_base.errors import DamagedGenerationError

Scores = NDArray[np.float32]

K1, B = 0.9, 0.4  # Anserini's defaults: Yang, Fang & Lin 2017
STOP_WORDS = frozenset(bm25s.stopwords.STOPWORDS_EN_PLUS)

# Thai, Lao, kana and Han: written without spaces between words.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(r"[^\W_]+(?:[-._/'@+#]+[^\W_]+)*")
_RUN = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_UNSPACED_RUN = re.compile(rf"[{_UNSPACED}]")
_SIZE_FILE = "size.json"


class KeywordIndex:
    """BM25 scores of a fixed list of texts."""

    def __init__(self, ranker: bm25s.BM25 | None, size: int) -> None:
        self._ranker = ranker
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> "KeywordIndex":
        """Return an index over `texts`, in their order."""
        tokens = [_terms(text) for text in texts]
        if not any(tokens):
            return cls(None, len(texts))
        ranker = bm25s.BM25(method="lucene", k1=K1, b=B, backend="numpy")
        ranker.index(tokens, create_empty_token=False, show_progress=False)
        return cls(ranker, len(texts))

    @classmethod
    def load(cls, directory: Path) -> "KeywordIndex":
        """Return the index that `save` wrote into `directory`.

        Raises:
            DamagedGenerationError: A file of the index is missing or can't be read.
        """
        try:
            described: dict[str, Any] = json.loads((directory / _SIZE_FILE).read_text("utf-8"))
            ranker = bm25s.BM25.load(directory) if described["words"] else None
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

    def _known(self, query: str) -> list[int]:
        if self._ranker is None:
            return []
        vocabulary: dict[str, int] = self._ranker.vocab_dict
        terms = set(_terms(query))
        return sorted(vocabulary[term] for term in terms if term in vocabulary)

    def _sum_of_columns(self, columns: dict[str, Any], ids: Sequence[int]) -> Scores:
        # One bincount over the words' postings: several times faster than one addition a word.
        starts, ends = columns["indptr"][ids], columns["indptr"][np.asarray(ids) + 1]
        spans = [slice(start, end) for start, end in zip(starts, ends, strict=True)]
        texts = np.concatenate([columns["indices"][span] for span in spans])
        weights = np.concatenate([columns["data"][span] for span in spans])
        return np.bincount(texts, weights, minlength=self._size).astype(np.float32)


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that `text` is found by, stop words and pairs left out."""
    return tuple(term for term in _terms(text) if " " not in term)


def _terms(text: str) -> list[str]:
    # A stemmer may not be shared by threads, and costs microseconds to make.
    stem: Callable[[list[str]], list[str]] = Stemmer.Stemmer("english").stemWords
    parts, compounds = [], []
    for match in _WORD.finditer(_encodable(text).replace("\u2019", "'")):
        word = match.group().removesuffix("'s")
        found = list(_parts(word))
        parts.extend(found)
        if len(found) > 1:
            compounds.append(word)
    words = stem(_content(parts))
    return words + stem(_content(compounds)) + [f"{one} {two}" for one, two in pairwise(words)]


def _encodable(text: str) -> str:
    # Half a surrogate pair, which JSON can carry, is no character: the stemmer refuses it.
    return text.encode("utf-8", "replace").decode("utf-8")


def _content(words: Iterable[str]) -> list[str]:
    return [word for word in map(str.lower, words) if word not in STOP_WORDS]


def _parts(word: str) -> Iterator[str]:
    for run in _RUN.findall(word):
        if _UNSPACED_RUN.match(run):
            yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))
        else:
            yield from _HUMP.split(run)
