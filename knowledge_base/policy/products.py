"""The names of products and services that a help centre writes with capitals.

A run of capitalised words inside sentences, or before a title's colon, is a name where it comes
again, and a single word only where it is hardly ever written small. What is clicked or opened is a
label, not a name, and a name that most articles have is the company's own and narrows nothing.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from knowledge_base.article import Article
from knowledge_base.policy.dates import dates
from knowledge_base.policy.words import WORD, is_function_word, listed, may_be_verb

_WORD = r"(?:[A-Z][\w+]*(?:[-‑][A-Z0-9]\w*)*|\d+[A-Z]\w*)"  # noqa: RUF001 — as written
_INSIDE = re.compile(
    rf"(?<=[a-z,;] )(?P<name>{_WORD}(?: (?:{_WORD}|\d+)){{0,3}})(?!\w)(?! (?:tab|button|page|menu"
    r"|section|field|icon|toggle|option|drop-?down|panel|checkbox|column|screen|dialog|window)s?\b)"
)
_RUN = re.compile(rf"(?<![\w-]){_WORD}(?: (?:{_WORD}|\d+))*(?![\w-])")
_OPENING = re.compile(rf"(?P<name>{_WORD}(?: (?:{_WORD}|\d+)){{0,3}}):")
_DASHED = re.compile(rf"(?P<name>{_WORD}(?: (?:{_WORD}|\d+)){{0,3}}) [-–—] ")
_HEADING = re.compile(r"^#.*$", re.MULTILINE)
_SMALL = re.compile(r"(?<![\w-])[a-z]+(?![\w-])")
_PRESSED = re.compile(
    r"\b(?:click|select|choose|tap|press|open|hit|enable|toggle|under|see|to) $", re.IGNORECASE
)
_LEAD = re.compile(
    r"(?:^|(?<=[.;:!)] )|(?<=\w )(?=For )|(?<= but )|(?<= and ))(?:[Ff]or|With|On|In) (?:the )?"
    r"(?P<name>[\w-]*[A-Z\d][\w-]*(?: [\w-]+){0,3}?)(?:[,:]| (?:payments|customers|orders|users)\b)"
)
_NO_NAME = listed(
    """
    A An April August December FAQ FAQs February For Frequently Friday Guide I ID If In Internal
    It January July June Learn March May Monday Note November OK October On Our Saturday
    September Settings Step Sunday The This Thursday Tip Troubleshooting Tuesday URL Use We
    Wednesday You Your
    """
)
_HAS_WORD = re.compile(r"[^\W\d]{2}")
_LEAST_USES = 2
_MOST_ARTICLES = 0.6
_FEW_ARTICLES = 3
_MOST_WORDS = 4
_BEFORE = 8


@dataclass(slots=True)
class ProductUses:
    """How often the articles of one help centre write what may be a name, and words in small."""

    articles: int = 0
    uses: Counter[str] = field(default_factory=Counter)
    holders: Counter[str] = field(default_factory=Counter)
    """How many articles have each name, or one that begins with it."""
    small: Counter[str] = field(default_factory=Counter)

    def add(self, article: Article) -> None:
        """Count an article."""
        self.articles += 1
        self._count(article, Counter.update)

    def remove(self, article: Article) -> None:
        """Take an article that was counted out again."""
        self.articles -= 1
        self._count(article, Counter.subtract)

    def _count(
        self, article: Article, count: Callable[[Counter[str], Iterable[str]], None]
    ) -> None:
        prose = _HEADING.sub("", article.body)
        found = list(_written_inside(prose))
        count(self.uses, [*found, *_before_colon(article.title) * _LEAST_USES])
        count(self.holders, {*found, *(name.split()[0] for name in found)})
        count(self.small, _SMALL.findall(prose))

    def learnt(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the names that tell articles apart, and those that most articles have."""
        most = max(_FEW_ARTICLES, _MOST_ARTICLES * self.articles)
        names = frozenset(
            name
            for name, count in self.uses.items()
            if count >= _LEAST_USES and self.small[name.lower()] < count and _HAS_WORD.search(name)
        )
        common = frozenset(name for name in names if self.holders[name] > most)
        return names - common, common


class Products:
    """The names that one help centre gives to what its articles are about."""

    def __init__(self, uses: ProductUses) -> None:
        self._names, self._common = uses.learnt()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def named_in(self, text: str) -> tuple[str, ...]:
        """Return the names in the text, in its order, the longest where one begins another.

        The company's own name counts where it is the whole text: as a heading of a comparison.
        """
        if text in self._common:
            return (text,)
        found = (name for run in _RUN.finditer(text) for name in self._parts(run.group().split()))
        return tuple(dict.fromkeys(found))

    def _parts(self, words: Sequence[str]) -> Iterator[str]:
        place = 0
        while place < len(words):
            ends = range(min(len(words), place + _MOST_WORDS), place, -1)
            known = (end for end in ends if " ".join(words[place:end]) in self._names)
            end = next(known, 0)
            if end:
                yield " ".join(words[place:end])
            place = end or place + 1


def is_name(label: str) -> bool:
    """Tell whether most words of a label have capitals: "Tap to Pay on mobile"."""
    words = [word for word in WORD.findall(label) if not is_function_word(word)]
    is_whole = label.count("(") == label.count(")")
    return is_whole and sum(word[0].isupper() for word in words) * 2 > len(words)


def product_ahead(text: str, place: int) -> str:
    """Return what a "For …," nearest before `place`, or a "… –" at the front, speaks of."""
    leads = [
        match["name"]
        for match in _LEAD.finditer(text, 0, place)
        if not any(is_function_word(word) for word in match["name"].split())
        and not any(dates(match["name"]))
    ]
    dashed = _DASHED.match(text, 0, place)
    return leads[-1] if leads else dashed["name"] if dashed else ""


def _written_inside(prose: str) -> Iterator[str]:
    """Yield the capitalised runs that stand inside sentences and are no labels."""
    for match in _INSIDE.finditer(prose):
        name = _trimmed(match["name"])
        if name and not _PRESSED.search(prose, max(0, match.start() - _BEFORE), match.start()):
            yield name


def _before_colon(title: str) -> tuple[str, ...]:
    """Return what a title begins with, where that is no "Troubleshooting:" or "FAQ:"."""
    opening = _OPENING.match(title)
    name = _trimmed(opening["name"]) if opening else ""
    return (name,) if name and not may_be_verb(name.split()[0]) else ()


def _trimmed(name: str) -> str:
    words = name.split()
    while words and words[0] in _NO_NAME:
        words = words[1:]
    return " ".join(words)
