"""Names of plans, regions and products, and which of them are siblings of each other.

They come from the front matter and, where products have none, from the articles' titles.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from knowledge_base.article import Article

_IN_TITLE = re.compile(
    r"(?<![\w-])(?:BNPL (?!Management)[A-Z][a-z]+"
    r"|(?:[A-Z][\w-]* ){1,4}(?:Account|Card|Saver|Savings))(?![\w-])"
)
_LEAST_ARTICLES = 4
_LONG_NAMES: Mapping[str, tuple[str, ...]] = {
    "US": ("United States",),
    "EU": ("European Union",),
    "UK": ("United Kingdom",),
}
_GENERAL = frozenset(
    {
        "Business",
        "Savings",
        "Checking",
        "Credit",
        "Debit",
        "Virtual",
        "Personal",
        "Internal",
        "Your",
    }
)
"""First words of what is a kind of product rather than a product."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that narrows whom or what a policy holds for."""

    part: str
    """"plan", "region" or "product"."""
    value: str
    family: str
    """Names of one family can be mistaken for each other."""

    @property
    def spellings(self) -> tuple[str, ...]:
        """How it may be written, the name itself first."""
        return (self.value, *_LONG_NAMES.get(self.value, ()))

    def stands_in(self, text: str) -> bool:
        """Say whether the text names it."""
        return any(_whole(one).search(text) for one in self.spellings)

    def replaced(self, text: str, other: str) -> str:
        """Return the text with `other` in its place, wherever it is named."""
        for one in self.spellings:
            text = _whole(one).sub(other, text)
        return text


class Names:
    """All names of a help centre."""

    def __init__(self, articles: Iterable[Article]) -> None:
        listed = tuple(articles)
        self.all = (*_of_front_matter(listed), *_of_titles(listed))

    def named_in(self, text: str) -> tuple[Name, ...]:
        """Return the names in a text; of two that overlap, the longer."""
        found = [name for name in self.all if name.stands_in(text)]
        longer = sorted(found, key=lambda name: -len(name.value))
        return tuple(
            name for name in longer if name.stands_in(_without(text, longer[: longer.index(name)]))
        )

    def of_article(self, article: Article) -> tuple[Name, ...]:
        """Return the names that the whole article is about."""
        stated = [
            name
            for name in self.all
            if any(name.value in values for values in article.applies_to.values())
        ]
        return tuple(stated) or self.named_in(article.title)

    def siblings(self, name: Name) -> tuple[Name, ...]:
        """Return the names that may be mistaken for it."""
        return tuple(one for one in self.all if one.family == name.family and one != name)


def _of_front_matter(articles: Iterable[Article]) -> tuple[Name, ...]:
    found = {
        Name(part, value, _family(part, article.title, value))
        for article in articles
        for part, values in article.applies_to.items()
        for value in values
        if part in {"plan", "region", "product"}
    }
    return tuple(sorted(found, key=lambda name: (name.part, name.value)))


def _family(part: str, title: str, value: str) -> str:
    return f"{part}: {title.replace(value, '…')}" if part == "product" else part


def _of_titles(articles: Iterable[Article]) -> tuple[Name, ...]:
    counted = Counter(
        match.group() for article in articles for match in _IN_TITLE.finditer(article.title)
    )
    frequent = (
        name
        for name, times in sorted(counted.items())
        if times >= _LEAST_ARTICLES and not set(name.split()[:-1]) <= _GENERAL
    )
    return tuple(Name("product", name, _head(name)) for name in frequent)


def _head(name: str) -> str:
    words = name.split()
    if words[0] == "BNPL":
        return "BNPL"
    return f"Business {words[-1]}" if words[0] == "Business" else words[-1]


@cache
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")


def _without(text: str, names: Iterable[Name]) -> str:
    for name in names:
        text = name.replaced(text, "…")
    return text
