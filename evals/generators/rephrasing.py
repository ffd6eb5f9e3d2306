"""Rephrasing: a chat model says generated questions in other words, the facts held fixed.

A rewritten question is taken only if it has the values, numbers, names and negations of the
original, and no others; else the original stays. Values are read as the metrics read them, words
for numbers too.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from app.answering.fences import without_fences
from app.prompts.registry import Prompt, load_prompt
from evals.case import Case
from evals.errors import JudgeError
from evals.generators.suite import Made
from evals.judges.chat import JudgeModel, OpenAICompatibleModel
from evals.judges.claim_judge import PROMPTS
from evals.metrics.numbers import numbers
from evals.metrics.values import Value, same_value, values
from evals.settings import EvalsSettings
from evals.wording import normalise

PROMPT = "rephrase.v1"
_AT_A_TIME = 4
_LONGEST = 3
"""Times as long as the original that a question may become."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NEGATION = re.compile(
    r"\b(?:not|cannot|no|none|never|nothing|nobody|nowhere|neither|nor|without|except)\b|n't\b"
)
_REVERSING = re.compile(r"(?:non-?|un|in|im|ir|dis)(?=[^\W\d_]{4})")
"""What makes a word its opposite."""
_NAME = re.compile(r"(?<![.?!:] )(?<!^)\b[A-Z][\w-]*")
_NOT_A_NAME = frozenset({"I", "I'm", "I'd", "I've", "OK", "Hi", "Hello", "Thanks"})


@dataclass(frozen=True, slots=True)
class Rephrased:
    """Suites with their questions rewritten, and how many weren't."""

    made: tuple[Made, ...]
    kept: int
    """Questions that stay as they were: the model didn't answer, or lost or added a fact."""


class Rephraser:
    """Has questions rewritten, four at a time."""

    def __init__(self, model: JudgeModel, prompt: Prompt) -> None:
        self._model = model
        self._prompt = prompt

    @classmethod
    def from_settings(cls, settings: EvalsSettings) -> Self:
        """Return the rephraser with `CANDOR_JUDGE_MODEL`.

        Raises:
            JudgeError: No model or key is set.
            PromptError: The prompt's file is damaged.
        """
        return cls(OpenAICompatibleModel.from_settings(settings), load_prompt(PROMPT, PROMPTS))

    async def rephrase(self, made: Sequence[Made]) -> Rephrased:
        """Return the suites with each case's question rewritten where its facts survive."""
        places = asyncio.Semaphore(_AT_A_TIME)
        rewritten = []
        for one in made:
            cases = await asyncio.gather(*(self._rewritten(case, places) for case in one.cases))
            rewritten.append(replace(one, cases=tuple(cases)))
        pairs = zip(made, rewritten, strict=True)
        kept = sum(
            old.question == new.question
            for before, after in pairs
            for old, new in zip(before.cases, after.cases, strict=True)
        )
        return Rephrased(tuple(rewritten), kept)

    async def _rewritten(self, case: Case, places: asyncio.Semaphore) -> Case:
        messages = self._prompt.render({"question": without_fences(case.question)})
        try:
            async with places:
                reply = await self._model.ask(messages)
        except JudgeError:
            return case
        question = " ".join(reply.text.split())
        return replace(case, question=question) if keeps_facts(case.question, question) else case


def keeps_facts(question: str, rewritten: str) -> bool:
    """Tell whether a rewritten question has the facts of the original, and no others.

    Those are its values and numbers, its names, how often it negates, and words that a syllable
    reverses ("refundable"). A name is a word with a capital letter inside a sentence; where a
    sentence begins, none counts.
    """
    if not rewritten.strip() or len(rewritten) > _LONGEST * len(question):
        return False
    names = set(_NAME.findall(question)) - _NOT_A_NAME
    added = set(_NAME.findall(rewritten)) - _NOT_A_NAME
    said = set(re.findall(r"[\w-]+", rewritten))
    known = set(re.findall(r"[\w-]+", question))
    same_names = names <= said and added <= known
    return same_names and _same_values(question, rewritten) and _same_sense(question, rewritten)


def _same_values(question: str, rewritten: str) -> bool:
    before, after = values(question), values(rewritten)
    return (
        Counter(one.value for one in numbers(question))
        == Counter(one.value for one in numbers(rewritten))
        and _all_in(before, after)
        and _all_in(after, before)
    )


def _all_in(some: Sequence[Value], others: Sequence[Value]) -> bool:
    return all(any(same_value(one, other) for other in others) for one in some)


def _same_sense(question: str, rewritten: str) -> bool:
    """Tell whether both negate as often, and no word of one stands reversed in the other alone."""
    before, after = normalise(question), normalise(rewritten)
    if len(_NEGATION.findall(before)) != len(_NEGATION.findall(after)):
        return False
    known, said = set(_WORD.findall(before)), set(_WORD.findall(after))
    return not (_reversed(said - known) & known or _reversed(known - said) & said)


def _reversed(words: Iterable[str]) -> set[str]:
    """Return what is left of the words that begin with a syllable which reverses them."""
    return {word[found.end() :] for word in words if (found := _REVERSING.match(word))}
