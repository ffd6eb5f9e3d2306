"""Policy facts: what an article promises, in a form that can be compared.

A fact is a value ("30 days"), how it bounds ("at most"), and its scope: what it is a value of,
and for whom. Its span is the value's own words in the article's body.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

ANY: tuple[str, ...] = ()


class FactKind(StrEnum):
    """What a fact's value measures."""

    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    DURATION = "duration"
    DATE = "date"
    TIME = "time"
    COUNT = "count"
    SIZE = "size"
    EXCLUSION = "exclusion"
    """Something is refused or taken out: "non-refundable", "except vouchers"."""
    CONDITION = "condition"
    """Something holds only in a case: "if unopened"."""


class Comparator(StrEnum):
    """How a value bounds what it speaks of."""

    EQ = "eq"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ABOUT = "about"
    BETWEEN_LOW = "between_low"
    """The lower end of a range; the fact behind it is the upper end."""
    BETWEEN_HIGH = "between_high"


WORDED = frozenset({FactKind.EXCLUSION, FactKind.CONDITION})
"""Kinds whose value is words, not a number with a unit."""


@dataclass(frozen=True, slots=True)
class FactScope:
    """What a fact is about and for whom; an empty tuple means that nothing narrows it."""

    subjects: tuple[str, ...] = ANY
    """What the value is a value of: at most three nouns of a few words in small letters, each with
    its head last, the surest first; facts are compared by the first."""
    per: str = ""
    """What the value is counted for: "month" of "4 USD per month"; empty where it is no rate."""
    plan: tuple[str, ...] = ANY
    product: tuple[str, ...] = ANY
    region: tuple[str, ...] = ANY
    channel: tuple[str, ...] = ANY
    headings: tuple[str, ...] = ANY
    """The article's title, then the headings above, outermost first."""
    valid_from: date | None = None
    """First day in force of the article, inclusive; None means always."""
    valid_to: date | None = None
    """Last day in force of the article, inclusive; None means for good."""

    @property
    def subject(self) -> str:
        """The surest of the subjects, empty where there is none."""
        return self.subjects[0] if self.subjects else ""


@dataclass(frozen=True, slots=True)
class PolicyFact:
    """One value, exclusion or condition that an article states."""

    kind: FactKind
    value: str
    """A decimal number without trailing zeros, an ISO date ("--MM-DD" where it recurs, "YYYY-MM"
    for a month), "HH:MM", or, of an exclusion and a condition, words in small letters."""
    unit: str
    """ISO currency, "%", "second" … "year", "date", "time", a noun, an abbreviation such as "GB",
    or empty."""
    comparator: Comparator
    negated: bool
    """Whether the sentence denies the value."""
    article_id: str
    start: int
    """Code points into the article's body, like `end` (exclusive): `body[start:end]` is the value
    as it is written."""
    end: int
    sentence_start: int
    """Code points of the sentence, list item or table row that says it."""
    sentence_end: int
    scope: FactScope = field(default_factory=FactScope)

    @property
    def id(self) -> str:
        """The fact's name, unique within a generation."""
        return f"{self.article_id}#{self.start}-{self.end}"
