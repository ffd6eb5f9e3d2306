"""A row of a table: which cell a place lies in, what its column and its first cell say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from knowledge_base.policy.fact import FactKind
from knowledge_base.policy.labels import column_subject
from knowledge_base.policy.numbers import DIGITS, decimal, normal
from knowledge_base.policy.regions import regions_in
from knowledge_base.policy.value import Value
from knowledge_base.policy.words import WORD, singular
from knowledge_base.sentences import SentenceKind
from knowledge_base.statements import Statement

_SAYS_NOTHING = re.compile(
    r"(?:values?|amounts?(?: ?[/&] ?\w+)?|details?|descriptions?|notes?|info(?:rmation)?"
    r"|solutions?|answers?|meaning"
    r"|comments?|explanation|what (?:you get|it means|happens)|summary|\W*)",
    re.IGNORECASE,
)
_PLAN_HEADER = re.compile(r"(?:plan|tier|membership|subscription)s?(?: name)?", re.IGNORECASE)
_REGION_HEADER = re.compile(
    r"(?:region|countr(?:y|ies)|market|destination|location)s?", re.IGNORECASE
)
_JOINT = re.compile(r",? (?:and|or|&) |, |/")
_BARE_CELL = re.compile(rf"(?<=\|)\s*(?P<number>{DIGITS})\s*(?=\|)")
_NO_COUNT = re.compile(
    r"\b(?:no|number|id|code|step|version|year|port|rank|default|example|status|error|type)\b|#|%",
    re.IGNORECASE,
)
_IS_VALUE = re.compile(
    r"(?:more than |less than |up to |over |under |from |at least |[$€£+~<>≤≥] ?)?[$€£]?\d[\d.,]*"
    r"(?!\w|-[a-z]|\.)|free$",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"\b(?:fee|limit|rate|bonus|price|cost|charge|discount|window|period|minimum|maximum|allowance"
    r"|balance|apy|apr|time|timeout|deadline|duration|threshold|deposit|retention"
    r"|term)s?(?: \(.*\))?$",
    re.IGNORECASE,
)
_MOST_NAME_WORDS = 4
_CELL_WORDS = 5
_MOST_CELLS = 64
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row, in code points of the row's text."""

    start: int
    end: int
    text: str
    header: str
    """What its column is headed; empty where the header says nothing of its own."""
    key: str
    """The row's first cell; empty for that cell itself."""
    key_header: str
    is_pair: bool
    """Whether the table has two columns, of which the first may say what is measured."""

    @property
    def plans(self) -> tuple[str, ...]:
        """The plans that the row is about, where its first column lists plans."""
        return self._names() if _PLAN_HEADER.fullmatch(self.key_header) else ()

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that the row is about, where its first column lists regions."""
        return self._names() if _REGION_HEADER.fullmatch(self.key_header) else ()

    @property
    def products(self) -> tuple[str, ...]:
        """What the row is about where that is a name: a service, a tier, a currency."""
        is_other = self.plans or self.regions or _IS_VALUE.match(self.key)
        if (self.is_pair and not self.header) or is_other or self._key_is_attribute():
            return ()
        return (self.key,) if 0 < len(self.key.split()) <= _MOST_NAME_WORDS else ()

    def subjects(self, inside: Sequence[str], *, header_is_name: bool) -> tuple[str, ...]:
        """Return what a value in the cell is about, the surest first.

        That is its column, or the row's first cell where the column is named after a plan or a
        product; `inside`, what the cell itself says, comes first where the cell is a sentence.
        """
        header = "" if header_is_name or regions_in(self.header) else column_subject(self.header)
        is_scope = _IS_VALUE.match(self.key) or self.plans or self.regions
        key = "" if is_scope else column_subject(self.key)
        is_sentence = len(self.text.split()) > _CELL_WORDS
        outside = (key, header) if self._key_is_attribute() else (header, key)
        return (*inside, *outside) if is_sentence else (*outside, *inside)

    def _key_is_attribute(self) -> bool:
        """Tell whether the first cell says what is measured: "Late fee", not "Alpine Post"."""
        return _ATTRIBUTE.search(self.key) is not None

    def _names(self) -> tuple[str, ...]:
        return tuple(name for name in _JOINT.split(self.key) if name)


def bare_counts(row: str, statement: Statement) -> Iterator[Value]:
    """Yield the numbers that fill a cell alone: counts of what their column is headed."""
    for match in islice(_BARE_CELL.finditer(row), _MOST_CELLS):
        cell = cell_at(row, match.start("number"), statement)
        if cell is None or not cell.key or not cell.header or _NO_COUNT.search(cell.header):
            continue
        unit = singular(WORD.findall(cell.header)[-1]) if WORD.search(cell.header) else ""
        number = normal(decimal(match["number"]))
        yield Value(FactKind.COUNT, number, unit, *match.span("number"))


def is_name(row: str, value: Value, statement: Statement) -> bool:
    """Tell whether what looks like a price names a row: "Free" in a column of plans."""
    cell = cell_at(row, value.start, statement)
    return (
        cell is not None
        and cell.key == ""
        and not value.has_number
        and _PLAN_HEADER.fullmatch(cell.header) is not None
    )


def cell_at(row: str, place: int, statement: Statement) -> Cell | None:
    """Return the cell of the row's text in which `place` lies, None in other sentences."""
    if statement.kind is not SentenceKind.TABLE_ROW:
        return None
    start = row.rfind("|", 0, place) + 1
    end = row.find("|", place)
    end = len(row) if end < 0 else end
    number = row.count("|", 0, start) - (1 if row.startswith("|") else 0)
    first = row.strip("|").split("|")[0]
    columns = statement.columns
    header = columns[number] if number < len(columns) else ""
    return Cell(
        start=start,
        end=end,
        text=row[start:end],
        header="" if _SAYS_NOTHING.fullmatch(header) else header,
        key=_plain(first) if number else "",
        key_header=columns[0] if columns else "",
        is_pair=len(columns) == _PAIR,
    )


def _plain(cell: str) -> str:
    return cell.strip(' *_`"“”')
