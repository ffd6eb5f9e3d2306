"""Receipts: what became of each drafted sentence, and what each of its claims rested on."""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.answer import Sentence
from app.grounding.verdict import Claim, Finding, Verdict, worst
from knowledge_base.article import Passage
from knowledge_base.policy.fact import PolicyFact


class Ruling(StrEnum):
    """What the gate made of a drafted sentence."""

    RELEASED = "released"
    """Shown as it was drafted."""
    REPAIRED = "repaired"
    """Shown as its author wrote it the second time, or without a link that no article names."""
    QUOTED = "quoted"
    """The closest words of a cited passage are shown in its place."""
    DROPPED = "dropped"
    """Nothing is shown."""
    REPEATED = "repeated"
    """Nothing is shown, because the customer has read these words already."""


class Origin(StrEnum):
    """Where the words that were judged came from."""

    DRAFT = "draft"
    REPAIR = "repair"
    QUOTE = "quote"
    """An article's own words."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of an article that a finding rests on."""

    passage: Passage
    start: int
    """Code points into the article's body, like `end` (exclusive)."""
    end: int
    version: str | None
    """Content hash of the article as the generation's manifest has it, where it is known."""
    facts: tuple[PolicyFact, ...] = ()
    """Policy facts that these words state."""


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """What was found of a claim, and where."""

    finding: Finding
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One wording that was judged."""

    origin: Origin
    text: str
    claims: tuple[CheckedClaim, ...]
    """Empty for a courtesy, which claims nothing."""

    @property
    def holds(self) -> bool:
        """Whether every claim is supported."""
        return all(one.finding.verdict is Verdict.SUPPORTED for one in self.claims)

    @property
    def objection(self) -> Finding | None:
        """The finding that speaks most against it, None where it holds."""
        return None if self.holds else worst(tuple(one.finding for one in self.claims))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one drafted sentence."""

    ruling: Ruling
    attempts: tuple[Attempt, ...]
    """The draft first, then what was tried in its place."""
    sentence: Sentence | None
    """What is shown, if anything."""
    generation: str | None = None
    """The index generation that the evidence points into."""
    was_sent_back: bool = False
    """Whether its author was asked to write it again."""

    def refused(self, check: str, reason: str) -> "Receipt":
        """Return it with nothing to show, because of something that speaks against its words."""
        last = self.attempts[-1]
        claim = Claim(last.text, 0, len(last.text))
        found = CheckedClaim(Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, check), None)
        attempt = replace(last, claims=(*last.claims, found))
        return replace(
            self, ruling=Ruling.DROPPED, attempts=(*self.attempts[:-1], attempt), sentence=None
        )

    @property
    def objection(self) -> Finding | None:
        """Why the sentence isn't shown as it was drafted, None where it is."""
        return self.attempts[0].objection

    @property
    def has_substance(self) -> bool:
        """Whether something is shown that claims something."""
        return self.sentence is not None and bool(self.attempts[-1].claims)
