"""Sizes: storage, memory, pixels, weights and lengths."""

from collections.abc import Iterator
from decimal import Decimal

from knowledge_base.policy.fact import FactKind
from knowledge_base.policy.measures import Measure, Unit
from knowledge_base.policy.value import Value

_WRITTEN = {
    "kilobyte": "KB", "megabyte": "MB", "gigabyte": "GB", "terabyte": "TB", "petabyte": "PB",
    "gig": "GB", "pixel": "px", "kilogram": "kg", "gram": "g", "pound": "lb", "ounce": "oz",
    "centimeter": "cm", "centimetre": "cm", "millimeter": "mm", "millimetre": "mm",
    "kilometer": "km", "kilometre": "km", "inches": "in", "inch": "in", "feet": "ft", "foot": "ft",
    "virtual cpu": "vCPU", "core": "core",
}  # fmt: skip
_ABBREVIATED = (
    "KB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB", "byte", "px", "kg", "lb", "oz", "cm",
    "mm", "km", "vCPU", "CPU", "Kbps", "Mbps", "Gbps", "kB/s", "MB/s", "GB/s", "MP", "DPI",
)  # fmt: skip
_NAMES = {name.lower(): name for name in _ABBREVIATED} | _WRITTEN
_UNITS = "|".join(sorted(_NAMES, key=len, reverse=True))


def _unit(written: str) -> Unit | None:
    name = written.lower()
    found = _NAMES.get(name) or _NAMES.get(name.removesuffix("s"))
    return Unit(found, Decimal(1)) if found else None


_MEASURE = Measure.of(FactKind.SIZE, rf"(?:{_UNITS})s?(?![\w/])", _unit)


def sizes(text: str) -> Iterator[Value]:
    """Yield the sizes in `text`, their units as abbreviations."""
    yield from _MEASURE.find(text)
