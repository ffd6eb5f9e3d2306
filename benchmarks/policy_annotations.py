"""Reads the marked policy facts; `policy_annotations.md` says by which rules they were marked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.policy_sample import Half
from knowledge_base.policy.fact import Comparator, FactKind

_NAMES = ("plan", "product", "region", "channel")


@dataclass(frozen=True, slots=True)
class AnnotatedFact:
    """A fact that was marked in a sentence."""

    start: int
    """Code points into the article's normalised body, like `end` (exclusive)."""
    end: int
    kind: FactKind
    value: str
    unit: str
    comparator: Comparator
    negated: bool
    subjects: tuple[str, ...]
    """What it is about, in words of which any will do; the last word of each is its head."""
    names: tuple[str, ...]
    """The plans, products, regions and channels that it must not be read without."""


@dataclass(frozen=True, slots=True)
class AnnotatedSentence:
    """A sentence with the facts that it states, which may be none."""

    id: str
    help_centre: str
    article: str
    start: int
    """Code points into the article's normalised body, like `end` (exclusive)."""
    end: int
    digest: str
    """Of its text; see `benchmarks.policy_sample`."""
    facts: tuple[AnnotatedFact, ...]


def load(half: Half) -> tuple[AnnotatedSentence, ...]:
    """Return the annotated sentences of one half."""
    path = Path(__file__).with_name(f"policy_annotations.{half}.jsonl")
    return tuple(_sentence(json.loads(line)) for line in path.open(encoding="utf-8"))


def _sentence(row: Mapping[str, Any]) -> AnnotatedSentence:
    return AnnotatedSentence(
        id=row["id"],
        help_centre=row["help_centre"],
        article=row["article"],
        start=row["start"],
        end=row["end"],
        digest=row["digest"],
        facts=tuple(_fact(fact) for fact in row["facts"]),
    )


def _fact(row: Mapping[str, Any]) -> AnnotatedFact:
    scope = row["scope"]
    return AnnotatedFact(
        start=row["start"],
        end=row["end"],
        kind=FactKind(row["kind"]),
        value=row["value"],
        unit=row["unit"],
        comparator=Comparator(row["comparator"]),
        negated=row["negated"],
        subjects=tuple(scope["subject"]),
        names=tuple(name for field in _NAMES for name in scope.get(field, ())),
    )
