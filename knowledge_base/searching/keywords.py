"""BM25 over stemmed words and pairs of words: the only home of PyStemmer and bm25s's words.

Words such as `CVE-2017-3156`, `load.rules` or `getFileLock` count both whole and in parts, so that
an error code is found by its exact form and a compound by either half.
Two neighbouring words also count as one term: "free trial" says more than "free" and "trial".
Scripts that put no space between words are indexed by pairs of characters.
bm25s, whose list of stop words this uses, can't go on from an index that it has built: the weights
are computed here, and a test compares them with its own.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import bm25s  # type: ignore[import-untyped]  # it ships no types
import numpy as np
import Stemmer  # type: ignore[import-not-found]  # a C extension without stubs
from numpy.typing import NDArray

from knowledge_base.errors import DamagedGenerationError
from knowledge_base.searching.postings import Postings

Scores = NDArray[np.float32]
Texts = Sequence[str] | Mapping[int, str]
"""Texts by their places."""

K1, B = 0.9, 0.4  # Anserini's defaults: Yang, Fang & Lin 2017
STOP_WORDS = frozenset(bm25s.stopwords.STOPWORDS_EN_PLUS)

# Thai, Lao, kana and Han: written without spaces between words.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(r"[^\W_]+(?:[-._/'@+#]+[^\W_]+)*")
_RUN = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_UNSPACED_RUN = re.compile(rf"[{_UNSPACED}]")


class KeywordIndex:
    """BM25 scores of a fixed list of texts."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings

    @classmethod
    def build(
        cls,
        texts: Texts,
        *,
        before: "KeywordIndex | None" = None,
        rows: Sequence[int] = (),
    ) -> "KeywordIndex":
        """Return an index over `texts`, in their order.

        Args:
            texts: What is indexed; of texts whose counts are taken over, none is needed.
            before: An index whose counts are taken over.
            rows: Of each text, its place in that index, or -1 where it isn't in it.
        """
        known = _each_once(rows) if before else [-1] * len(texts)
        new = (terms(texts[place]) for place, row in enumerate(known) if row < 0)
        postings = before.postings if before else Postings.empty()
        return cls(postings.followed_by(known, new))

    @classmethod
    def load(cls, directory: Path) -> "KeywordIndex":
        """Return the index that `save` wrote into `directory`.

        Raises:
            DamagedGenerationError: A file of the index is missing or can't be read.
        """
        try:
            return cls(Postings.load(directory))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DamagedGenerationError(
                f"the keyword index in {directory} can't be read ({error}); run `candor reindex`"
            ) from error

    def save(self, directory: Path) -> None:
        """Write the index into `directory`, which is made if need be."""
        directory.mkdir(parents=True, exist_ok=True)
        self._postings.save(directory)

    @property
    def postings(self) -> Postings:
        """How often each term stands in each text."""
        return self._postings

    @cached_property
    def _weights(self) -> Scores:
        """What each posting adds to a score; an index that is only gone on from needs none."""
        return _weights(self._postings)

    def __len__(self) -> int:
        return self._postings.size

    def scores(self, query: str) -> Scores:
        """Return the BM25 score of each text for `query`, 0 where they share no word."""
        known = self._postings.terms
        ids = sorted(known[term] for term in set(terms(query)) if term in known)
        if not ids:
            return np.zeros(len(self), dtype=np.float32)
        starts = self._postings.starts
        spans = [slice(starts[one], starts[one + 1]) for one in ids]
        # One bincount over the words' postings: several times faster than one addition a word.
        texts = np.concatenate([self._postings.texts[span] for span in spans])
        weights = np.concatenate([self._weights[span] for span in spans])
        return np.bincount(texts, weights, minlength=len(self)).astype(np.float32)


def _weights(postings: Postings) -> Scores:
    """Return what each posting adds to its text's score: BM25 as Lucene computes it."""
    if not len(postings.texts):
        return np.zeros(0, dtype=np.float32)
    found_in = np.diff(postings.starts)
    rarity = np.log(1 + (postings.size - found_in + 0.5) / (found_in + 0.5))
    lengths = postings.lengths()
    damping = K1 * (1 - B + B * lengths / lengths.mean())
    share = postings.counts / (postings.counts + damping[postings.texts])
    return np.asarray(np.repeat(rarity, found_in) * share, dtype=np.float32)


def _each_once(rows: Sequence[int]) -> list[int]:
    """Return `rows` with each that comes again taken for new."""
    seen: set[int] = set()
    once = []
    for row in rows:
        once.append(-1 if row in seen else row)
        seen.add(row)
    return once


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that `text` is found by, stop words and pairs left out."""
    return tuple(term for term in terms(text) if " " not in term)


def pairs(text: str) -> tuple[str, ...]:
    """Return the pairs of neighbouring stems that `text` is found by: "free trial"."""
    return tuple(term for term in terms(text) if " " in term)


def terms(text: str) -> list[str]:
    """Return all that `text` is found by, in its order: stems, compounds, and pairs of stems."""
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
