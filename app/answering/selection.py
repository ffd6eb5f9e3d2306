"""Selection: which statements make the answer, and how far each quote reaches.

A statement's score is the logarithm of how likely it is to hold what is asked, up to a constant.
Its weights are fitted by `benchmarks/fit_answering.py` on the sample suite and on further
questions over the sample help centre; what the limits below cost and bring is in decision 9.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from app.answering.evidence import Candidate, Evidence
from app.answering.expectation import Expectation
from app.wording import POINTS_BACK
from knowledge_base.article import Passage
from knowledge_base.sentences import SentenceKind

MOST_PICKED = 8
"""How many statements are picked for their own sake; what belongs to them comes along."""
MOST_WORDS = 100
"""Words that an answer may have, unless what belongs to its best statement has more."""
MARGIN = 3.0
"""How far a picked statement's score may lie behind the best one's: a twentieth as likely."""
WHOLE_PARAGRAPH = 30
"""Words up to which a paragraph is quoted as a whole: the exception often follows the rule."""

_UPCOMING = -2.3
"""What isn't in force yet comes behind what is: set by hand."""
_IS_REMARK = re.compile(r"(?:Note|Tip|Info|Hint|Important|Caution|Warning|Danger)\b\W")
_VALUES = frozenset({Expectation.TIME, Expectation.AMOUNT, Expectation.NUMBER})
_JOINT = (
    r"(?:\s+\w+){0,2}\s*(?:,|/|&|\b(?:and|or|vs|versus|than)\b)\W*"
    r"(?:(?:in|of|on|for|to|with|the|a|an)\W+){0,3}"
)
"""What stands between two names that are asked about together."""


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
    similarity=6.72,
    covered=4.0,
    said=1.29,
    lag=0.43,
    expected=1.68,
    introduction=-2.01,
    remark=-0.52,
)


def score(candidate: Candidate) -> float:
    """Return how well the statement answers."""
    weighed = zip(WEIGHTS, StatementFeatures.of(candidate), strict=True)
    upcoming = 0.0 if candidate.passage.in_force else _UPCOMING
    return upcoming + float(sum(weight * feature for weight, feature in weighed))


def likelihood_of_best(candidates: Sequence[Candidate]) -> float:
    """Return how likely the best of the statements is, if one of them is the answer; 0 to 1."""
    scores = [score(one) for one in candidates]
    return 1 / sum(math.exp(one - max(scores)) for one in scores)


def selected(evidence: Evidence) -> tuple[Quotation, ...]:
    """Return what to quote, in reading order, the best statement's article first."""
    chosen = _chosen(evidence)
    return tuple(
        quotation
        for article_id in dict.fromkeys(one.passage.article.id for one in chosen)
        for quotation in _quotations(_reading(chosen, evidence.candidates, article_id))
    )


def _chosen(evidence: Evidence) -> list[Candidate]:
    """Return the likely statements, best first, each with what belongs to it."""
    chosen: dict[int, Candidate] = {}
    picked = words_so_far = 0
    for one in _likely(evidence):
        if picked == MOST_PICKED or id(one) in chosen:
            continue
        added = {id(each): each for each in _unit(one, evidence.candidates)}
        fresh = sum(_length(each) for known, each in added.items() if known not in chosen)
        if not chosen or words_so_far + fresh <= MOST_WORDS:
            chosen |= added
            words_so_far += fresh
            picked += 1
    return list(chosen.values())


def _likely(evidence: Evidence) -> Iterator[Candidate]:
    ranked = sorted(evidence.candidates, key=score, reverse=True)
    best, least = ranked[0], score(ranked[0]) - MARGIN
    asked = evidence.question.query
    return (one for one in ranked if score(one) >= least and not _are_siblings(one, best, asked))


def _unit(chosen: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return a statement with what belongs to it: its short paragraph, or the other steps."""
    block = [one for one in candidates if _block(one) == _block(chosen)]
    is_short = sum(map(_length, block)) <= WHOLE_PARAGRAPH
    is_prose = chosen.statement.kind is SentenceKind.PROSE
    return block if chosen.statement.is_step or (is_prose and is_short) else [chosen]


def _block(one: Candidate) -> tuple[str, int]:
    return one.passage.article.id, one.statement.block


def _length(one: Candidate) -> int:
    return len(one.statement.text.split())


def _are_siblings(one: Candidate, best: Candidate, asked: str) -> bool:
    """Tell whether the articles apply to different plans, regions …, and not both are asked about.

    Their rules look alike and differ: quoted side by side they would be taken for one another.
    """
    mine, its = one.passage.article.applies_to, best.passage.article.applies_to
    return any(
        not set(mine[key]).intersection(its[key])
        and not any(_are_joined(other, value, asked) for other in mine[key] for value in its[key])
        for key in mine.keys() & its.keys()
    )


def _are_joined(one: str, other: str, asked: str) -> bool:
    """Tell whether the text asks about both: "the EU and the UK", "Trail or Summit"?

    Two names that aren't joined say something else: "in the UK, shipped from the EU".
    """
    return any(
        re.search(rf"\b{re.escape(first)}\b{_JOINT}\b{re.escape(second)}\b", asked, re.IGNORECASE)
        for first, second in ((one, other), (other, one))
    )


def _reading(
    chosen: Sequence[Candidate], candidates: Sequence[Candidate], article_id: str
) -> list[Candidate]:
    """Return what was chosen of one article, as it stands there."""
    near = [one for one in candidates if one.passage.article.id == article_id]
    return _with_antecedents(chosen, near)


def _with_antecedents(chosen: Sequence[Candidate], near: Sequence[Candidate]) -> list[Candidate]:
    """Add the sentence before each one that opens with a word pointing back to it."""
    wanted = {id(one) for one in chosen}
    for before, after in reversed(list(pairwise(near))):
        same_block = before.statement.block == after.statement.block
        if id(after) in wanted and same_block and POINTS_BACK.match(after.statement.text):
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
