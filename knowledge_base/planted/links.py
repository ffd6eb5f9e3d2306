"""Planted links: a line that leads to a host nobody else names, away from what its article says.

Whoever writes into an article that isn't theirs speaks of something else, and leads readers to a
place of their own; how they put it can be anything. One article in fifty of real help centres has
a link to a host that no other one names, and most of those speak of what their article speaks of.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge_base.article import Article
from knowledge_base.searching.keywords import stems

MOST_SHARED = 0.5
"""Share of a line's words up to which it speaks of something else than the rest of its article.

Chosen where it stands on eight real help centres, which lose 30 of 51,336 statements to it.
"""

_LINK = re.compile(r"(?:https?://|\bwww\.)[^\s<>()\[\]\"']+", re.IGNORECASE)
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)
_HOST = re.compile(r"[\w.-]+")
_NUMBER = re.compile(r"\w*\d\w*")
_LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines of an article's body: code points into it, end exclusive."""

    start: int
    end: int


class NamedHosts:
    """How many articles of a help centre name each host."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles: Mapping[str, int] = Counter(
            host for article in articles for host in set(_hosts(article.body))
        )

    def is_strange(self, host: str) -> bool:
        """Tell whether at most one article names the host, or another one of its domain."""
        return self._articles.get(host, 0) <= 1


def find_planted_links(article: Article, named: NamedHosts) -> tuple[Stretch, ...]:
    """Return the lines of the article's body that lead to a strange host, and from its subject."""
    own = set(_hosts(article.url or ""))
    strange = {host for host in _hosts(article.body) if named.is_strange(host)} - own
    lines = [Stretch(*match.span()) for match in _LINE.finditer(article.body) if strange]
    words = [_words(article.body[line.start : line.end]) for line in lines]
    if len(lines) <= 1:  # there is nothing that it could lead away from
        return ()
    spread = Counter(word for those in (*words, _words(article.title)) for word in those)
    return tuple(
        line
        for line, those in zip(lines, words, strict=True)
        if not strange.isdisjoint(_hosts(article.body[line.start : line.end]))
        and sum(spread[word] > 1 for word in those) <= MOST_SHARED * len(those)
    )


def _hosts(text: str) -> Iterator[str]:
    """Yield the domain of each link: two hosts below one are of one owner, more or less."""
    if "http" not in text.lower() and "www." not in text.lower():
        return
    for link in _LINK.findall(text):
        host = _HOST.match(_SCHEME.sub("", link))
        if host:
            yield ".".join(host.group().lower().strip(".").split(".")[-2:])


def _words(text: str) -> frozenset[str]:
    return frozenset(stems(_NUMBER.sub(" ", _LINK.sub(" ", text))))
