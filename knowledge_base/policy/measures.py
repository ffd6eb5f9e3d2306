"""Numbers with a unit behind them: "14 days", "30+ users", "2.5 GB"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from knowledge_base.policy.fact import Comparator, FactKind
from knowledge_base.policy.numbers import NUMBER, decimal, normal
from knowledge_base.policy.value import Value

_GAP = r"(?:\s|-|\N{NO-BREAK SPACE}|\N{NON-BREAKING HYPHEN})?"


class Unit(NamedTuple):
    """A unit in its one name, and how many of it one of the written unit are."""

    name: str
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Measure:
    """Finds the numbers that stand before the units of one family."""

    kind: FactKind
    pattern: re.Pattern[str]
    unit: Callable[[str], Unit | None]
    """Reads the unit as it is written; None where it is no unit after all."""

    @classmethod
    def of(cls, kind: FactKind, units: str, unit: Callable[[str], Unit | None]) -> "Measure":
        """Return the measure of the units that the regular expression `units` fits."""
        number = rf"(?P<number>{NUMBER})(?P<more>\+)?"
        return cls(kind, re.compile(rf"{number}{_GAP}(?P<unit>{units})", re.IGNORECASE), unit)

    def find(self, text: str) -> Iterator[Value]:
        """Yield the values in `text`."""
        for match in self.pattern.finditer(text):
            unit = self.unit(match["unit"])
            if unit is not None:
                value = normal(decimal(match["number"]) * unit.factor)
                more = Comparator.AT_LEAST if match["more"] else None
                yield Value(self.kind, value, unit.name, match.start(), match.end("unit"), more)
