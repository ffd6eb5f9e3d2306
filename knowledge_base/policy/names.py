"""The names of plans, products and regions that a help centre uses.

Plans are what stands before the word "plan" and in tables' columns of plans. Products are the
capitalised names of two words or more that stand inside sentences again and again and in a title
too, and what titles begin with before a colon. A name that most articles have is the company's
own, and narrows nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from knowledge_base.article import Article
from knowledge_base.policy.dates import dates
from knowledge_base.policy.words import is_function_word, listed, may_be_verb
from knowledge_base.statements import statements

_NAME_WORD = r"(?:[A-Z][\w+]*(?:[-‑][A-Z0-9]\w*)*|\d+[A-Z]\w*)"  # noqa: RUF001 — as written
_NAME = re.compile(rf"(?<=[a-z,;] )(?:{_NAME_WORD})(?: (?:{_NAME_WORD}|\d+)){{0,3}}")
_TITLE_NAME = re.compile(rf"({_NAME_WORD}(?: {_NAME_WORD}){{1,3}})(?:: | at a glance)")
_PATH_WORD = re.compile(r"[^\W_]+")
_INNER_CAPITAL = re.compile(r"(?<!\w)[A-Z]\w*[a-z][A-Z]\w*(?!\w)")
_DASHED = re.compile(rf"(?P<name>{_NAME_WORD}(?: {_NAME_WORD}){{0,3}}) [-–] (?=[A-Z])")
_CAPITALISED = re.compile(r"(?:^|(?<=[\s(]))(?P<word>[A-Z][a-z]+) $")
_OWN_WORD = re.compile(r"(?<=[a-z] )[A-Z][\w.!+-]*(?: (?:[A-Z]|\d)[\w.!+-]*)*")
"""Names inside a title that is written as a sentence."""
_LEAD = re.compile(
    r"(?:^|(?<=[.;:!)] )|(?<=\w )(?=For )|(?<= but )|(?<= and ))(?:[Ff]or|With|On|In) (?:the )?"
    r"(?P<name>[\w-]*[A-Z\d][\w-]*(?: [\w-]+){0,3}?)(?:[,:]| (?:payments|customers|orders|users)\b)"
)
_SPEAKING = re.compile(
    rf"(?:The )?(?P<name>{_NAME_WORD}(?: {_NAME_WORD}){{1,3}}) (?:offers?|includes?|provides?"
    r"|allows?|requires?|supports?|comes)(?!\w)"
)
_LISTED_PLANS = re.compile(
    r"(?<![\w-])(?P<names>[A-Z]\w*(?: [A-Z]\w*)?(?:(?:, |,? (?:and|or|&) "
    r"|/)[A-Z]\w*(?: [A-Z]\w*)?)*)"
    r" (?:site )?[Pp]lans?\b"
)
_JOINT = re.compile(r",? (?:and|or|&) |, |/")
_PLAN_COLUMN = re.compile(r"(?:plan|tier|membership)s?", re.IGNORECASE)
_PLAN_HOLDER = (
    r"(?:plans?|tiers?|memberships?|subscriptions?|subscribers?|customers?|users?|members?|workspaces?"
    r"|accounts?)"
)
_PLAN_BEHIND = re.compile(
    rf"(?:(?:, |,? (?:and|or|&) |/)[A-Z]\w*)* (?:site |paid |annual |monthly )?{_PLAN_HOLDER}\b",
    re.IGNORECASE,
)
_PLAN_BEFORE = re.compile(
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
_NO_PRODUCT = listed(
    """
    A An April August December FAQ February For Friday Guide I If In Internal It January July June
    Learn March May Monday Note November October On Our Saturday September Settings Step Sunday The
    This Thursday Tip Troubleshooting Tuesday Use We Wednesday You Your
    """
)
_LEAST_USES = 3
_LEAST_TITLES = 2
_MOST_ARTICLES = 0.4
_MOST_TITLES = 0.15
_LEAST_WORDS = 2
_SHORT_WORD = 3


class Names:
    """The names that one help centre gives to its plans and products."""

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        listed = tuple(articles)
        self.plans = _plans(listed)
        self.products = _products(listed, self.plans)
        self._common = _NO_PRODUCT | _in_most(listed) | {*self.plans}
        self._plan = _any_of(self.plans)
        self._product = _any_of(self.products)

    def products_in(self, text: str) -> tuple[str, ...]:
        """Return the products that the text names, in its order."""
        if self._product is None:
            return ()
        return _distinct(_lengthened(text, match) for match in self._product.finditer(text))

    def products_in_title(self, title: str) -> tuple[str, ...]:
        """Return the products that a title names, also those that no other article does."""
        known = self.products_in(title) or _distinct(_INNER_CAPITAL.findall(title))
        if known or not _is_written_as_sentence(title):
            return known
        return _distinct(
            name for name in _OWN_WORD.findall(title) if not {*name.split()} & self._common
        )

    def products_in_path(self, path: str) -> tuple[str, ...]:
        """Return the longest product that an article's path names: "tents/cairn-pro/care.md"."""
        words = f" {' '.join(_PATH_WORD.findall(path.lower()))} "
        found = [name for name in self.products if f" {name.lower()} " in words]
        return (max(found, key=len),) if found else ()

    def plans_in(self, text: str) -> tuple[str, ...]:
        """Return the plans that the text names as plans: "on Pro", "Pro and Hobby customers"."""
        if self._plan is None:
            return ()
        return _distinct(
            match.group() for match in self._plan.finditer(text) if _is_plan(text, *match.span())
        )


def _lengthened(text: str, match: re.Match[str]) -> str:
    """Return the name with what is written before it as a part: "Light Cairn Tent"."""
    before = _CAPITALISED.search(text[: match.start()])
    if before is None or not _begins_name(before["word"]):
        return match.group()
    return f"{before['word']} {match.group()}"


def _begins_name(word: str) -> bool:
    return not (word in _NO_PRODUCT or is_function_word(word) or may_be_verb(word))


def product_ahead(text: str, place: int) -> str:
    """Return what a "For …," nearest before `place` restricts a sentence to, else empty text."""
    leads = [
        match["name"]
        for match in _LEAD.finditer(text, 0, place)
        if not any(is_function_word(word) for word in match["name"].split())
        and not any(dates(match["name"]))
    ]
    return leads[-1] if leads else ""


def repeated_products(text: str, above: Sequence[str]) -> tuple[str, ...]:
    """Return the names of several words in a sentence that a title or heading above has too."""
    listed = (name for name in _names(text) if len(name.split()) >= _LEAST_WORDS)
    return _distinct(name for name in listed if any(name in heading for heading in above))


def speaking_product(text: str) -> str:
    """Return the product that a sentence begins with: "Trail Maps includes …", else empty text."""
    match = _SPEAKING.match(text) or _DASHED.match(text)
    return match["name"] if match else ""


def _is_written_as_sentence(title: str) -> bool:
    """Tell whether a title has small letters where a headline would have capitals."""
    words = [word for word in title.split()[1:] if word.isalpha() and len(word) > _SHORT_WORD]
    return bool(words) and sum(word.islower() for word in words) * 2 > len(words)


def _in_most(articles: Sequence[Article]) -> frozenset[str]:
    """Return the capitalised words that stand in so many titles that they tell nothing."""
    holders = Counter(
        word for article in articles for word in {*article.title.split()} if word[:1].isupper()
    )
    most = max(_LEAST_USES, _MOST_TITLES * len(articles))
    return frozenset(word for word, count in holders.items() if count > most)


def _any_of(names: Sequence[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _is_plan(text: str, start: int, end: int) -> bool:
    if _PLAN_BEHIND.match(text, end):
        return True
    return _PLAN_BEFORE.search(text[:start]) is not None and bool(_NAME_ENDS.match(text[end:]))


def _plans(articles: Sequence[Article]) -> tuple[str, ...]:
    ignored = _NO_PLAN | _in_most(articles)
    uses: Counter[str] = Counter()
    for article in articles:
        for match in _LISTED_PLANS.finditer(f"{article.title}\n{article.body}"):
            uses.update(name for name in _JOINT.split(match["names"]) if name)
    tabled = Counter(name for article in articles for name in _tabled_plans(article))
    return tuple(
        name
        for name, count in (uses + tabled + tabled + tabled).items()
        if count >= _LEAST_USES and not ignored & {*name.split()}
    )


def _tabled_plans(article: Article) -> Iterator[str]:
    """Yield what stands in the first column of tables of plans."""
    if "|" not in article.body:
        return
    for statement in statements(article.body):
        if statement.columns and _PLAN_COLUMN.fullmatch(statement.columns[0]):
            for name in _JOINT.split(statement.text.split(", ")[0]):
                if name[:1].isupper() and len(name.split()) <= _LEAST_WORDS:
                    yield name.strip()


def _products(articles: Sequence[Article], plans: Sequence[str]) -> tuple[str, ...]:
    uses: Counter[str] = Counter()
    holders: Counter[str] = Counter()
    for article in articles:
        found = list(_names(article.body))
        uses.update(found)
        holders.update(set(found))
    titles = "\n".join(article.title for article in articles)
    used = (name for name, count in uses.items() if count >= _LEAST_USES and name in titles)
    leading = Counter(match.group(1) for match in _TITLE_NAME.finditer(titles))
    most = max(_LEAST_USES, _MOST_ARTICLES * len(articles))
    return tuple(
        name
        for name in (*used, *(name for name, count in leading.items() if count >= _LEAST_TITLES))
        if holders[name] <= most and _is_product(name) and name.split()[-1] not in plans
    )


def _names(body: str) -> Iterator[str]:
    for match in _NAME.finditer(body):
        words = match.group().split()
        while words and words[0] in _NO_PRODUCT:
            words = words[1:]
        yield " ".join(words)


def _is_product(name: str) -> bool:
    words = name.split()
    return len(words) >= _LEAST_WORDS and not _NO_PRODUCT & {*words}
