"""The answer cache: drafts that held, by what was asked.

It belongs to one open generation of one release, and goes with it. What it holds is a draft, not
an answer: whoever takes one out puts it through the gate again.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

import numpy as np

from app.answer import CacheHit, DraftSentence, Question
from app.answering.likeness import asks_the_same, gist
from knowledge_base.article import Passage
from knowledge_base.embedding.embedder import Vectors

LEAST_SIMILARITY = 0.85
"""Cosine below which two questions are never taken for the same, whatever their words."""

_Key = tuple[str, str, tuple[tuple[str, str], ...], date]
_Gist = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recalled:
    """A draft that held for the same question before."""

    hit: CacheHit
    drafts: tuple[DraftSentence, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    asked: Question
    drafts: tuple[DraftSentence, ...]


class AnswerCache:
    """Remembers drafts; the least recently used goes first."""

    def __init__(
        self, embed: Callable[[Sequence[str]], Vectors], *, entries: int, near: bool
    ) -> None:
        """Take how questions are embedded, how many are kept, and whether near ones count."""
        self._embed = embed
        self._most = entries
        self._near = near
        self._entries: OrderedDict[_Key, _Entry] = OrderedDict()
        self._by_gist: dict[_Gist, _Key] = {}
        self._lock = Lock()

    def recall(self, asked: Question, passages: Sequence[Passage]) -> Recalled | None:
        """Return the draft for a question, if one is known whose passages were found for it too."""
        with self._lock:
            hit, entry = CacheHit.EXACT, self._entries.get(_key(asked))
            if entry is None and self._near:
                hit, entry = CacheHit.NEAR, self._alike(asked)
            if entry is None or not _rests_on(entry.drafts, passages):
                return None
            self._entries.move_to_end(_key(entry.asked))
        if hit is CacheHit.NEAR and self._similarity(asked, entry.asked) < LEAST_SIMILARITY:
            return None
        return Recalled(hit, entry.drafts)

    def keep(self, asked: Question, drafts: Sequence[DraftSentence]) -> None:
        """Remember a draft of which every sentence was released as it stood."""
        key = _key(asked)
        with self._lock:
            self._entries[key] = _Entry(asked, tuple(drafts))
            self._entries.move_to_end(key)
            self._by_gist[gist(asked.text)] = key
            while len(self._entries) > self._most:
                oldest, entry = self._entries.popitem(last=False)
                if self._by_gist.get(gist(entry.asked.text)) == oldest:
                    del self._by_gist[gist(entry.asked.text)]

    def _alike(self, asked: Question) -> _Entry | None:
        known = self._by_gist.get(gist(asked.text))
        entry = self._entries.get(known) if known else None
        return entry if entry and asks_the_same(entry.asked, asked) else None

    def _similarity(self, one: Question, other: Question) -> float:
        first, second = self._embed([one.text, other.text])
        return float(np.dot(first, second))


def _key(asked: Question) -> _Key:
    scope = tuple(sorted(asked.scope.items()))
    return _spelled(asked.text), _spelled(asked.query), scope, asked.at


def _spelled(text: str) -> str:
    return " ".join(text.casefold().split())


def _rests_on(drafts: Sequence[DraftSentence], passages: Sequence[Passage]) -> bool:
    return all(citation.passage in passages for draft in drafts for citation in draft.citations)
