"""Selection: which statements make the answer, and how far each quote reaches."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.answering.evidence import Candidate, Evidence
from app.answering.expectation import Expectation
from knowledge_base.article import Passage
from knowledge_base.sentences import SentenceKind

MOST_STATEMENTS = 4
MARGIN = 0.12

_POINTS_BACK = re.compile(r"(?:It|Its|This|That|These|Those|They|Their|Them|He|She)\b")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of an article that is to be quoted."""

    passage: Passage
    start: int
    end: int


def score(candidate: Candidate) -> float:
    """Return how well the statement answers, about 0 to 2."""
    return (
        candidate.similarity
        + 0.4 * candidate.overlap
        + 0.4 * candidate.coverage
        + 0.15 * candidate.expected
        - 0.05 * candidate.rank
    )


def selected(evidence: Evidence) -> tuple[Quotation, ...]:
    """Return what to quote, in the article's order."""
    best = max(evidence.candidates, key=score)
    near = [one for one in evidence.candidates if one.passage.article.id == best.passage.article.id]
    if evidence.expectation is Expectation.STEPS and (steps := _steps(near, best)):
        return _quotations(steps)
    chosen = _chosen(near, best)
    return _quotations(_with_antecedents(chosen, near))


def _steps(near: Sequence[Candidate], best: Candidate) -> list[Candidate]:
    """Return the list below the best statement's heading, if there is one."""
    section = [one for one in near if one.statement.section == best.statement.section]
    items = [one for one in section if one.statement.kind is SentenceKind.LIST_ITEM]
    if best.statement.kind is SentenceKind.LIST_ITEM:
        return [one for one in items if one.statement.block == best.statement.block]
    return [best, *items] if len(items) > 1 else []


def _chosen(near: Sequence[Candidate], best: Candidate) -> list[Candidate]:
    good = [one for one in near if score(one) >= score(best) - MARGIN]
    ranked = sorted(good, key=score, reverse=True)[:MOST_STATEMENTS]
    return [one for one in near if one in ranked]


def _with_antecedents(chosen: Sequence[Candidate], near: Sequence[Candidate]) -> list[Candidate]:
    """Add the sentence before each one that opens with a word pointing back to it."""
    wanted = {id(one) for one in chosen}
    for before, after in reversed(list(pairwise(near))):
        same_block = before.statement.block == after.statement.block
        if id(after) in wanted and same_block and _POINTS_BACK.match(after.statement.text):
            wanted.add(id(before))
    return [one for one in near if id(one) in wanted]


def _quotations(chosen: Iterable[Candidate]) -> tuple[Quotation, ...]:
    """Return one quotation a sentence, list items and table rows of one block together."""
    quotations: list[Quotation] = []
    last: Candidate | None = None
    for one in chosen:
        said = one.statement
        if last is not None and _together(last, one):
            before = quotations.pop()
            quotations.append(Quotation(before.passage, before.start, said.end))
        else:
            quotations.append(Quotation(one.passage, said.start, said.end))
        last = one
    return tuple(quotations)


def _together(last: Candidate, one: Candidate) -> bool:
    said, before = one.statement, last.statement
    gap = one.passage.article.body[before.end : said.start]
    return (
        said.kind is not SentenceKind.PROSE
        and said.block == before.block
        and last.passage is one.passage
        and not re.search(r"\w\w", gap)
    )
