"""The articles that hold on a day and for whom a case asks, and the values that they state."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property

from evals.metrics.values import Value, ValueKind, same_value, values
from evals.wording import states
from knowledge_base.article import Article
from knowledge_base.validity import Standing, standing, supersessions

_LONGEST_SHORT_NAME = 3
"""A name of so few letters, such as `US`, is looked for as it is written: "us" is a word."""

_Key = tuple[ValueKind, str]


class ArticleValues:
    """All articles of a help centre, and where each value stands; read when first asked."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = tuple(articles)

    def holds(
        self,
        value: Value,
        asked: str,
        day: date,
        *,
        said_with: str = "",
        among: Collection[str] = (),
    ) -> bool:
        """Return whether an article in force states a value.

        Args:
            value: What is looked for.
            asked: The customer's words: an article counts unless it is for others than those
                whom they name.
            day: The day that is asked about.
            said_with: The sentence that states the value; a rule that is still to come counts
                where its first day is told in the same sentence.
            among: Ids of the articles that are looked into; none for all.
        """
        return any(
            same_value(value, stated)
            and (not among or article.id in among)
            and self._is_for(article, asked)
            and self._counts(article, day, said_with)
            for article, stated in self._index.get((value.kind, value.key), ())
        )

    @cached_property
    def _index(self) -> Mapping[_Key, list[tuple[Article, Value]]]:
        found: defaultdict[_Key, list[tuple[Article, Value]]] = defaultdict(list)
        for article in self._articles:
            for value in (*values(f"{article.title}.\n{article.body}"), *_days_of(article)):
                found[value.kind, value.key].append((article, value))
        return dict(found)

    @cached_property
    def _names(self) -> Mapping[str, frozenset[str]]:
        """By dimension of scope, every name that an article is for."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for article in self._articles:
            for dimension, named in article.applies_to.items():
                found[dimension].update(named)
        return {dimension: frozenset(named) for dimension, named in found.items()}

    @cached_property
    def _supersessions(self) -> Mapping[str, date | None]:
        return supersessions(self._articles)

    def _is_for(self, article: Article, asked: str) -> bool:
        for dimension, named in article.applies_to.items():
            others = {name for name in self._names[dimension] if _names(asked, name)}
            if others and others.isdisjoint(named):
                return False
        return True

    def _counts(self, article: Article, day: date, said_with: str) -> bool:
        now = standing(article, day, self._supersessions)
        if now is Standing.UPCOMING and article.valid_from:
            first = _day(article.valid_from)
            return any(same_value(first, told) for told in values(said_with))
        return now is Standing.IN_FORCE


def _names(asked: str, name: str) -> bool:
    """Return whether the customer names something, by the last word of a longer name too."""
    if len(name) <= _LONGEST_SHORT_NAME:
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", asked) is not None
    return states(asked, name) or (" " in name and states(asked, name.rsplit(maxsplit=1)[-1]))


def _days_of(article: Article) -> tuple[Value, ...]:
    return tuple(_day(day) for day in (article.valid_from, article.valid_to) if day)


def _day(day: date) -> Value:
    return Value(ValueKind.DATE, f"{day.month:02}-{day.day:02}", (str(day.year),))
