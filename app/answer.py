"""Draft, Sentence, Citation, Answer: what the assistant makes of a question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from knowledge_base.article import Passage


class Outcome(StrEnum):
    """How a turn ended."""

    ANSWERED = "ANSWERED"
    CLARIFY = "CLARIFY"
    ABSTAINED = "ABSTAINED"
    BLOCKED = "BLOCKED"
    HANDED_OFF = "HANDED_OFF"


class Purpose(StrEnum):
    """What a model is called for."""

    ANSWER = "answer"
    REPAIR = "repair"
    JUDGE = "judge"


class CallEnd(StrEnum):
    """How a model call ended; each of them costs something."""

    COMPLETE = "complete"
    FAILED = "failed"
    """The provider failed half-way, ran out of time, or sent what can't be used."""
    CANCELLED = "cancelled"
    """Nobody wanted the rest."""


class Budget(StrEnum):
    """A limit on what model calls may cost."""

    REQUEST = "request"
    CONVERSATION = "conversation"
    KEY = "key"
    """One key's, a day."""
    DAY = "day"
    """All keys' together."""


class CacheHit(StrEnum):
    """How a question was known to the answer cache."""

    EXACT = "exact"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Question:
    """What the customer asked, made to stand alone."""

    text: str
    """The customer's own words."""
    query: str
    """What is sent to search: the question with what the conversation left unsaid filled in."""
    at: date
    """The day whose rules are asked about."""
    scope: Mapping[str, str] = field(default_factory=dict)
    """What the customer said of themselves or asked about: `{"plan": "Summit", "region": "EU"}`."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The words of a passage that a sentence rests on."""

    passage: Passage
    start: int
    """Code points into the article's normalised body, like `end` (exclusive)."""
    end: int

    @property
    def quote(self) -> str:
        """The cited words as the article has them."""
        return self.passage.article.body[self.start : self.end]


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence that an answerer wrote, before the gate."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One released sentence (or list item, or table row, with its lead-in)."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """What a model call took."""

    model: str
    prompt_tokens: int
    completion_tokens: int
    cost_usd: float | None
    """None where the model's price isn't known."""
    estimated: bool = False
    """True where the provider sent no usage and the tokens were counted here."""
    cached_tokens: int = 0
    """Prompt tokens that the provider read from its prefix cache; counted in `prompt_tokens`."""
    from_cache: bool = False
    """True where nothing was sent, as the same had been asked before and its reply was kept."""
    purpose: Purpose = Purpose.ANSWER
    ending: CallEnd = CallEnd.COMPLETE
    served_model: str | None = None
    """The model's id as the provider told it, None where it didn't."""
    served_fingerprint: str | None = None
    """The provider's fingerprint of what ran the model, None where it told none."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One earlier turn of the conversation."""

    question: str
    answer: str
    query: str
    """The stand-alone query that the turn was searched with; empty where it isn't known."""
    article_ids: tuple[str, ...] = ()
    """Articles that its answer cited, best first."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """What a guardrail objected to, without anybody's words."""

    guard: str
    action: str
    """What it wanted done: `REPLY` or `BLOCK`."""
    reason: str

    def __str__(self) -> str:
        return f"{self.guard} {self.action}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Answer:
    """The released answer to one question, and the record of how it came about."""

    outcome: Outcome
    text: str
    """What the customer reads: the sentences, or the notice that stands in for them."""
    sentences: tuple[Sentence, ...] = ()
    """Released sentences, each with at least one citation; empty for a greeting or a notice."""
    question: Question | None = None
    passages: tuple[Passage, ...] = ()
    generation: str | None = None
    """Id of the index generation that was searched."""
    release: str | None = None
    """Id of the release that answered; `unreleased-…` where none was promoted."""
    model: str = "quoting"
    prompt: str | None = None
    """Prompt version, `answer.v1`; None where no prompt was sent."""
    prompt_fingerprint: str | None = None
    usage: tuple[Usage, ...] = ()
    budget: Budget | None = None
    """Which budget was met, so that no model wrote; None where none was."""
    cache_hit: CacheHit | None = None
    """How the question was known, where the draft came from the answer cache."""
    guarded: tuple[Guarded, ...] = ()
    """What the guardrails objected to."""
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds by step: `guard`, `mask`, `rewrite`, `search`, `decide`, `draft`, `gate`; until
    the `first_sentence` was released, and in `total`."""
