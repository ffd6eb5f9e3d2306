"""Alignment: which lines of a file the words of a body were read from.

Reading an article drops its front matter and markup, and joins lines. Its words stay, in their
order: groups of words that occur once in the file and once in the body tie the two together
(patience diff), and what lies between two ties is looked for between them only.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"\w+")
_TOGETHER = 3
"""Words that tie body and file together where they occur once in each."""


@dataclass(frozen=True, slots=True)
class FileSpan:
    """A stretch of a file's text in code points, end exclusive."""

    start: int
    end: int


class Alignment:
    """Maps spans of a body to spans of the file that it was read from."""

    def __init__(self, body: str, text: str, text_start: int = 0) -> None:
        self._body = _Words(body, 0)
        self._file = _Words(text, text_start)

    def find(self, start: int, end: int) -> FileSpan | None:
        """Return where `body[start:end]` stands in the file, None where that can't be told."""
        first = bisect_left(self._body.ends, start + 1)
        last = bisect_left(self._body.starts, end) - 1
        if first > last:
            return None
        begins = self._locate(first, last, at_end=False)
        if begins is None:
            return None
        ends = self._locate(first, last, at_end=True)
        stops = ends if ends is not None and begins <= ends else begins
        return FileSpan(self._file.starts[begins], self._file.ends[stops])

    def _locate(self, first: int, last: int, *, at_end: bool) -> int | None:
        """Return which word of the file is the first, or the last, of a stretch of the body."""
        known = last if at_end else first
        if known in self._ties:
            return self._ties[known]
        low, high = self._between(first, last)
        for length in range(min(_TOGETHER, last - first + 1), 0, -1):
            words = self._body.texts[
                slice(last - length + 1, last + 1) if at_end else slice(first, first + length)
            ]
            found = self._file.occurrences(words, low, high)
            if len(found) == 1:
                return found[0] + (length - 1 if at_end else 0)
        return None

    def _between(self, first: int, last: int) -> tuple[int, int]:
        """Return the words of the file between the ties around a stretch of the body."""
        before, behind = bisect_right(self._tied, first) - 1, bisect_right(self._tied, last)
        low = self._ties[self._tied[before]] if before >= 0 else 0
        high = self._ties[self._tied[behind]] if behind < len(self._tied) else len(self._file.texts)
        return low, high

    @cached_property
    def _ties(self) -> dict[int, int]:
        """Word of the file by word of the body, where both are known to be the same."""
        body, file = self._body.single_groups(), self._file.single_groups()
        pairs = sorted((body[group], file[group]) for group in body.keys() & file.keys())
        return {
            one + offset: other + offset
            for one, other in _rising(pairs)
            for offset in range(_TOGETHER)
        }

    @cached_property
    def _tied(self) -> list[int]:
        return sorted(self._ties)


class _Words:
    """The words of a text, in small letters, with their places."""

    def __init__(self, text: str, start: int) -> None:
        matches = tuple(_WORD.finditer(text, start))
        self.texts = [match.group().casefold() for match in matches]
        self.starts = [match.start() for match in matches]
        self.ends = [match.end() for match in matches]

    def single_groups(self) -> dict[tuple[str, ...], int]:
        """Return the number of the first word of each group of words that occurs once."""
        groups = list(zip(*(self.texts[offset:] for offset in range(_TOGETHER)), strict=False))
        counts = Counter(groups)
        return {group: place for place, group in enumerate(groups) if counts[group] == 1}

    def occurrences(self, words: Sequence[str], low: int, high: int) -> list[int]:
        """Return where `words` stand one behind the other from word `low` up to `high`."""
        length = len(words)
        return [
            place
            for place in range(low, min(high + _TOGETHER, len(self.texts)) - length + 1)
            if self.texts[place : place + length] == words
        ]


def _rising(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of `pairs`, sorted by their first, whose seconds rise too."""
    tails: list[int] = []
    ends: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in pairs:
        place = bisect_left(tails, pair[1])
        before[pair] = ends[place - 1] if place else None
        tails[place : place + 1], ends[place : place + 1] = [pair[1]], [pair]
    rising: list[tuple[int, int]] = []
    current = ends[-1] if ends else None
    while current is not None:
        rising.append(current)
        current = before[current]
    return rising[::-1]
