"""Reads the policy facts out of articles, by rules: the same text gives the same facts."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from knowledge_base.article import Article
from knowledge_base.policy.clauses import conditions, exclusions
from knowledge_base.policy.comparators import comparator, is_denied
from knowledge_base.policy.counts import counts
from knowledge_base.policy.dates import dates, times
from knowledge_base.policy.durations import durations
from knowledge_base.policy.fact import PolicyFact
from knowledge_base.policy.money import DEFAULT_DOLLAR, DOLLAR, amounts, percentages
from knowledge_base.policy.names import NameUses
from knowledge_base.policy.numbers import WORDS
from knowledge_base.policy.ranges import with_ranges
from knowledge_base.policy.scope import ScopeReader
from knowledge_base.policy.sizes import sizes
from knowledge_base.policy.surroundings import Sentence, Surroundings
from knowledge_base.policy.table import bare_counts, is_name
from knowledge_base.policy.told import is_example, promised
from knowledge_base.policy.value import Value, without_overlaps
from knowledge_base.statements import Statement, statements

_LONGEST = 2000
"""Code points of a sentence that are read: nobody writes longer ones, and reading all values of
one takes the square of its length."""
_MOST_VALUES = 48
_FAMILIES = (amounts, percentages, dates, times, durations, sizes, counts)
_MAY_MEASURE = re.compile(
    rf"\d|\b(?:{WORDS}|free|no|without|complimentary|noon|midnight|once|twice|half"
    r"|an? (?:day|hour|week|month|year|minute|business|working))\b",
    re.IGNORECASE,
)
"""Most sentences hold no value: one look tells those that can't from those worth reading."""


class FactReader:
    """Reads articles of one help centre, whose front matter says which scopes there are."""

    def __init__(self, articles: Iterable[Article] = (), names: NameUses | None = None) -> None:
        """Take the articles, and how often they write names, where that is counted already."""
        listed = tuple(articles)
        self._scopes = ScopeReader(listed, names or NameUses.of(listed))

    def read(self, article: Article) -> tuple[PolicyFact, ...]:
        """Return the facts that the article states, in the order of its text."""
        return tuple(
            fact
            for statement in statements(article.body)
            for fact in self._facts(article, statement)
        )

    def _facts(self, article: Article, statement: Statement) -> Iterator[PolicyFact]:
        if is_example(statement.headings, statement.lead_in):
            return
        text = article.body[statement.start : statement.end][:_LONGEST]
        stated = (one for one in values_in(text) if not is_name(text, one, statement))
        values = (*islice(stated, _MOST_VALUES), *bare_counts(text, statement))
        sentence = Sentence(article, statement, text, values)
        for value in values:
            yield self._fact(Surroundings(sentence, value))

    def _fact(self, around: Surroundings) -> PolicyFact:
        sentence, value = around.sentence, around.value
        statement = sentence.statement
        return PolicyFact(
            kind=value.kind,
            value=value.value,
            unit=DEFAULT_DOLLAR if value.unit == DOLLAR else value.unit,
            comparator=comparator(sentence.text, value, sentence.values, around.header),
            negated=is_denied(sentence.text, value),
            article_id=sentence.article.id,
            start=statement.start + value.start,
            end=statement.start + value.end,
            sentence_start=statement.start,
            sentence_end=statement.end,
            scope=self._scopes.scope(around),
        )


def read_facts(articles: Iterable[Article]) -> Iterator[PolicyFact]:
    """Yield the facts of a help centre, article by article."""
    listed = tuple(articles)
    reader = FactReader(listed)
    for article in listed:
        yield from reader.read(article)


def values_in(text: str) -> tuple[Value, ...]:
    """Return the values that a sentence states, in its order, with their places in `text`."""
    measured = _measured(text) if _MAY_MEASURE.search(text) else ()
    values = (*measured, *exclusions(text), *conditions(text, measured))
    return tuple(sorted(values, key=lambda value: (value.start, value.end)))


def _measured(text: str) -> tuple[Value, ...]:
    found = without_overlaps(value for family in _FAMILIES for value in family(text))
    return tuple(promised(text, tuple(with_ranges(text, found))))
