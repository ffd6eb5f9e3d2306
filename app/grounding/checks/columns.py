"""Columns: a number of a table belongs to what heads its column.

"9 USD" of the Summit plan's column is no answer about the Family plan, though it stands in the row
that speaks of the fee.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.answer import Question
from app.grounding.checks.openings import own_text
from app.grounding.checks.quotation import rests_on
from app.grounding.meanings import meanings
from app.grounding.quantities import Quantity, quantities
from app.grounding.sources import Sources
from app.grounding.stated import Stated
from app.grounding.thresholds import Thresholds
from app.grounding.verdict import Claim, Finding, Verdict
from knowledge_base.statements import cells

_LEAST_COLUMNS = 3
"""A table of two columns has one for what its rows are about, and one for all values."""


class ColumnCheck:
    """Contradicts numbers that stand in another column than that of the thing meant."""

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return a contradiction where all that the claim rests on are rows that say otherwise."""
        own = own_text(claim, sources, asked)
        said = quantities(own)
        close, near = self._thresholds.rests_close, self._thresholds.rests_near
        found = rests_on(claim, sources, asked, close=close, near=near) if said else ()
        wrong = [_wrong(said, own, _columns(one), asked) for one in found]
        if not wrong or "" in wrong or any(one.is_given_whole(said) for one in found):
            return None
        return Finding(claim, Verdict.CONTRADICTED, 0.0, wrong[0], "scope", found[0].place)


@dataclass(frozen=True, slots=True)
class _Column:
    header: str
    told_by: frozenset[str]
    """The words of the header that no other column's has."""
    values: tuple[Quantity, ...]


def _columns(stated: Stated) -> tuple[_Column, ...]:
    """Return the columns of a row behind its first one, none where it isn't a table's."""
    said = stated.statement
    if len(said.columns) < _LEAST_COLUMNS:
        return ()
    row = cells(stated.article.body[said.start : said.end])
    words = [frozenset(meanings(header)) for header in said.columns]
    return tuple(
        _Column(header, words[place] - _others(words, place), quantities(cell))
        for place, (header, cell) in enumerate(zip(said.columns, row, strict=False))
        if place
    )


def _others(words: Sequence[frozenset[str]], place: int) -> frozenset[str]:
    return frozenset().union(*words[1:place], *words[place + 1 :])


def _wrong(
    said: Sequence[Quantity], claim: str, columns: Sequence[_Column], asked: Question
) -> str:
    """Return whose number a claim takes for that of what it means, empty where it doesn't."""
    meant = _named(claim, columns) or _named(asked.text, columns)
    for one in said:
        holding = [each for each in columns if any(one.equals(value) for value in each.values)]
        if meant and holding and not any(each in meant for each in holding):
            return f"{one.written} stands below {holding[0].header!r}, not {meant[0].header!r}"
    return ""


def _named(text: str, columns: Sequence[_Column]) -> list[_Column]:
    words = frozenset(meanings(text))
    return [one for one in columns if one.told_by and one.told_by <= words]
