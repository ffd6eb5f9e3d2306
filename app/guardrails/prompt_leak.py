"""The system prompt: neither its canary nor its words are ever shown.

The canary is a random token that stands in the prompt of this process and nowhere else, so a
sentence that holds half of it, backwards or with marks in between, was copied from there.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from app.guardrails.disguises import readings
from app.guardrails.guardrail import ALLOW, Decision, block
from app.wording import words
from knowledge_base.article import Passage

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_MARKS = " \n\t-*•_>#"
_RUN = 8
"""Words of the prompt in a row, and characters of the canary, that are no coincidence."""
_SHORTEST = 5
"""Words of a line of the prompt that is none as a whole."""


@dataclass(frozen=True, slots=True)
class PromptLeakGuardrail:
    """Blocks a sentence that tells the system prompt."""

    canary: str
    prompt: str
    """Words of the system prompt."""
    labels: tuple[str, ...] = ()
    """What begins a line that a model is told beside a question."""
    name: ClassVar[str] = "prompt_leak"

    def check(self, text: str, cited: Sequence[Passage], question: str) -> Decision:
        """Return a block where the sentence holds of the prompt what no cited article says."""
        del question
        shown = readings(text)
        if any(self._holds_canary(reading) for reading in shown):
            return block("the sentence holds the system prompt's canary")
        if any(_begins(reading, label) for reading in shown for label in self.labels):
            return block("the sentence repeats what the model was told of the customer")
        told = _secrets(self.prompt) & {run for reading in shown for run in _runs(reading)}
        if told and told - {run for one in cited for run in _runs(one.article.body)}:
            return block("the sentence holds words of the system prompt")
        return ALLOW

    def _holds_canary(self, text: str) -> bool:
        shown = _NOT_ALPHANUMERIC.sub("", text).lower()
        return any(part in one for one in (shown, shown[::-1]) for part in _parts(self.canary))


def _begins(text: str, label: str) -> bool:
    return text.lstrip(_MARKS).lower().startswith(label.lower())


def _parts(canary: str) -> Iterable[str]:
    return (canary[start : start + _RUN] for start in range(len(canary) - _RUN + 1))


@lru_cache(maxsize=16)
def _secrets(prompt: str) -> frozenset[tuple[str, ...]]:
    """Return what gives a prompt away: so many words of it in a row, or a whole line of fewer."""
    lines = (words(line) for line in prompt.splitlines())
    short = {line for line in lines if _SHORTEST <= len(line) < _RUN}
    return frozenset(short | {run for run in _runs(prompt) if len(run) == _RUN})


def _runs(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {
        said[start : start + length]
        for length in range(_SHORTEST, _RUN + 1)
        for start in range(len(said) - length + 1)
    }
