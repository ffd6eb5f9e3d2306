"""Candor's own judge of faithfulness: all claims of an answer in one call to a model.

A claim is a released sentence. Where the judge is asked several times, a verdict that isn't the
same each time is no verdict: the answer is unscored, as it is where a reply can't be had or read.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from app.answer import Answer
from app.answering.fences import fenced_passages, without_fences
from app.prompts.registry import Message, Prompt, load_prompt
from evals.case import Case
from evals.errors import JudgeError
from evals.judges.chat import JudgeModel, OpenAICompatibleModel
from evals.judges.claim_verdicts import UnreadableVerdictsError, Verdicts, read_verdicts
from evals.judges.identity import JudgeIdentity
from evals.metrics.score import Score
from evals.settings import EvalsSettings

PROMPTS = Path(__file__).parent.parent / "prompts"
PROMPT = "faithfulness.v1"
JUDGED_FAITHFULNESS = "judged_faithfulness"


class ClaimJudge:
    """Judges which sentences of an answer its passages support."""

    name = JUDGED_FAITHFULNESS

    def __init__(self, model: JudgeModel, prompt: Prompt, *, repeats: int = 1) -> None:
        self._model = model
        self._prompt = prompt
        self._repeats = repeats

    @classmethod
    def from_settings(cls, settings: EvalsSettings, *, repeats: int | None = None) -> Self:
        """Return the judge with `CANDOR_JUDGE_MODEL`, asked `CANDOR_JUDGE_REPEATS` times.

        Raises:
            JudgeError: No model or key is set.
            PromptError: The prompt's file is damaged.
        """
        model = OpenAICompatibleModel.from_settings(settings)
        return cls(model, load_prompt(PROMPT, PROMPTS), repeats=repeats or settings.judge_repeats)

    @property
    def identity(self) -> JudgeIdentity:
        """What its agreement with people holds for."""
        return JudgeIdentity(
            name=self.name,
            model=self._model.model,
            prompt=self._prompt.id,
            prompt_fingerprint=self._prompt.fingerprint,
            repeats=self._repeats,
        )

    async def score(self, case: Case, answer: Answer) -> Score:
        """Return the share of supported sentences; not applicable where none was released."""
        if not answer.sentences:
            return Score.not_applicable(self.name, "no sentence was released")
        messages = self._messages(case, answer)
        claims = len(answer.sentences)
        try:
            asked = await asyncio.gather(*(self._verdicts(messages, claims) for _ in self._asks))
        except (JudgeError, UnreadableVerdictsError) as error:
            return Score.unscored(self.name, str(error))
        if unsteady := _unsteady(asked):
            numbers = ", ".join(map(str, unsteady))
            return Score.unscored(
                self.name, f"{self._repeats} asks disagree about the sentences {numbers}"
            )
        reasons = [f"{number}: {reason}" for number, reason in sorted(asked[0].reasons.items())]
        return Score.counted(self.name, len(asked[0].supported), claims, "; ".join(reasons))

    @property
    def _asks(self) -> range:
        return range(self._repeats)

    async def _verdicts(self, messages: Sequence[Message], claims: int) -> Verdicts:
        reply = await self._model.ask(messages)
        return read_verdicts(reply.text, claims)

    def _messages(self, case: Case, answer: Answer) -> tuple[Message, ...]:
        numbered = enumerate((" ".join(one.text.split()) for one in answer.sentences), start=1)
        claims = "\n".join(f"{number}. {text}" for number, text in numbered)
        inputs = {
            "passages": fenced_passages(answer.passages),
            "question": without_fences(case.question),
            "claims": without_fences(claims),
        }
        return self._prompt.render(inputs)


def _unsteady(asked: Sequence[Verdicts]) -> list[int]:
    """Return the numbers of the claims that not all verdicts agree about."""
    ever = frozenset[int]().union(*(one.supported for one in asked))
    always = ever.intersection(*(one.supported for one in asked))
    return sorted(ever - always)
