"""Quotation: a claim that stands in a source as it is, or nearly so, says what the source says.

That settles its wording alone: for whom and when it holds has been checked before.
"""

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from app.answer import Question
from app.grounding.checks.openings import own_text
from app.grounding.claims import clauses
from app.grounding.meanings import meanings
from app.grounding.sources import Sources
from app.grounding.stated import Stated
from app.grounding.verbatim import is_near_verbatim
from app.grounding.verdict import Claim, Finding, Place, Verdict

_DAY_AHEAD = re.compile(r"From \d{1,2} [A-Z][a-z]+ \d{4}: ")
"""What introduces a rule that isn't in force yet."""
SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_FREE_STEMS = 3
"""Stems in which a near-verbatim claim may differ: those of the words that don't count."""


class QuotationCheck:
    """Supports what is quoted."""

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return support for a claim that stands in a source."""
        for run in quoted_from(claim, sources, asked):
            place = Place(run[0].source, run[0].place.start, run[-1].place.end)
            reason = "stands in the article as it is"
            return Finding(claim, Verdict.SUPPORTED, 1.0, reason, "verbatim", place)
        return None


class LiteralCheck:
    """Supports what is taken from a source to the letter, and nothing else."""

    def check(self, claim: Claim, sources: Sources, _asked: Question) -> Finding:
        """Return support for a claim that stands in a source as it is written."""
        for number, source in enumerate(sources.listed):
            start = source.text.find(claim.text)
            if start >= 0:
                place = Place(number, start, start + len(claim.text))
                reason = "stands in the article in these words"
                return Finding(claim, Verdict.SUPPORTED, 1.0, reason, "verbatim", place)
        reason = "stands in no cited passage in these words"
        return Finding(claim, Verdict.NOT_ENOUGH_INFO, 0.0, reason, "verbatim")


def rests_on(
    claim: Claim, sources: Sources, asked: Question, *, close: float, near: float
) -> tuple[Stated, ...]:
    """Return the statements that a claim quotes, or else those that it rests on.

    Args:
        claim: What is said.
        sources: What it may rest on.
        asked: What it answers.
        close: Score from which it rests on a statement.
        near: How far behind the closest statement's score another one may lie.
    """
    quoted = quoted_from(claim, sources, asked)
    if quoted:
        return tuple(chain.from_iterable(quoted))
    aligned = sources.aligned(claim.text, asked.text)
    least = max(close, aligned[0].score - near) if aligned else close
    return tuple(one.stated for one in aligned if one.score >= least)


def quoted_from(claim: Claim, sources: Sources, asked: Question) -> tuple[tuple[Stated, ...], ...]:
    """Return the statements, or runs of neighbours, that the claim repeats."""
    known = sources.quoted
    own = own_text(claim, sources, asked)
    for text in dict.fromkeys((_DAY_AHEAD.sub("", claim.text, count=1), own)):
        if text not in known:
            known[text] = (*_literal(text, sources), *_runs(text, sources))
        if known[text]:
            return known[text]
    return ()


def _literal(text: str, sources: Sources) -> Iterator[tuple[Stated, ...]]:
    """Yield the statements that lie in a stretch of a source that is repeated to the letter."""
    for number, source in enumerate(sources.listed):
        start = source.text.find(text)
        if start >= 0:
            inside = (
                one
                for one in sources.stated
                if one.source == number
                and start <= one.place.start
                and one.place.end <= start + len(text)
            )
            run = tuple(inside)
            if run:
                yield run


def _runs(text: str, sources: Sources) -> Iterator[tuple[Stated, ...]]:
    words = frozenset(meanings(text))
    for one in sources.stated:
        if _may_hold(words, one) and any(is_near_verbatim(text, said) for said in _ways(one)):
            yield (one,)
    for one, other in pairwise(sources.stated):
        both = one.meant | other.meant
        if (
            one.source == other.source
            and both
            and len(words ^ both) <= _FREE_STEMS
            and is_near_verbatim(text, one.text, other.text)
        ):
            yield (one, other)


def _may_hold(words: frozenset[str], stated: Stated) -> bool:
    """Tell whether a statement and what stands above it have about all of a claim's words."""
    missing = len(words - stated.meant - stated.meant_above)
    return missing <= _FREE_STEMS and missing <= len(words) // 2


def _ways(stated: Stated) -> Iterator[str]:
    """Yield how the statement may be quoted: alone, behind its lead-in, or behind its heading.

    What is one item or cell may hold several sentences.
    """
    yield stated.text
    parts = SENTENCE_END.split(stated.text)
    yield from parts if len(parts) > 1 else ()
    cut = clauses(stated.text)
    yield from (stated.text[one.start : one.end] for one in cut) if len(cut) > 1 else ()
    yield from stated.statement.headings[-1:]
    if stated.statement.lead_in:
        yield stated.in_full
    for heading in stated.statement.headings[-1:]:
        yield f"{heading}: {stated.text}"
        if stated.statement.columns:
            yield f"{heading}: {', '.join(stated.statement.columns)} {stated.text}"
