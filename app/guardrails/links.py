"""Links: a sentence leads nowhere that no cited article names, in whatever way it is written.

Whoever can make a model write a link can send customers to a page of his own, and with an image
whatever he had it put into the address. A name such as `help.example` counts without a scheme too:
clients make links of those.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.guardrails.disguises import plain
from app.guardrails.guardrail import ALLOW, Decision, block
from knowledge_base.article import Article, Passage

_DOT = re.compile(
    r"\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?|\s+dot\s+(?=(?:com|net|org|io|co|info)\b)", re.IGNORECASE
)
_SCHEME = re.compile(
    r"\b(?:javascript|vbscript|file|blob)\s*:\s*\S|\bdata:[\w/+.-]*[;,]", re.IGNORECASE
)
_HOST = re.compile(
    r"(?:(?:[a-z][a-z0-9+.-]*:)?//(?:[^\s/@]*@)?(?P<linked>\[[0-9a-f:]+\]|[^\s/?#:\"'<>()\[\]]+)"
    r"|(?<![\w.@/-])(?P<bare>(?:[\w-]+\.)+[a-z]{2,24})(?![\w-]|\.\w))",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"@(?P<host>(?:[\w-]+\.)+\w{2,24})")


@dataclass(frozen=True, slots=True)
class LinksGuardrail:
    """Blocks a sentence that names a host which no cited article names."""

    name: ClassVar[str] = "links"

    def check(self, text: str, cited: Sequence[Passage], question: str) -> Decision:
        """Return a block where the sentence leads anywhere else than its articles do."""
        del question
        if _is_quoted(text, cited):
            return ALLOW  # a quote leads nowhere that its article doesn't
        shown = _DOT.sub(".", plain(text))
        if _SCHEME.search(shown):
            return block("the sentence holds an address that runs something")
        named = set(_hosts(shown))
        if not named:
            return ALLOW
        # A part of a longer name too: sentences are cut within names such as `java.io.IOException`.
        known = [f".{host}." for passage in cited for host in _hosts_of(passage.article)]
        if all(any(f".{host}." in one for one in known) for host in named):
            return ALLOW
        return block("the sentence leads to a host that no cited article names")


def _is_quoted(text: str, cited: Sequence[Passage]) -> bool:
    """Tell whether each line stands in a cited article: a quoted item brings its lead-in along."""
    lines = (line.strip().removesuffix(":") for line in text.splitlines())
    return all(any(line in one.article.body for one in cited) for line in lines)


def _hosts_of(article: Article) -> Iterator[str]:
    yield from _hosts(plain(article.body))
    yield from _hosts(article.title)
    yield from _hosts(article.url or "")


def _hosts(text: str) -> Iterator[str]:
    if "." not in text and "//" not in text:
        return
    for match in _HOST.finditer(text):
        yield (match["linked"] or match["bare"]).lower().rstrip(".,;!").removeprefix("www.")
    for match in _ADDRESSED.finditer(text):
        yield match["host"].lower()
