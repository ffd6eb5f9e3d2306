"""The names of plans: what stands before the word "plan" and in tables' columns of plans."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from knowledge_base.article import Article
from knowledge_base.policy.words import listed
from knowledge_base.statements import statements

_LISTED = re.compile(
    r"(?<![\w-])(?P<names>[A-Z]\w*(?: [A-Z]\w*)?(?:(?:, |,? (?:and|or|&) "
    r"|/)[A-Z]\w*(?: [A-Z]\w*)?)*)"
    r" (?:site )?[Pp]lans?\b"
)
_JOINT = re.compile(r",? (?:and|or|&) |, |/")
_HEADED = r"(?:plan|tier|membership)s?"
_COLUMN = re.compile(_HEADED, re.IGNORECASE)
_MAY_HEAD_TABLE = re.compile(rf"^[^\w\n]*{_HEADED}[^\S\n]*(?:\||$)", re.IGNORECASE | re.MULTILINE)
_HOLDER = (
    r"(?:plans?|tiers?|memberships?|subscriptions?|subscribers?|customers?|users?|members?|workspaces?"
    r"|accounts?)"
)
_BEHIND = re.compile(
    rf"(?:(?:, |,? (?:and|or|&) |/)[A-Z]\w*)* (?:site |paid |annual |monthly )?{_HOLDER}\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:\b(?:on|for|by|of|with|to|from|and|or|plans?)|&|:|\()(?: ?the| ?a)? ?$", re.IGNORECASE
)
_NAME_ENDS = re.compile(
    r"(?! [A-Za-z])| (?:and|or|that|is|are|has|have|can|may|only|includes?|with)\b"
)
_NO_PLAN = listed(
    """
    A All An Any Annual Cancel Change Choose Compare Current Data Each Every For If In Manage
    Monthly My New On Other Our Paid Payment Pricing Rate See Select Service Site Subscription The
    Their These This Those Upgrade Usage View What Which Yearly Your
    """
)
_LEAST_USES = 3
_TABLE_USES = 3
"""What one place in a column of plans counts for."""
_MOST_TITLES = 0.15
_MOST_WORDS = 2


@dataclass(slots=True)
class PlanUses:
    """How often the articles of one help centre write what may be the name of a plan."""

    articles: int = 0
    uses: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    """How many titles have each capitalised word."""

    def add(self, article: Article) -> None:
        """Count an article."""
        self.articles += 1
        self.uses.update(_names(article))
        self.titles.update(_capitalised(article.title))

    def remove(self, article: Article) -> None:
        """Take an article that was counted out again."""
        self.articles -= 1
        self.uses.subtract(_names(article))
        self.titles.subtract(_capitalised(article.title))

    def learnt(self) -> frozenset[str]:
        """Return what is used often enough to be the name of a plan."""
        most = max(_LEAST_USES, _MOST_TITLES * self.articles)
        ignored = _NO_PLAN | {word for word, count in self.titles.items() if count > most}
        return frozenset(
            name
            for name, count in self.uses.items()
            if count >= _LEAST_USES and not ignored & {*name.split()}
        )


class Plans:
    """The names that one help centre gives to its plans."""

    def __init__(self, uses: PlanUses) -> None:
        self.names = uses.learnt()
        self._name = _any_of(self.names)

    def named_in(self, text: str) -> tuple[str, ...]:
        """Return the plans that the text names as plans: "on Pro", "Pro and Hobby customers"."""
        if self._name is None:
            return ()
        matches = self._name.finditer(text)
        found = (match.group() for match in matches if _is_plan(text, *match.span()))
        return tuple(dict.fromkeys(found))


def _any_of(names: Collection[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    longest_first = sorted(sorted(names), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


def _is_plan(text: str, start: int, end: int) -> bool:
    if _BEHIND.match(text, end):
        return True
    return _BEFORE.search(text[:start]) is not None and bool(_NAME_ENDS.match(text[end:]))


def _names(article: Article) -> Iterator[str]:
    """Yield what the article writes as a plan's name, as often as it counts."""
    for match in _LISTED.finditer(f"{article.title}\n{article.body}"):
        yield from filter(None, _JOINT.split(match["names"]))
    for name in _tabled(article):
        yield from (name,) * _TABLE_USES


def _capitalised(title: str) -> set[str]:
    return {word for word in title.split() if word[:1].isupper()}


def _tabled(article: Article) -> Iterator[str]:
    """Yield what stands in the first column of tables of plans."""
    if "|" not in article.body or not _MAY_HEAD_TABLE.search(article.body):
        return
    for statement in statements(article.body):
        if statement.columns and _COLUMN.fullmatch(statement.columns[0]):
            for name in _JOINT.split(statement.text.split(", ")[0]):
                if name[:1].isupper() and len(name.split()) <= _MOST_WORDS:
                    yield name.strip()
