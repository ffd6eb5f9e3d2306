"""Personal data in what a customer writes, masked before a model, a log or a store sees it.

Each piece becomes a typed placeholder, `<EMAIL_1>`, the same one for the same words. The words
themselves are kept nowhere: no answer needs them, and a model that never read them can't say them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

_PLACEHOLDER = re.compile(r"<(?:EMAIL|PHONE|CARD|IBAN|SSN|ADDRESS|NAME)_\d+>")


class PersonalKind(StrEnum):
    """What a piece of personal data is; the first that claims a stretch of text has it."""

    EMAIL = "EMAIL"
    IBAN = "IBAN"
    CARD = "CARD"
    SSN = "SSN"
    """A United States social security number."""
    PHONE = "PHONE"
    ADDRESS = "ADDRESS"
    """House number and street, or a post office box."""
    NAME = "NAME"
    """The name of a person who introduces herself."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One piece of personal data in a text."""

    kind: PersonalKind
    start: int
    """Code points into the text, like `end` (exclusive)."""
    end: int


class PersonalDataFinder(Protocol):
    """Finds personal data in a text."""

    def find(self, text: str) -> Iterable[PersonalData]:
        """Return the pieces found, in any order; they may overlap."""
        ...

    def load(self) -> None:
        """Load what finding takes, so that the first text doesn't wait for it."""
        ...


class Masker:
    """Replaces what its finders find."""

    def __init__(self, finders: Sequence[PersonalDataFinder]) -> None:
        self._finders = tuple(finders)

    def load(self) -> None:
        """Load what the finders take."""
        for finder in self._finders:
            finder.load()

    def mask(self, text: str) -> str:
        """Return `text` with a placeholder in place of each piece of personal data."""
        numbers: dict[tuple[PersonalKind, str], int] = {}
        counts: dict[PersonalKind, int] = {}
        parts, done = [], 0
        for found in self.find(text):
            key = (found.kind, text[found.start : found.end])
            if key not in numbers:
                counts[found.kind] = numbers[key] = counts.get(found.kind, 0) + 1
            parts += [text[done : found.start], f"<{found.kind}_{numbers[key]}>"]
            done = found.end
        return "".join((*parts, text[done:]))

    def find(self, text: str) -> tuple[PersonalData, ...]:
        """Return the pieces that are masked, in order and without overlap."""
        taken = [match.span() for match in _PLACEHOLDER.finditer(text)]
        kept: list[PersonalData] = []
        for found in sorted(self._all(text), key=_rank):
            if all(found.end <= start or end <= found.start for start, end in taken):
                taken.append((found.start, found.end))
                kept.append(found)
        return tuple(sorted(kept, key=lambda one: one.start))

    def _all(self, text: str) -> Iterator[PersonalData]:
        for finder in self._finders:
            yield from finder.find(text)


def without_placeholders(text: str) -> str:
    """Return `text` without the placeholders, which are nothing to search for."""
    return " ".join(_PLACEHOLDER.sub(" ", text).split()) if _PLACEHOLDER.search(text) else text


_ORDER = {kind: place for place, kind in enumerate(PersonalKind)}


def _rank(found: PersonalData) -> tuple[int, int]:
    return _ORDER[found.kind], found.start - found.end
