"""Off topic: what no help centre answers, refused in a friendly way before anything is searched.

Narrow on purpose: what isn't recognised here is searched, found in no article, and not answered.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from app.answer import Outcome
from app.guardrails.disguises import plain
from app.guardrails.guardrail import ALLOW, Action, Decision

_OPENING = (
    r"^\W*(?:(?:hi|hello|hey|please|ok|so|now)\W+){0,2}"
    r"(?:(?:can|could|would|will) you (?:please )?)?(?:please )?"
)
_WHEN = r"(?: (?:in|at|on|today|tomorrow|outside|now|this|next)\b.*)?"


@dataclass(frozen=True, slots=True)
class OffTopicGuardrail:
    """Declines what no help centre answers."""

    name: ClassVar[str] = "off_topic"

    def check(self, question: str) -> Decision:
        """Return a friendly refusal of a request that is about something else."""
        asked = plain(question)
        topic = next((topic for topic, form in _TOPICS if form.search(asked)), None)
        if topic is None:
            return ALLOW
        return Decision(
            Action.REPLY,
            f"asks for {topic}",
            Outcome.ABSTAINED,
            "I'd love to, but I only know our help articles. "
            "Ask me anything about our products, orders or rules.",
        )


def _topic(name: str, *forms: str) -> tuple[str, re.Pattern[str]]:
    return name, re.compile(f"{_OPENING}(?:{'|'.join(forms)})", re.IGNORECASE)


_TOPICS = (
    _topic(
        "a piece of writing",
        r"(?:write|compose|make up|tell|sing|create|generate|draft) (?:me |us )?"
        r"(?:an?|some|another) (?:[\w-]+ ){0,3}?(?:poem|haiku|limerick|sonnet|song|lyrics|rap"
        r"|short story|fairy ?tale|bedtime story|story about|essay|joke|riddle|screenplay|eulogy"
        r"|novel)\b",
    ),
    _topic(
        "the weather",
        rf"what(?:'s| is| will)(?: be)? the (?:weather|temperature)(?: be)?(?: like)?{_WHEN}\W*$",
        rf"(?:is|will) it (?:going to )?(?:rain|snow|be sunny){_WHEN}\W*$",
    ),
    _topic(
        "general knowledge",
        r"what(?:'s| is) the (?:capital|population) of\b",
        r"who (?:won|is winning) the (?:\w+ ){0,3}(?:game|match|election|cup|league|race|war)\b",
        r"who is the (?:\w+ )?(?:president|prime minister|king|queen|chancellor) of\b",
        r"who should I vote for\b",
        r"what is the meaning of life",
    ),
    _topic(
        "arithmetic",
        r"(?:what(?:'s| is) |calculate |solve )\d+(?:\s*[-+*x/^]\s*\d+)+\W*$",
        r"\d+(?:\s*[-+*x/^]\s*\d+)+\s*=\W*$",
    ),
    _topic(
        "the assistant's private life",
        r"(?:do you love me|will you marry me|are you single|do you have (?:feelings|a soul"
        r"|a (?:girl|boy)friend)|what(?:'s| is) your favou?rite (?:colou?r|food|movie|film|song"
        r"|book))\b",
    ),
    _topic(
        "a recipe",
        r"(?:give|tell|show|find) (?:me |us )?(?:an?|the|your) (?:\w+ ){0,3}recipe (?:for|of)\b",
    ),
)
