"""Postings: how often each term stands in each of a list of texts, kept so that they can go on.

A list of texts that differs in a few from the one before takes over the counts of all others:
counting the terms of a text costs a hundred times as much as moving its counts.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, count
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]

TERMS_FILE = "terms.json"
COUNTS_FILE = "counts.npy"
_FIRST, _SECOND, _THIRD = range(3)


@dataclass(frozen=True, slots=True)
class Postings:
    """The terms of texts, by term."""

    terms: Mapping[str, int]
    """The place of each term."""
    starts: Numbers
    """Where the postings of each term begin, and where the last one's end."""
    texts: Numbers
    """The text of each posting."""
    counts: Numbers
    """How often the term stands in that text."""
    size: int
    """How many texts there are."""

    @classmethod
    def empty(cls) -> Self:
        """Return the postings of no text."""
        nothing = np.zeros(0, dtype=np.int32)
        return cls({}, np.zeros(1, dtype=np.int32), nothing, nothing, 0)

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Return what `save` wrote into `directory`.

        Raises:
            OSError: A file is missing.
            ValueError: A file can't be read, or they don't fit each other.
        """
        described = json.loads((directory / TERMS_FILE).read_bytes())
        owners, texts, counts = np.load(directory / COUNTS_FILE)
        terms = _numbered(described["terms"])
        if len(texts) and (texts.max() >= described["texts"] or owners.max() >= len(terms)):
            raise ValueError("the counts are of other texts")
        return cls(terms, _starts(owners, len(terms)), texts, counts, int(described["texts"]))

    def save(self, directory: Path) -> None:
        """Write the postings into `directory`."""
        described = {"texts": self.size, "terms": list(self.terms)}
        (directory / TERMS_FILE).write_text(json.dumps(described, ensure_ascii=False), "utf-8")
        np.save(directory / COUNTS_FILE, np.stack([self._owners(), self.texts, self.counts]))

    def followed_by(self, rows: Sequence[int], texts: Iterable[Sequence[str]]) -> "Postings":
        """Return the postings of another list of texts.

        Args:
            rows: Of each text of that list, its place in this one, or -1 where it is new. No
                place may come twice.
            texts: The terms of each new text, in their order.
        """
        terms = dict(self.terms)
        places = np.flatnonzero(np.asarray(rows, dtype=np.int32) < 0).tolist()
        new = [
            (terms.setdefault(term, len(terms)), place, count)
            for place, found in zip(places, texts, strict=True)
            for term, count in Counter(found).items()
        ]
        columns = np.array(new, dtype=np.int32).reshape(-1, _THIRD + 1).T
        moved = self._moved(rows)
        owners = np.concatenate([moved[_FIRST], columns[_FIRST]])
        order = np.argsort(owners, kind="stable")  # the first part is in order already
        owners, held, counts = (
            np.concatenate([old, added])[order] for old, added in zip(moved, columns, strict=True)
        )
        return _without_unused(terms, owners, held, counts, len(rows))

    def lengths(self) -> NDArray[np.float64]:
        """Return the number of terms of each text, repeated ones counted."""
        lengths = np.bincount(self.texts, weights=self.counts, minlength=self.size)
        return np.asarray(lengths, dtype=np.float64)

    def _moved(self, rows: Sequence[int]) -> tuple[Numbers, Numbers, Numbers]:
        """Return term, new place and count of all postings of texts that stay."""
        new_places = np.full(self.size, -1, dtype=np.int32)
        old = np.asarray(rows, dtype=np.int32)
        staying = np.flatnonzero(old >= 0)
        new_places[old[staying]] = staying
        moved = new_places[self.texts]
        stays = moved >= 0
        return self._owners()[stays], moved[stays], self.counts[stays]

    def _owners(self) -> Numbers:
        """Return the term of each posting."""
        places = np.arange(len(self.terms), dtype=np.int32)
        return np.repeat(places, np.diff(self.starts))


def _without_unused(
    terms: Mapping[str, int], owners: Numbers, texts: Numbers, counts: Numbers, size: int
) -> Postings:
    used = np.bincount(owners, minlength=len(terms)) > 0
    new_places = np.cumsum(used, dtype=np.int32) - 1
    kept = _numbered(compress(terms, used.tolist()))  # they stand in the order of their places
    return Postings(kept, _starts(new_places[owners], len(kept)), texts, counts, size)


def _numbered(terms: Iterable[str]) -> dict[str, int]:
    return dict(zip(terms, count(), strict=False))  # the numbers don't end


def _starts(owners: Numbers, terms: int) -> Numbers:
    ends = np.cumsum(np.bincount(owners, minlength=terms), dtype=np.int32)
    return np.concatenate([np.zeros(1, dtype=np.int32), ends])
