"""What stands around a value: its sentence or cell, the line above, the headings, the title."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from knowledge_base.article import Article
from knowledge_base.policy.labels import heading_subject
from knowledge_base.policy.listing import listed_with
from knowledge_base.policy.subjects import Subjects
from knowledge_base.policy.table import Cell, cell_at
from knowledge_base.policy.value import Value
from knowledge_base.statements import Statement

_SEGMENT_ENDS = re.compile(r"[,;.|] | (?:and|or)(?! [A-Z]\w*\W*$) | but ")
_STOP = re.compile(r"[.:;|?!](?=\s|$)")
_LABEL_WORDS = 5
MOST_SUBJECTS = 3
"""Nouns that are kept of a fact: a careful reader names it in so many ways at most."""
_KEYS: Mapping[str, str] = {
    "plan": "plan", "plans": "plan", "membership": "plan", "tier": "plan", "subscription": "plan",
    "product": "product", "products": "product",
    "region": "region", "regions": "region", "country": "region", "market": "region",
    "channel": "channel", "channels": "channel",
}  # fmt: skip


def scope_part(key: str) -> str:
    """Return which part of a fact's scope a key of `applies_to` tells, empty text where none."""
    return _KEYS.get(key.lower(), "")


@dataclass(frozen=True)
class Sentence:
    """A statement of an article with the values that were read from it."""

    article: Article
    statement: Statement
    text: str
    """As it stands in the body: a table's row with its bars."""
    values: tuple[Value, ...]

    @cached_property
    def subjects(self) -> Subjects:
        """What its values are values of; the sentence is read once for all of them."""
        return Subjects(self.text, self.values)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The article's title, then the headings above, outermost first."""
        return (self.article.title, *self.statement.headings)

    @cached_property
    def lead_in(self) -> str:
        """The line above a list or a table, without the table's header."""
        return self.statement.lead_in.removesuffix(", ".join(self.statement.columns))

    def subjects_above(self) -> Iterator[str]:
        """Yield the last noun of the line above, then one of each heading, the nearest first."""
        yield from self._lead_in_nouns[-1:]
        yield from map(heading_subject, reversed(self.headings))

    @cached_property
    def _lead_in_nouns(self) -> tuple[str, ...]:
        return Subjects(self.lead_in, ()).nouns if self.lead_in else ()


@dataclass(frozen=True)
class Surroundings:
    """One value of a sentence, with the words that say what it is about."""

    sentence: Sentence
    value: Value

    @cached_property
    def cell(self) -> Cell | None:
        """The cell that holds the value, None outside tables."""
        return cell_at(self.sentence.text, self.value.start, self.sentence.statement)

    @property
    def header(self) -> str:
        """The header of the value's column, empty outside tables."""
        return "" if self.cell is None else self.cell.header

    @cached_property
    def own(self) -> str:
        """The sentence; of a row, the cell with its header and the row's first cell."""
        if self.cell is None:
            return self.sentence.text
        return f"{self.cell.key}, {self.cell.header}: {self.cell.text}"

    @cached_property
    def segments(self) -> tuple[str, str]:
        """The words that are nearer to this value than to the next and to the one before.

        What stands behind the value comes first ("5 GB on Free, 10 GB on Pro"), but a label in
        front of it before that ("Free: 5 GB").
        """
        text, values = self.sentence.text, self.sentence.values
        first, last = listed_with(text, values, self.value)
        begin = max((one.end for one in values if one.end <= first.start), default=0)
        end = min((one.start for one in values if one.start >= last.end), default=len(text))
        ahead, behind = text[begin : first.start], text[last.end : end]
        behind = _SEGMENT_ENDS.split(behind)[0]
        return (self.label, "") if self.label else (behind, ahead)

    @cached_property
    def label(self) -> str:
        """What stands before the last colon ahead of the value: "Free" of "Free: 5 GB + 2 GB".

        Empty where a sentence ends between the colon and the value.
        """
        text = self.sentence.text
        colon = text.rfind(":", 0, self.value.start)
        if colon < 0 or _STOP.search(text, colon + 1, self.value.start):
            return ""
        before = [one.end for one in self.sentence.values if one.end <= colon]
        stops = [match.end() for match in _STOP.finditer(text, 0, colon)]
        label = text[max((*before, *stops), default=0) : colon].strip()
        return label if len(label.split()) <= _LABEL_WORDS else ""

    @property
    def farther(self) -> tuple[str, ...]:
        """What stands around the sentence, the nearest first; the title is left out."""
        row = () if self.cell is None else (self.sentence.text,)
        return (*row, *self.above)

    @property
    def above(self) -> tuple[str, ...]:
        """The line above and the headings, the nearest first."""
        return (self.sentence.lead_in, *reversed(self.sentence.statement.headings))

    def front_matter(self, part: str) -> tuple[str, ...]:
        """Return what the article's front matter says of a part of the scope."""
        listed = self.sentence.article.applies_to.items()
        return tuple(value for key, values in listed if scope_part(key) == part for value in values)

    def subjects(self, *, header_is_name: bool) -> tuple[str, ...]:
        """Return what the value is a value of, in small letters, the surest first.

        Those of the sentence or the row come first, but leave room for one of what stands above.
        """
        own = self._of_row(header_is_name=header_is_name) if self.cell else self._of_clause()
        kept = _distinct(own, MOST_SUBJECTS - 1)
        return _distinct(chain(kept, self.sentence.subjects_above()), MOST_SUBJECTS)

    def _of_clause(self) -> Iterable[str]:
        return self.sentence.subjects.of(self.value)

    def _of_row(self, *, header_is_name: bool) -> tuple[str, ...]:
        if self.cell is None:
            return ()
        start, end = self.cell.start, self.cell.end
        values = [one for one in self.sentence.values if start <= one.start and one.end <= end]
        subjects = Subjects(self.cell.text, [one.moved(-start) for one in values])
        inside = tuple(subjects.of(self.value.moved(-start)))
        if not self.cell.key:
            inside = (*inside, *self._of_rest())
        return self.cell.subjects(inside, header_is_name=header_is_name)

    def _of_rest(self) -> tuple[str, ...]:
        """Return the first noun behind the first cell: a row may begin with its date."""
        rest = self.sentence.text[self.cell.end :] if self.cell else ""
        return Subjects(rest, ()).nouns[:1]


def _distinct(nouns: Iterable[str], most: int) -> tuple[str, ...]:
    """Return the first nouns whose head none before them has, at most so many."""
    by_head: dict[str, str] = {}
    for noun in filter(None, nouns):
        by_head.setdefault(noun.split()[-1], noun)
        if len(by_head) == most:
            break
    return tuple(by_head.values())
