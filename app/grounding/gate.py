"""The gate decides for each drafted sentence what the customer may see of it.

    judge the draft → else it without unknown links → else one repair
    → else the closest words of a cited passage, if they are about the same thing → else nothing

Every wording on that way is judged against the passages that it cites, an article's own words
too: they may hold for another customer, or on another day. Whatever raises, takes too long or
returns nonsense in here blocks the wording that it was about.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from app.answer import DraftSentence, Question
from app.errors import where
from app.grounding.case import Case, Hearing, failure
from app.grounding.receipt import Attempt, CheckedClaim, Origin, Receipt
from app.grounding.verdict import Finding, Verdict
from knowledge_base.article import Passage

CHECK_SECONDS = 5.0
"""How long the checks of one wording may take; they take milliseconds."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Repair:
    """What the author of a draft wrote in its place."""

    draft: DraftSentence | None
    """None where nothing of use came."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a judge thinks of a sentence."""

    finding: Finding


class Repairer(Protocol):
    """The author of drafts, asked to write a sentence again."""

    async def repair(
        self,
        draft: DraftSentence,
        objections: Sequence[Finding],
        passages: Sequence[Passage],
        asked: Question,
    ) -> Repair:
        """Return the sentence as it should have been, given what is wrong with it."""
        ...


class Judge(Protocol):
    """One more voice, heard where all checks agree: it can block, and it can't release."""

    async def judge(self, sentence: str, passages: Sequence[Passage], asked: Question) -> Opinion:
        """Return what it thinks of the sentence beside the passages that it cites."""
        ...


class Gate:
    """Releases what its passages say."""

    def __init__(
        self,
        *,
        repairer: Repairer | None = None,
        judge: Judge | None = None,
        patience_seconds: float = 10.0,
    ) -> None:
        """Take who is asked beside the checks, and how long each of them may take a time."""
        self._repairer = repairer
        self._judge = judge
        self._patience_seconds = patience_seconds

    async def release(self, draft: DraftSentence, hearing: Hearing) -> Receipt:
        """Return what became of the draft, with the sentence that may be shown, if one may."""
        case = Case(draft, hearing)
        try:
            await self._decide(case)
        except Exception as error:  # noqa: BLE001 — whatever goes wrong in here lets nothing out
            case.fail(error)
        receipt = case.receipt()
        if receipt.objection is not None:
            _tell(receipt, receipt.objection)
        return receipt

    async def _decide(self, case: Case) -> None:
        origin = Origin.QUOTE if case.is_quote(case.draft) else Origin.DRAFT
        if await self._holds(origin, case.draft, case):
            return
        if origin is Origin.DRAFT and (await self._unlinked(case) or await self._repaired(case)):
            return
        for candidate in case.quotes():
            if await self._holds(Origin.QUOTE, candidate, case):
                return

    async def _unlinked(self, case: Case) -> bool:
        unlinked = case.unlinked()
        return unlinked is not None and await self._holds(Origin.REPAIR, unlinked, case)

    async def _repaired(self, case: Case) -> bool:
        if self._repairer is None or not case.may_be_repaired:
            return False
        passages, asked = case.cited(case.draft), case.hearing.asked
        case.was_sent_back = True
        try:
            async with asyncio.timeout(self._patience_seconds):
                repair = await self._repairer.repair(case.draft, case.objections, passages, asked)
        except Exception as error:  # noqa: BLE001 — a repair that fails is none
            _log.warning("repair_failed", error=where(error))
            return False
        return repair.draft is not None and await self._holds(Origin.REPAIR, repair.draft, case)

    async def _holds(self, origin: Origin, wording: DraftSentence, case: Case) -> bool:
        """Judge a wording and note the attempt; say whether it settles the case."""
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                claims = await asyncio.to_thread(case.check, origin, wording)
            if origin is not Origin.QUOTE and self._judge is not None:
                claims = await self._with_opinion(self._judge, wording, claims, case)
        except Exception as error:  # noqa: BLE001 — what can't be judged is blocked
            claims = (failure(wording, error),)
        attempt = Attempt(origin, wording.text, claims)
        case.attempts.append(attempt)
        if attempt.holds:
            case.settle(wording, attempt)
        return attempt.holds

    async def _with_opinion(
        self, judge: Judge, wording: DraftSentence, claims: tuple[CheckedClaim, ...], case: Case
    ) -> tuple[CheckedClaim, ...]:
        """Return the claims, with the judge's objection where it alone has one."""
        if not all(one.finding.verdict is Verdict.SUPPORTED for one in claims):
            return claims
        async with asyncio.timeout(self._patience_seconds):
            opinion = await judge.judge(wording.text, case.cited(wording), case.hearing.asked)
        if not isinstance(opinion.finding.verdict, Verdict):
            raise TypeError("the judge's verdict is none")
        if opinion.finding.verdict is Verdict.SUPPORTED:
            return claims
        return (*claims, CheckedClaim(opinion.finding, None))


def _tell(receipt: Receipt, objection: Finding) -> None:
    """Log that a draft wasn't shown, without a word of it: `candor why` has the words."""
    _log.info(
        "sentence_blocked",
        check=objection.check,
        verdict=objection.verdict.value,
        ruling=receipt.ruling.value,
    )
