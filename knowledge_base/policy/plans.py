"""The names of plans: what stands before the word "plan" and in tables' columns of plans."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

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


class Plans:
    """The names that one help centre gives to its plans."""

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        self.names = _learnt(tuple(articles))
        self._name = _any_of(self.names)

    def named_in(self, text: str) -> tuple[str, ...]:
        """Return the plans that the text names as plans: "on Pro", "Pro and Hobby customers"."""
        if self._name is None:
            return ()
        matches = self._name.finditer(text)
        found = (match.group() for match in matches if _is_plan(text, *match.span()))
        return tuple(dict.fromkeys(found))


def _any_of(names: Sequence[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


def _is_plan(text: str, start: int, end: int) -> bool:
    if _BEHIND.match(text, end):
        return True
    return _BEFORE.search(text[:start]) is not None and bool(_NAME_ENDS.match(text[end:]))


def _learnt(articles: Sequence[Article]) -> tuple[str, ...]:
    uses: Counter[str] = Counter()
    for article in articles:
        for match in _LISTED.finditer(f"{article.title}\n{article.body}"):
            uses.update(name for name in _JOINT.split(match["names"]) if name)
        for name in _tabled(article):
            uses[name] += _TABLE_USES
    ignored = _NO_PLAN | _in_most_titles(articles)
    return tuple(
        name
        for name, count in uses.items()
        if count >= _LEAST_USES and not ignored & {*name.split()}
    )


def _in_most_titles(articles: Sequence[Article]) -> frozenset[str]:
    """Return the capitalised words that stand in so many titles that they tell nothing."""
    holders = Counter(
        word for article in articles for word in {*article.title.split()} if word[:1].isupper()
    )
    most = max(_LEAST_USES, _MOST_TITLES * len(articles))
    return frozenset(word for word, count in holders.items() if count > most)


def _tabled(article: Article) -> Iterator[str]:
    """Yield what stands in the first column of tables of plans."""
    if "|" not in article.body or not _MAY_HEAD_TABLE.search(article.body):
        return
    for statement in statements(article.body):
        if statement.columns and _COLUMN.fullmatch(statement.columns[0]):
            for name in _JOINT.split(statement.text.split(", ")[0]):
                if name[:1].isupper() and len(name.split()) <= _MOST_WORDS:
                    yield name.strip()
