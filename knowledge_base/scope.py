"""Scope: the plan, region, product … that a question is about.

The values are those that the articles' `applies_to` names. A value that is also an ordinary word
("Family", "Trail") counts only where it is used as a name, and what gives a name away is read from
the articles themselves: the words that follow it there when it is written as a name, and those
that follow it when it is not.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base.article import Article
from knowledge_base.countries import REGION_NAMES
from knowledge_base.strangers import Strangers

_PLAN_WORDS = ("plan", "membership", "member", "tier", "subscription", "account", "package")
_KEY_WORDS: Mapping[str, tuple[str, ...]] = {
    "plan": _PLAN_WORDS,
    "membership": _PLAN_WORDS,
    "tier": _PLAN_WORDS,
}
"""Other words for a scope's key: they make a name of the value beside them."""

_DENIAL = re.compile(r"\b(?:not|no|non|without|isn't|aren't|instead of|than)\b", re.IGNORECASE)
_LAST_WORD = re.compile(r"\S+(?=\s*\Z)")
_LONGEST_WORD = 40
_PRONOUNS = frozenset({"us", "me", "it"})
"""Small words that a value in capitals ("US") must not be taken for."""
_WORD = re.compile(r"\w+")
_NAMED_PLAN = re.compile(
    rf"(?<=[\w,] )(?P<name>[A-Z][a-z]\w+)[ -]+(?:{'|'.join(_PLAN_WORDS[:-2])})s?\b"
)
"""A name inside a sentence, where a capital letter makes one, before a word for a plan."""
_NEXT_WORD = r"(?P<gap>[ \t]+)?(?(gap)(?P<next>[^\W\d_]+))"


@dataclass(frozen=True, slots=True)
class ScopeValue:
    """One value of one key of the articles' `applies_to`."""

    key: str
    value: str


class Scopes:
    """The scope values that a help centre knows, and finding them in what a customer wrote."""

    def __init__(self, articles: Iterable[Article]) -> None:
        listed = tuple(articles)
        self._values = _values(listed)
        self._words = frozenset(
            word for article in listed for word in _WORD.findall(_all_of(article).lower())
        )
        self._strangers = Strangers(self.values, [one.title for one in listed], self._words)
        self._usage = {
            value: _Usage.in_articles(value.value, listed)
            for value in self._values
            if _could_be_a_word(value.value)
        }

    @property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """Every value by key, in the order in which the articles name them."""
        by_key: dict[str, list[str]] = defaultdict(list)
        for known in self._values:
            by_key[known.key].append(known.value)
        return {key: tuple(values) for key, values in by_key.items()}

    def named_in(self, text: str) -> dict[str, tuple[str, ...]]:
        """Return the values that `text` names, by key."""
        found = _longest(
            (span, known) for known in self._values for span in self._spans(known, text)
        )
        named: dict[str, list[str]] = defaultdict(list)
        for known in found:
            if known.value not in named[known.key]:
                named[known.key].append(known.value)
        return {key: tuple(values) for key, values in named.items()}

    def unknown_in(self, text: str) -> tuple[str, ...]:
        """Return the names of plans in `text` that aren't sold: "the Premium plan".

        Such a name is written as one, and stands in no article.
        """
        if not any(_is_key_word(_PLAN_WORDS[0], known.key) for known in self._values):
            return ()
        names = (found["name"] for found in _NAMED_PLAN.finditer(text))
        return tuple(name for name in names if name.lower() not in self._words)

    def foreign_in(self, text: str) -> dict[str, tuple[str, ...]]:
        """Return the names in `text` that belong to a key and stand for none of its values.

        They are countries where the articles tell countries apart, and products that no article
        knows: a name before the sort of thing that the articles sell, "Osprey packs".
        """
        return self._strangers.in_text(text)

    def knows(self, word: str) -> bool:
        """Tell whether an article has a word, in small letters, as singular or plural."""
        return any(form in self._words for form in (word, f"{word}s", word.removesuffix("s")))

    def settled(self, texts: Sequence[str]) -> dict[str, str]:
        """Return the value that holds for each key after these texts, the latest one winning.

        A text that names several values of a key asks about all of them, and settles none.
        One that adds to a name ("Peak stoves, the Duo ones") means the longer name. A foreign name
        is settled like a value: nothing that holds for one of the values holds there.
        """
        scope: dict[str, str] = {}
        for text in texts:
            named = self.named_in(text)
            for key, names in self.foreign_in(text).items():
                named[key] = (*named.get(key, ()), *names)
            for key, values in named.items():
                scope.pop(key, None)
                if len(values) == 1:
                    scope[key] = self._lengthened(key, values[0], text)
            for key in scope.keys() - named.keys():
                scope[key] = self._lengthened(key, scope[key], text)
        return scope

    def is_of_another(self, text: str, scope: Mapping[str, str]) -> bool:
        """Tell whether `text` names other values of a key of `scope`, and not the one settled.

        For a country that isn't served, a sum of money is another's too: there are no prices there.
        """
        if self._strangers.have_no_price(text, scope):
            return True
        named = self.named_in(text) if scope else {}
        return any(
            scope[key] not in values and not self._strangers.are_named(key, scope[key], text)
            for key, values in named.items()
            if key in scope
        )

    def swapped(self, text: str, scope: Mapping[str, Sequence[str]]) -> str:
        """Return `text` with the values it names replaced by those of `scope`, key by key."""
        for known in self._values:
            replacement = scope.get(known.key, ())
            if len(replacement) == 1:
                for start, end in reversed(tuple(self._spans(known, text))):
                    text = text[:start] + replacement[0] + text[end:]
        return text

    def _lengthened(self, key: str, value: str, text: str) -> str:
        """Return the longer name that the text makes of a value, or else the value itself."""
        longer = (
            known.value
            for known in self._values
            if known.key == key and known.value.startswith(f"{value} ")
        )
        added = (name for name in longer if _adds(text, name.removeprefix(value).strip()))
        return next(added, value)

    def _spans(self, known: ScopeValue, text: str) -> Iterable[tuple[int, int]]:
        usage = self._usage.get(known)
        for match in _pattern(known.value).finditer(text):
            if usage is None or usage.is_name(match, text, known.key):
                yield match.span("name")
        for alias in REGION_NAMES.get(known.value.lower(), ()):
            for match in _pattern(alias).finditer(text):
                yield match.span("name")


@dataclass(frozen=True, slots=True)
class _Usage:
    """How the articles use a value that could be an ordinary word."""

    after_word: frozenset[str]
    """What follows it where it is an ordinary word; empty text where nothing does."""

    @classmethod
    def in_articles(cls, value: str, articles: Iterable[Article]) -> "_Usage":
        uses = (use for article in articles for use in _pattern(value).finditer(article.body))
        return cls(frozenset((use["next"] or "").lower() for use in uses if use["name"].islower()))

    def is_name(self, use: re.Match[str], text: str, key: str) -> bool:
        following = (use["next"] or "").lower()
        preceding = _LAST_WORD.findall(
            text[max(0, use.start("name") - _LONGEST_WORD) : use.start("name")].lower()
        )
        if any(_is_key_word(word, key) for word in (following, *preceding)):
            return True
        if not use["name"].islower():
            return not following or following not in self.after_word
        return not self.after_word


def _all_of(article: Article) -> str:
    scope = (value for values in article.applies_to.values() for value in values)
    return " ".join((article.title, article.body, *scope))


def _values(articles: Iterable[Article]) -> tuple[ScopeValue, ...]:
    return tuple(
        dict.fromkeys(
            ScopeValue(key, value)
            for article in articles
            for key, values in article.applies_to.items()
            for value in values
        )
    )


@lru_cache(maxsize=1024)
def _pattern(name: str) -> re.Pattern[str]:
    """A short name in capitals ("US") must be written so: its small letters are a common word."""
    exact = name.isupper() and name.lower() in _PRONOUNS
    words = r"[\s-]+".join(re.escape(word) for word in name.split())
    plural = "" if name.isupper() else "s?"
    return re.compile(
        rf"(?<!\w)(?P<name>{words}){plural}(?!\w){_NEXT_WORD}", 0 if exact else re.IGNORECASE
    )


def _adds(text: str, words: str) -> bool:
    """Tell whether `text` has the words where they tell one thing from another, not denied."""
    said = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)
    if said is None:
        return False
    before = text[max(0, said.start() - _LONGEST_WORD) : said.start()].split()[-2:]
    return _DENIAL.search(" ".join(before)) is None


def _could_be_a_word(value: str) -> bool:
    return value.isalpha() and not value.isupper()


def _is_key_word(word: str, key: str) -> bool:
    singular = word.strip(".,:;?!\"'").removesuffix("'s").removesuffix("s")
    return bool(singular) and singular in (key.lower(), *_KEY_WORDS.get(key.lower(), ()))


def _longest(
    found: Iterable[tuple[tuple[int, int], ScopeValue]],
) -> Collection[ScopeValue]:
    """Return the values found, in text order, without those inside a longer one."""
    ordered = sorted(found, key=lambda item: (item[0][0], -item[0][1]))
    kept: list[ScopeValue] = []
    reached = -1
    for (start, end), known in ordered:
        if start >= reached:
            kept.append(known)
            reached = end
    return kept
