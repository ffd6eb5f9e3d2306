"""A row: a claim beside the passages that a search would give, and whether they support it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was done to what an article says."""

    UNCHANGED = "unchanged"
    DROPPED_CONDITION = "dropped_condition"
    DROPPED_EXCLUSION = "dropped_exclusion"
    WIDENED_SCOPE = "widened_scope"
    FLIPPED_NEGATION = "flipped_negation"
    FLIPPED_COMPARATOR = "flipped_comparator"
    CHANGED_UNIT = "changed_unit"
    INVENTED_POLICY = "invented_policy"


MUTATED = tuple(kind for kind in Kind if kind is not Kind.UNCHANGED)


class Wording(StrEnum):
    """Whether a claim keeps the words of the article."""

    AS_IT_STANDS = "as_it_stands"
    REWRITTEN = "rewritten"


class Part(StrEnum):
    """Which of the rewriting templates: in the order in which they were written."""

    BEFORE = "before"
    """Before the checks."""
    AFTER = "after"
    """Without sight of the checks, after them."""
    FRESH = "fresh"
    """When the checks had been mended by what the others showed."""
    DEVELOPING = "developing"
    """To mend the checks on: drawn only where it is asked for, and reported nowhere."""


REPORTED = tuple(part for part in Part if part is not Part.DEVELOPING)


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage as `candor ground` reads it."""

    text: str
    title: str
    heading: str
    """The headings above it, outermost first, tied by " › "."""
    applies_to: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """A claim whose label is known by how it was made."""

    id: str
    claim: str
    question: str
    passages: tuple[PassageRow, ...]
    kind: Kind
    change: str
    """How it was changed, finer than the kind."""
    supported: bool
    wording: Wording
    template: str
    """The rewriting templates in the order of their use, tied by "+"; empty as it stands."""
    template_part: Part | None
    help_centre: str
    article: str
    sentence: str
    """What the article says; empty for a policy that exists nowhere."""
    origin: str
    """What the claim was made of: a claim and its rewritings have one, and one half of the data."""
