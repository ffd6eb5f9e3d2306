"""Which articles are in force on a day.

`valid_from` and `valid_to` are inclusive days; an article that another one supersedes ends on
the day before its successor's `valid_from`, or has never counted where the successor has none.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, tzinfo
from enum import StrEnum

from knowledge_base.article import Article

Supersessions = Mapping[str, date | None]
"""By superseded article's id, the first day of its successor; None means always."""


class Standing(StrEnum):
    """Whether an article counts on a day."""

    IN_FORCE = "IN_FORCE"
    UPCOMING = "UPCOMING"
    EXPIRED = "EXPIRED"
    SUPERSEDED = "SUPERSEDED"


def standing(article: Article, at: date, supersessions: Supersessions) -> Standing:
    """Return the article's standing on the day `at`."""
    if article.id in supersessions and _has_come(supersessions[article.id], at):
        return Standing.SUPERSEDED
    if article.valid_to is not None and article.valid_to < at:
        return Standing.EXPIRED
    if not _has_come(article.valid_from, at):
        return Standing.UPCOMING
    return Standing.IN_FORCE


def supersessions(articles: Iterable[Article]) -> dict[str, date | None]:
    """Return the day from which each superseded article is replaced, None meaning always.

    Where several articles replace the same one, the earliest counts.
    """
    days: dict[str, date | None] = {}
    for article in articles:
        for replaced in article.supersedes:
            if replaced != article.id:
                known = days.get(replaced, article.valid_from)
                days[replaced] = _earlier(known, article.valid_from)
    return days


def today(timezone: tzinfo, clock: Callable[[tzinfo], datetime] = datetime.now) -> date:
    """Return the day that `clock` shows in `timezone`."""
    return clock(timezone).date()


def _has_come(first_day: date | None, at: date) -> bool:
    return first_day is None or first_day <= at


def _earlier(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else min(one, other)
