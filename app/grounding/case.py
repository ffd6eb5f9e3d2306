"""A case: one drafted sentence on its way through the gate, and what it is judged by."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import structlog

from app.answer import Citation, DraftSentence, Question, Sentence
from app.errors import where
from app.grounding.checks import topics
from app.grounding.closest import closest
from app.grounding.evidence import checked, covering, said
from app.grounding.grounds import Grounds, Verify
from app.grounding.links import without_unnamed_links
from app.grounding.quote import quote
from app.grounding.receipt import Attempt, CheckedClaim, Origin, Receipt, Ruling
from app.grounding.soundness import sound
from app.grounding.sources import Sources
from app.grounding.support import likeness
from app.grounding.told import is_told, without_repeated_lead_in
from app.grounding.verdict import Claim, Finding, Verdict
from knowledge_base.article import Passage

MOST_REPAIRS = 3
"""Sentences of one answer that are repaired at most: a draft that needs more is quoted from."""
MOST_QUOTES = 3
"""Statements that are tried, closest first, until one holds for the customer."""

_NOTHING_NEAR = {likeness.NAME, topics.NAME}
"""Checks whose objection is that what comes closest is about something else."""
_RULINGS = {
    Origin.DRAFT: Ruling.RELEASED,
    Origin.REPAIR: Ruling.REPAIRED,
    Origin.QUOTE: Ruling.QUOTED,
}
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a drafted sentence is judged by."""

    asked: Question
    passages: Sequence[Passage]
    """What was retrieved for the question; citations of anything else don't count."""
    grounds: Grounds
    earlier: Sequence[Receipt] = ()
    """Those of the answer's earlier sentences: what they show isn't said a second time."""
    prepared: dict[tuple[str, ...], Sources] = field(default_factory=dict)
    """Sources by the ids of their passages: handed from sentence to sentence of an answer."""

    def sources(self, passages: Sequence[Passage]) -> Sources:
        """Return the sources that passages make, prepared once an answer."""
        key = tuple(one.chunk.id for one in passages)
        if key not in self.prepared:
            self.prepared[key] = self.grounds.sources(passages)
        return self.prepared[key]

    @property
    def shown(self) -> tuple[Sentence, ...]:
        """What the customer has read already."""
        return tuple(one.sentence for one in self.earlier if one.sentence is not None)


@dataclass(slots=True)
class Case:
    """One drafted sentence on its way through the gate."""

    draft: DraftSentence
    hearing: Hearing
    attempts: list[Attempt] = field(default_factory=list)
    sentence: Sentence | None = None
    is_repeated: bool = False
    was_sent_back: bool = False

    @property
    def may_be_repaired(self) -> bool:
        """Whether the answer has repairs left."""
        return sum(one.was_sent_back for one in self.hearing.earlier) < MOST_REPAIRS

    @property
    def objections(self) -> tuple[Finding, ...]:
        """What speaks against the last attempt."""
        found = (one.finding for one in self.attempts[-1].claims)
        return tuple(one for one in found if one.verdict is not Verdict.SUPPORTED)

    def cited(self, wording: DraftSentence) -> tuple[Passage, ...]:
        """Return the retrieved passages that a wording cites, each once."""
        cited = {one.passage.chunk.id: one.passage for one in self._citations(wording)}
        return tuple(cited.values())

    def is_quote(self, wording: DraftSentence) -> bool:
        """Say whether a wording is what `quote` makes of one of its citations, to the letter."""
        return any(
            wording == quote(one.passage, one.start, one.end) for one in self._citations(wording)
        )

    def check(self, origin: Origin, wording: DraftSentence) -> tuple[CheckedClaim, ...]:
        """Return what the checks find of a wording.

        Raises:
            ValueError: It cites nothing that was retrieved, or what was found makes no sense.
        """
        grounds, text = self.hearing.grounds, wording.text
        passages, verifier = self.cited(wording), grounds.verifier
        if origin is Origin.QUOTE:
            main = self._citations(wording)[0]
            passages, verifier, text = (covering(main),), grounds.quotes, main.quote
        if not passages:
            raise ValueError("the sentence cites no passage that was retrieved")
        found = self._found(verifier, text, passages)
        placed = [_moved(one, wording.text.rfind(text)) for one in found]
        claims = self._checked(placed, passages)
        return (*claims, *self._against_antecedent(wording)) if origin is Origin.QUOTE else claims

    def unlinked(self) -> DraftSentence | None:
        """Return the draft without links that no cited article names, None if it has none."""
        named = "\n".join(one.article.body for one in self.cited(self.draft))
        text = without_unnamed_links(self.draft.text, named)
        return None if text == self.draft.text else replace(self.draft, text=text)

    def quotes(self) -> tuple[DraftSentence, ...]:
        """Return quotes that may stand in for the draft, the closest first.

        None where the draft is about something that no statement close to it is about.
        """
        found = (one.finding for attempt in self.attempts for one in attempt.claims)
        if any(one.check in _NOTHING_NEAR for one in found if one.verdict is not Verdict.SUPPORTED):
            return ()
        passages = self.cited(self.draft)
        near = closest(self.draft.text, self.hearing.sources(passages), MOST_QUOTES)
        quoted = (
            quote(passages[one.source], one.statement.start, one.statement.end) for one in near
        )
        return tuple(one for one in quoted if one != self.draft)

    def settle(self, wording: DraftSentence, attempt: Attempt) -> None:
        """Show a wording that holds, unless its words were shown before."""
        sentence = Sentence(wording.text, self._citations(wording))
        if attempt.origin is not Origin.QUOTE:
            sentence = said(sentence, attempt.claims)
        shown = self.hearing.shown
        self.is_repeated = bool(attempt.claims) and is_told(sentence, shown)
        if self.is_repeated:
            return
        if attempt.origin is Origin.QUOTE:
            full = self._in_full(wording)
            sentence = Sentence(full.text, self._citations(full))
        self.sentence = without_repeated_lead_in(sentence, shown)

    def fail(self, error: Exception) -> None:
        """Block, whatever was found so far."""
        self.sentence, self.is_repeated = None, False
        failed = Attempt(Origin.DRAFT, self.draft.text, (failure(self.draft, error),))
        self.attempts.insert(0, failed)

    def receipt(self) -> Receipt:
        """Return what became of the draft."""
        return Receipt(
            ruling=self._ruling(),
            attempts=tuple(self.attempts),
            sentence=self.sentence,
            generation=self.hearing.grounds.generation,
            was_sent_back=self.was_sent_back,
        )

    def _in_full(self, wording: DraftSentence) -> DraftSentence:
        """Return a quote with what its pronoun stands for, unless that was shown just before it."""
        main, *others = self._citations(wording)
        read = self.hearing.shown[-1].text if self.hearing.shown else ""
        full = quote(main.passage, main.start, main.end, read=read)
        return wording if others or len(full.citations) > 1 else full

    def _against_antecedent(self, wording: DraftSentence) -> tuple[CheckedClaim, ...]:
        """Return what the checks have against a quote with what its pronoun stands for."""
        full = self._in_full(wording)
        if full == wording:
            return ()
        (main,) = self._citations(full)
        passages = (covering(main),)
        found = self._found(self.hearing.grounds.quotes, main.quote, passages)
        whole = Claim(wording.text, 0, len(wording.text))
        against = [
            replace(one, claim=whole) for one in found if one.verdict is not Verdict.SUPPORTED
        ]
        return self._checked(against, passages)

    def _found(
        self, verifier: Verify, text: str, passages: Sequence[Passage]
    ) -> tuple[Finding, ...]:
        sources = self.hearing.sources(passages)
        return sound(text, verifier.verify(text, sources, self.hearing.asked), sources)

    def _checked(
        self, found: Sequence[Finding], passages: Sequence[Passage]
    ) -> tuple[CheckedClaim, ...]:
        """Return findings with the words that they rest on."""
        sources, versions = self.hearing.sources(passages), self.hearing.grounds.versions
        return tuple(checked(one, passages, sources, versions) for one in found)

    def _ruling(self) -> Ruling:
        if self.is_repeated:
            return Ruling.REPEATED
        if self.sentence is None:
            return Ruling.DROPPED
        return Ruling.RELEASED if len(self.attempts) == 1 else _RULINGS[self.attempts[-1].origin]

    def _citations(self, wording: DraftSentence) -> tuple[Citation, ...]:
        return tuple(one for one in wording.citations if one.passage in self.hearing.passages)


def failure(wording: DraftSentence, error: Exception) -> CheckedClaim:
    """Return that a wording couldn't be judged, which blocks it."""
    _log.warning("gate_failed", error=where(error))
    claim = Claim(wording.text, 0, len(wording.text))
    reason = f"it couldn't be checked ({type(error).__name__})"
    return CheckedClaim(Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, "gate"), None)


def _moved(finding: Finding, by: int) -> Finding:
    """Return a finding about a part of a wording as one about the whole of it."""
    claim = finding.claim
    moved = replace(claim, start=claim.start + by, end=claim.end + by)
    return replace(finding, claim=moved) if by > 0 else finding
