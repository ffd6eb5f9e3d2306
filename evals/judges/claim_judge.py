"""Candor's own judge of faithfulness: all claims of an answer in one call to a model.

A claim is a released sentence. Where the judge is asked several times, a verdict that isn't the
same each time is no verdict: the answer is unscored, as it is where a reply can't be had or read.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from app.answer import Answer, Usage
from app.answering.fences import fenced_passages, without_fences
from app.answering.kept_replies import KeptReplies
from app.prompts.registry import Message, Prompt, load_prompt
from evals.case import Case
from evals.errors import JudgeError
from evals.judges.chat import JudgeModel, OpenAICompatibleModel, unanswered
from evals.judges.claim_verdicts import UnreadableVerdictsError, Verdicts, read_verdicts
from evals.judges.identity import JudgeIdentity
from evals.judges.kept_judge import KeptJudgeModel
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
    def from_settings(
        cls,
        settings: EvalsSettings,
        *,
        repeats: int | None = None,
        replies: KeptReplies | None = None,
    ) -> Self:
        """Return the judge with `CANDOR_JUDGE_MODEL`, asked `CANDOR_JUDGE_REPEATS` times.

        With `replies` it isn't asked what it answered before; its repeats are told apart.

        Raises:
            JudgeError: No model or key is set.
            PromptError: The prompt's file is damaged.
        """
        model: JudgeModel = OpenAICompatibleModel.from_settings(settings)
        if replies is not None:
            model = KeptJudgeModel(model, settings.judge_base_url, replies)
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
        repeats = range(self._repeats)
        heard = await asyncio.gather(*(self._heard(messages, claims, one) for one in repeats))
        usage = [one.usage for one in heard]
        for one in heard:
            if isinstance(one.verdicts, str):
                return Score.unscored(self.name, one.verdicts).taking(usage)
        verdicts = [one.verdicts for one in heard if isinstance(one.verdicts, Verdicts)]
        return self._score(verdicts, claims).taking(usage)

    def _score(self, asked: Sequence[Verdicts], claims: int) -> Score:
        if unsteady := _unsteady(asked):
            numbers = ", ".join(map(str, unsteady))
            return Score.unscored(
                self.name, f"{self._repeats} asks disagree about the sentences {numbers}"
            )
        reasons = [f"{number}: {reason}" for number, reason in sorted(asked[0].reasons.items())]
        return Score.counted(self.name, len(asked[0].supported), claims, "; ".join(reasons))

    async def _heard(self, messages: Sequence[Message], claims: int, repeat: int) -> "_Heard":
        try:
            reply = await self._model.ask(messages, repeat=repeat)
        except JudgeError as error:
            return _Heard(str(error), unanswered(self._model, messages))
        try:
            return _Heard(read_verdicts(reply.text, claims), reply.usage)
        except UnreadableVerdictsError as error:
            return _Heard(str(error), reply.usage)

    def _messages(self, case: Case, answer: Answer) -> tuple[Message, ...]:
        numbered = enumerate((" ".join(one.text.split()) for one in answer.sentences), start=1)
        claims = "\n".join(f"{number}. {text}" for number, text in numbered)
        inputs = {
            "passages": fenced_passages(answer.passages),
            "question": without_fences(case.question),
            "claims": without_fences(claims),
        }
        return self._prompt.render(inputs)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What came of one ask: verdicts, or why there are none."""

    verdicts: Verdicts | str
    usage: Usage


def _unsteady(asked: Sequence[Verdicts]) -> list[int]:
    """Return the numbers of the claims that not all verdicts agree about."""
    ever = frozenset[int]().union(*(one.supported for one in asked))
    always = ever.intersection(*(one.supported for one in asked))
    return sorted(ever - always)
