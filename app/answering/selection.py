"""Selection: which statements make the answer, and how far each quote reaches.

The weights of a statement's score are relative to that of its cosine with the question. They were
fitted on part `before` of the sample suite by `benchmarks/fit_answering.py`; part `after` was not
read. Each change to search moves that fit, within what 91 questions can tell apart: these values
were the best of the fits on part `before`. The margins were set on the same questions.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from app.answering.evidence import Candidate, Evidence
from app.answering.expectation import Expectation
from app.wording import words
from knowledge_base.article import Passage
from knowledge_base.sentences import SentenceKind

MOST_STATEMENTS = 5
MARGIN, MARGIN_ELSEWHERE = 0.4, 0.2
"""How far a statement's score may lie behind the best one's, in its article and in another."""

_UPCOMING = -0.35
"""What isn't in force yet comes behind what is: set by hand."""
_IS_REMARK = re.compile(r"(?:Note|Tip|Info|Hint|Important|Caution|Warning|Danger)\b\W")
_VALUES = frozenset({Expectation.TIME, Expectation.AMOUNT, Expectation.NUMBER})
_POINTS_BACK = re.compile(r"(?:It|Its|This|That|These|Those|They|Their|Them|He|She)\b")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of an article that is to be quoted."""

    passage: Passage
    start: int
    end: int


class StatementFeatures(NamedTuple):
    """What a statement's score is made of, or the weight of each."""

    similarity: float
    """See `Candidate`, like the next three."""
    covered: float
    said: float
    lag: float
    expected: float
    """Whether it holds a value of a kind that was asked for."""
    introduction: float
    """Whether it stands above the first heading: it says what an article is about."""
    remark: float
    """Whether it is a note or a warning beside the text."""

    @classmethod
    def of(cls, candidate: Candidate) -> "StatementFeatures":
        """Return the features of a statement."""
        return cls(
            similarity=candidate.similarity,
            covered=candidate.covered,
            said=candidate.said,
            lag=candidate.lag,
            expected=float(bool(candidate.expected & _VALUES)),
            introduction=float(not candidate.statement.headings),
            remark=float(_IS_REMARK.match(candidate.statement.text) is not None),
        )


WEIGHTS = StatementFeatures(
    similarity=1.0,
    covered=0.24,
    said=0.26,
    lag=0.087,
    expected=0.35,
    introduction=-0.33,
    remark=-0.4,
)


def score(candidate: Candidate) -> float:
    """Return how well the statement answers."""
    weighed = zip(WEIGHTS, StatementFeatures.of(candidate), strict=True)
    upcoming = 0.0 if candidate.passage.in_force else _UPCOMING
    return upcoming + float(sum(weight * feature for weight, feature in weighed))


def selected(evidence: Evidence) -> tuple[Quotation, ...]:
    """Return what to quote, in reading order, the best statement's article first."""
    ranked = sorted(evidence.candidates, key=score, reverse=True)
    best = ranked[0]
    asked = frozenset(words(evidence.question.query))
    fitting = [one for one in ranked if not _are_siblings(one, best, asked)]
    good = [one for one in fitting[:MOST_STATEMENTS] if _comes_close(one, best)]
    if Expectation.STEPS in evidence.expectations:
        good += _items_below(best, evidence.candidates)
    good += [item for one in good for item in _other_steps(one, evidence.candidates)]
    articles = dict.fromkeys(one.passage.article.id for one in good)
    return tuple(
        quotation
        for article_id in articles
        for quotation in _quotations(_reading(good, evidence.candidates, article_id))
    )


def _are_siblings(one: Candidate, best: Candidate, asked: frozenset[str]) -> bool:
    """Tell whether the articles apply to different plans, regions …, and the words to one alone.

    Their rules look alike and differ: quoted side by side they would be taken for one another.
    """
    mine, its = one.passage.article.applies_to, best.passage.article.applies_to
    return any(
        not set(mine[key]).intersection(its[key])
        and not any(asked.issuperset(words(value)) for value in mine[key])
        for key in mine.keys() & its.keys()
    )


def _comes_close(one: Candidate, best: Candidate) -> bool:
    same = one.passage.article.id == best.passage.article.id
    return score(one) >= score(best) - (MARGIN if same else MARGIN_ELSEWHERE)


def _items_below(best: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the list items that stand below the same heading as the best statement."""
    return [
        one
        for one in candidates
        if one.passage.article.id == best.passage.article.id
        and one.statement.section == best.statement.section
        and one.statement.kind is SentenceKind.LIST_ITEM
    ]


def _other_steps(chosen: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the whole list of a numbered item: one step alone is of no use."""
    if not chosen.statement.is_step:
        return []
    return [
        one
        for one in candidates
        if one.passage.article.id == chosen.passage.article.id
        and one.statement.block == chosen.statement.block
    ]


def _reading(
    good: Sequence[Candidate], candidates: Sequence[Candidate], article_id: str
) -> list[Candidate]:
    near = [one for one in candidates if one.passage.article.id == article_id]
    return _with_antecedents([one for one in near if one in good], near)


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
