"""A value that a sentence holds, before it is known what it is a value of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from knowledge_base.policy.fact import Comparator, FactKind


@dataclass(frozen=True, slots=True)
class Value:
    """A normalised value with its place in the text that was read."""

    kind: FactKind
    value: str
    unit: str
    start: int
    """Code points of the text, like `end` (exclusive)."""
    end: int
    comparator: Comparator | None = None
    """What the expression itself says ("5–7 days", "30+ days"); None leaves it to the words
    around it."""
    has_number: bool = True
    """Whether it is written as a number ("0.50 EUR"), not as a word ("free", "noon")."""

    def moved(self, offset: int) -> "Value":
        """Return the value with its place shifted by `offset`."""
        return replace(self, start=self.start + offset, end=self.end + offset)


def without_overlaps(values: Iterable[Value]) -> Iterator[Value]:
    """Yield the values in the order of the text; of those that overlap, the first given.

    A word may stand inside another value: "two free labels" is a count and a price.
    """
    taken: list[Value] = []
    for value in values:
        numbers = (other for other in taken if other.has_number)
        if all(value.end <= other.start or other.end <= value.start for other in numbers):
            taken.append(value)
    yield from sorted(taken, key=lambda value: (value.start, value.end))
