"""What a model writes is cut into sentences while it streams, each with its `[1]` markers.

A sentence is complete when the next one begins, or at the end: a marker may still follow its
full stop.
"""

import re
from dataclasses import dataclass

from knowledge_base.sentences import split_sentences

_MARKER = re.compile(r"\s*\[(\d+(?:\s*,\s*\d+)*)\]")
_UNFINISHED = re.compile(r"\s*(?:\[[\d,\s]*)?\Z")


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence as a model wrote it, without its markers."""

    text: str
    markers: tuple[int, ...]
    """Numbers of the passages that it cites, in the order written, each once."""


class WrittenSentences:
    """Takes text as it streams and gives back the sentences that are complete."""

    def __init__(self) -> None:
        self._text = ""
        self._markers: list[tuple[int, int]] = []
        self._held_back = ""

    @property
    def pending_chars(self) -> int:
        """Length of what was written and is no complete sentence yet."""
        return len(self._text) + len(self._held_back)

    def feed(self, text: str) -> tuple[WrittenSentence, ...]:
        """Return the sentences that `text` completes."""
        text = self._held_back + text
        tail = _UNFINISHED.search(text)
        settled = tail.start() if tail else len(text)
        self._held_back = text[settled:]
        if not settled:
            return ()
        self._take(text[:settled])
        return self._cut(keep_last=True)

    def finish(self) -> tuple[WrittenSentence, ...]:
        """Return what is left when the text has ended."""
        self._take(self._held_back)
        self._held_back = ""
        return self._cut(keep_last=False)

    def _take(self, text: str) -> None:
        """Keep `text` without its markers, and remember where each one stood."""
        position = 0
        for marker in _MARKER.finditer(text):
            self._text += text[position : marker.start()]
            numbers = (int(digits[:9]) for digits in marker[1].split(","))
            self._markers += [(len(self._text), number) for number in numbers]
            position = marker.end()
        self._text += text[position:]

    def _cut(self, *, keep_last: bool) -> tuple[WrittenSentence, ...]:
        spans = split_sentences(self._text)
        starts = [span.start for span in spans]
        complete = spans[:-1] if keep_last else spans
        written = tuple(
            WrittenSentence(self._text[span.start : span.end], self._markers_from(starts, index))
            for index, span in enumerate(complete)
        )
        if keep_last and complete:
            self._drop(starts[-1])
        return written

    def _markers_from(self, starts: list[int], index: int) -> tuple[int, ...]:
        """Return the markers after a sentence's start; those before any belong to the first."""
        first = 0 if index == 0 else starts[index] + 1
        last = starts[index + 1] if index + 1 < len(starts) else len(self._text)
        numbers = (number for position, number in self._markers if first <= position <= last)
        return tuple(dict.fromkeys(numbers))

    def _drop(self, end: int) -> None:
        self._text = self._text[end:]
        self._markers = [(at - end, number) for at, number in self._markers if at > end]
