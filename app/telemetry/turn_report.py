"""What became of one turn, as traces and metrics tell it: numbers and names, nobody's words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.answer import Answer, Budget, Usage
from app.grounding.receipt import Receipt


@dataclass(frozen=True, slots=True)
class TurnReport:
    """A turn that has ended."""

    conversation: str
    client: str | None
    state: str
    """`done`, `failed` or `cancelled`."""
    answer: Answer | None
    receipts: Sequence[Receipt]
    usage: Sequence[Usage]
    budget: Budget | None
    left_alone: Sequence[str]
    """Models that weren't asked, because they had failed time after time."""
    seconds: float
    first_sentence_seconds: float | None
    """Until the first sentence could be read; None where there was none."""

    @property
    def outcome(self) -> str:
        """How it was answered, or in which state it ended without an answer."""
        return self.answer.outcome.value if self.answer else self.state.upper()

    @property
    def cost_usd(self) -> float:
        """What its model calls cost, as far as prices are known."""
        return sum(call.cost_usd or 0.0 for call in self.usage)

    @property
    def verdicts(self) -> Mapping[str, int]:
        """How many claims of the sentences as they were drafted got which verdict."""
        drafted = (receipt.attempts[0] for receipt in self.receipts)
        return Counter(one.finding.verdict.value for each in drafted for one in each.claims)

    @property
    def rulings(self) -> Mapping[str, int]:
        """What the gate made of how many drafted sentences."""
        return Counter(receipt.ruling.value for receipt in self.receipts)

    @property
    def blocked(self) -> Mapping[str, int]:
        """Which check objected to how many drafted sentences."""
        objections = (receipt.objection for receipt in self.receipts)
        return Counter(one.check for one in objections if one is not None)

    def attributes(self) -> dict[str, str | int | float | bool | None]:
        """Return the attributes of the turn's span."""
        answer = self.answer
        return {
            "gen_ai.conversation.id": self.conversation,
            "gen_ai.usage.input_tokens": sum(call.prompt_tokens for call in self.usage),
            "gen_ai.usage.output_tokens": sum(call.completion_tokens for call in self.usage),
            "gen_ai.usage.cache_read.input_tokens": sum(call.cached_tokens for call in self.usage),
            "gen_ai.request.model": answer.model if answer else None,
            "gen_ai.prompt.name": answer.prompt if answer else None,
            "gen_ai.data_source.id": answer.generation if answer else None,
            "candor.prompt.fingerprint": answer.prompt_fingerprint if answer else None,
            "candor.release": answer.release if answer else None,
            "candor.outcome": self.outcome,
            "candor.client": self.client,
            "candor.cost_usd": self.cost_usd,
            "candor.cost_estimated": any(call.estimated for call in self.usage),
            "candor.budget": self.budget,
            "candor.cache_hit": answer.cache_hit if answer else None,
            "candor.first_sentence_seconds": self.first_sentence_seconds,
            **{f"candor.verdicts.{name.lower()}": n for name, n in self.verdicts.items()},
            **{f"candor.sentences.{name}": n for name, n in self.rulings.items()},
        }
