"""Verdicts: what the checks find of each claim of a sentence, always with a reason."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Whether the sources say what a claim says."""

    SUPPORTED = "SUPPORTED"
    CONTRADICTED = "CONTRADICTED"
    NOT_ENOUGH_INFO = "NOT_ENOUGH_INFO"


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement of a sentence."""

    text: str
    start: int
    """Code points into the sentence, like `end` (exclusive)."""
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """The words of a source that a finding rests on."""

    source: int
    """Which of the sources, from 0."""
    start: int
    """Code points into the source's text, like `end` (exclusive)."""
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found of a claim."""

    claim: Claim
    verdict: Verdict
    support: float
    """How well the sources say what the claim says, 0 to 1."""
    reason: str
    """Why, in words that an operator understands: "30 days is said of the Trail plan"."""
    check: str
    """Name of the check that decided: "verbatim", "scope", "policy facts" …"""
    place: Place | None = None
    """None where nothing speaks of it."""


def worst(findings: tuple[Finding, ...]) -> Finding:
    """Return the finding that decides over a sentence: a contradiction, else the least support."""
    return min(findings, key=lambda one: (one.verdict is not Verdict.CONTRADICTED, one.support))
