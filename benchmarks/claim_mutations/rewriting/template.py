"""A rewriting template: says a claim in other words without changing what it means."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from benchmarks.claim_mutations.row import Part

Pairs = Iterable[tuple[str, str]]
"""Patterns, and what stands in their place."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with what stands around it in its article."""

    text: str
    topic: str = ""
    """The heading or title above it; empty where naming it would take the change back."""
    columns: tuple[str, ...] = ()
    """Of a table's row: what the header says."""
    names: frozenset[str] = field(default_factory=frozenset)
    """First words that are names, and keep their capital inside a sentence."""


@dataclass(frozen=True, slots=True)
class Template:
    """One way of saying things otherwise."""

    name: str
    part: Part
    rewrite: Callable[[Claim], str]
    """Returns the text as it is where the template doesn't apply."""
    is_frame: bool = False
    """Whether it only puts words around the claim: used where nothing else applies, or seldom."""


def lowered(sentence: str, names: frozenset[str] = frozenset()) -> str:
    """Return the sentence as it goes on inside another, unless it begins with a name."""
    first = sentence.split(maxsplit=1)[0].strip(".,:;") if sentence.strip() else ""
    if not first or first in names or first[1:] != first[1:].lower() or first == "I":
        return sentence
    return sentence[0].lower() + sentence[1:]


def raised(sentence: str) -> str:
    """Return the sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def with_first(claim: Claim, pairs: Pairs) -> str:
    """Return the claim with the first of the patterns that it has replaced, once."""
    for pattern, other in pairs:
        said, times = re.subn(pattern, other, claim.text, count=1)
        if times:
            return said
    return claim.text


def with_each(claim: Claim, pairs: Pairs) -> str:
    """Return the claim with each pattern replaced wherever it stands."""
    said = claim.text
    for pattern, other in pairs:
        said = re.sub(pattern, other, said)
    return said
