"""Reads the policy facts out of articles, by rules: the same text gives the same facts."""

from collections.abc import Iterable, Iterator

from knowledge_base.article import Article
from knowledge_base.policy import subjects
from knowledge_base.policy.clauses import conditions, exclusions
from knowledge_base.policy.comparators import comparator, is_denied
from knowledge_base.policy.counts import counts
from knowledge_base.policy.dates import dates, times
from knowledge_base.policy.durations import durations
from knowledge_base.policy.fact import PolicyFact
from knowledge_base.policy.money import DEFAULT_DOLLAR, DOLLAR, amounts, percentages
from knowledge_base.policy.ranges import with_ranges
from knowledge_base.policy.scope import named_around, scope_of
from knowledge_base.policy.sizes import sizes
from knowledge_base.policy.table import cell_at
from knowledge_base.policy.value import Value, without_overlaps
from knowledge_base.scope import Scopes
from knowledge_base.sentences import SentenceKind
from knowledge_base.statements import Statement, statements

_FAMILIES = (amounts, percentages, dates, times, durations, sizes, counts)
_WORDED = (exclusions, conditions)


class FactReader:
    """Reads articles of one help centre, whose front matter says which scopes there are."""

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        self._scopes = Scopes(articles)

    def read(self, article: Article) -> tuple[PolicyFact, ...]:
        """Return the facts that the article states, in the order of its text."""
        return tuple(
            fact
            for statement in statements(article.body)
            for fact in self._facts(article, statement)
        )

    def _facts(self, article: Article, statement: Statement) -> Iterator[PolicyFact]:
        text = article.body[statement.start : statement.end]
        for value in values_in(text):
            around = (text, statement.lead_in, *reversed(statement.headings), article.title)
            subject = _subject(text, value, statement, article)
            yield PolicyFact(
                kind=value.kind,
                value=value.value,
                unit=DEFAULT_DOLLAR if value.unit == DOLLAR else value.unit,
                comparator=value.comparator or comparator(text, value.start, value.end),
                negated=is_denied(text, value.start),
                article_id=article.id,
                start=statement.start + value.start,
                end=statement.start + value.end,
                sentence_start=statement.start,
                sentence_end=statement.end,
                scope=scope_of(
                    article, subject, statement.headings, named_around(self._scopes, *around)
                ),
            )


def read_facts(articles: Iterable[Article]) -> Iterator[PolicyFact]:
    """Yield the facts of a help centre, article by article."""
    listed = tuple(articles)
    reader = FactReader(listed)
    for article in listed:
        yield from reader.read(article)


def values_in(text: str) -> tuple[Value, ...]:
    """Return the values that a sentence states, in its order, with their places in `text`."""
    found = without_overlaps(value for family in _FAMILIES for value in family(text))
    worded = (value for family in _WORDED for value in family(text))
    values = (*with_ranges(text, found), *worded)
    return tuple(sorted(values, key=lambda value: (value.start, value.end)))


def _subject(text: str, value: Value, statement: Statement, article: Article) -> str:
    if statement.kind is SentenceKind.TABLE_ROW:
        column = cell_at(text, value.start)
        if column < len(statement.columns) and statement.columns[column]:
            return subjects.last_phrase(statement.columns[column])
    return (
        subjects.phrase_behind(text, value.end)
        or subjects.phrase_before_of(text, value.start)
        or subjects.clause_subject(text, value.start)
        or subjects.last_phrase(text[: value.start])
        or next(filter(None, map(subjects.last_phrase, reversed(statement.headings))), "")
        or subjects.last_phrase(article.title)
    )
