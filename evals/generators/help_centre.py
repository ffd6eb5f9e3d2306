"""The help centre that cases are made from: a published generation with its policy ledger."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from evals.wording import normalise
from knowledge_base.article import Article
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.ledger import Facts, read_ledger
from knowledge_base.generations.publication import GENERATIONS
from knowledge_base.generations.serving import Serving
from knowledge_base.policy.fact import WORDED, PolicyFact
from knowledge_base.statements import Statement, statements
from knowledge_base.validity import Standing, standing, supersessions

_FOR_STAFF = re.compile(r"\binternal\b", re.IGNORECASE)
_PREFIX = re.compile(r"[^:]+(?=: )")
_LEAST_TITLES = 2
_INSIDE = re.compile(r"(?<=[a-z,] )[A-Za-z]\w+")
_CAPITALISED_END = re.compile(r"\b[A-Z][\w-]* $")
_NAMED = re.compile(
    r"(?:[A-Z][\w-]+ )+(?:Account|Card|Plan|Program|Membership|Subscription)\b(?: \([a-z]+\))?"
)
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_NO_NAME = frozenset(
    "a an the your my our how what why when which who can do does is are".split()  # noqa: SIM905
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact with the words that state it."""

    fact: PolicyFact
    article: Article
    statement: Statement

    @property
    def text(self) -> str:
        """The value as it is written in the article."""
        return self.article.body[self.fact.start : self.fact.end]


@dataclass(frozen=True)
class HelpCentre:
    """The articles of a generation, what they promise, and the day that is asked about."""

    articles: Mapping[str, Article]
    ledger: Mapping[str, Facts]
    day: date

    @classmethod
    def open(cls, data_dir: Path, day: date) -> "HelpCentre":
        """Return the help centre that serves.

        Raises:
            CandorError: Nothing is published, or it can't be read.
        """
        served = Serving(data_dir).generation_id()
        articles = Generation.open(data_dir, served).articles
        return cls(articles, read_ledger(data_dir / GENERATIONS / served), day)

    @cached_property
    def fingerprint(self) -> str:
        """A hash of what the articles say: the same one gives the same cases."""
        hashed = sha256()
        for article in self.articles.values():
            hashed.update(f"{article.id}\x00{article.title}\x00{article.body}\x00".encode())
        return hashed.hexdigest()[:12]

    @cached_property
    def in_force(self) -> tuple[Article, ...]:
        """The articles that hold on the day, without those written for staff."""
        replaced = supersessions(self.articles.values())
        return tuple(
            article
            for article in self.articles.values()
            if standing(article, self.day, replaced) is Standing.IN_FORCE
            and not _FOR_STAFF.search(article.title)
        )

    @cached_property
    def product_names(self) -> tuple[str, ...]:
        """Names that several titles begin with or have: "Blue Account: …"; the longest first."""
        titles = [one.title for one in self.articles.values()]
        prefixes = Counter(found[0] for title in titles if (found := _PREFIX.match(title)))
        prefixes.update(name for title in titles for name in _NAMED.findall(title))
        named = (
            prefix
            for prefix, count in prefixes.items()
            if count >= _LEAST_TITLES and _is_name(prefix) and not self._is_common(prefix)
        )
        return tuple(sorted(named, key=lambda name: (-len(name), name)))

    def _is_common(self, prefix: str) -> bool:
        """Tell whether the articles write the words in small letters too, or for staff."""
        is_small = any(prefix.lower() in one.body for one in self.articles.values())
        return is_small or _FOR_STAFF.search(prefix) is not None

    def product_of(self, article: Article) -> str:
        """Return the product that an article is about, empty where it names none or several."""
        if article.id not in self._products:
            self._products[article.id] = self._named_product(article)
        return self._products[article.id]

    @cached_property
    def _products(self) -> dict[str, str]:
        return {}

    def _named_product(self, article: Article) -> str:
        title = article.title
        in_title = _longest([name for name in self.product_names if _names(title, name)])
        if in_title:
            first = next((name for name in in_title if title.startswith(name)), "")
            return in_title[0] if len(in_title) == 1 else first
        in_body = _longest([name for name in self.product_names if _names(article.body, name)])
        return in_body[0] if len(in_body) == 1 else ""

    def stated_facts(self, article: Article) -> Iterator[StatedFact]:
        """Yield the values that an article states, in its order, each with its sentence."""
        spans = {(one.start, one.end): one for one in statements(article.body)}
        for fact in self.ledger[article.id]:
            said = spans.get((fact.sentence_start, fact.sentence_end))
            if said is not None and fact.kind not in WORDED:
                yield StatedFact(fact, article, said)

    def plan_names(self) -> frozenset[str]:
        """Return the plans that the articles' front matter names."""
        return frozenset(
            name for one in self.articles.values() for name in one.applies_to.get("plan", ())
        )

    def in_sentence(self, text: str) -> str:
        """Return a heading or a sentence's beginning as it stands inside a sentence.

        Its first word keeps its capital where the articles write it so inside their sentences.
        """
        first = next(iter(_WORD.findall(text)), "")
        inside = self._words_inside
        is_name = (
            inside[first] > inside[first.lower()]
            or first[1:] != first[1:].lower()
            or first in self.plan_names()
        )
        return text if is_name else text[:1].lower() + text[1:]

    @cached_property
    def _words_inside(self) -> Counter[str]:
        bodies = (one.body for one in self.articles.values())
        return Counter(word for body in bodies for word in _INSIDE.findall(body))

    def mentions(self, words: str) -> bool:
        """Tell whether the words stand in any article, whenever it holds, one after another."""
        return f" {_flat(words)} " in self._all_words

    @cached_property
    def _all_words(self) -> str:
        return "".join(
            f" {_flat(one.title)} \n {_flat(one.body)} \n" for one in self.articles.values()
        )


def _flat(text: str) -> str:
    return " ".join(_WORD.findall(normalise(text)))


def _names(title: str, name: str) -> bool:
    """Tell whether the title has the name, and not as the end of a longer one."""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title)
    return found is not None and not _CAPITALISED_END.search(title[: found.start()])


def _longest(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in names if not any(one != other and one in other for other in names))


def _is_name(prefix: str) -> bool:
    words = _BRACKETS.sub("", prefix).split()
    is_said = any(word.lower() in _NO_NAME for word in words) or words[0].endswith("ing")
    return (
        not is_said
        and words[-1][:1].isupper()
        and (len(words) > 1 or not (prefix[1:].islower() or prefix.isupper()))
    )
