"""Facts that don't say whom they are for, where the same is said elsewhere for some."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from ingestion.lint.finding import Finding, Level, Rule
from ingestion.lint.help_centre import HelpCentre
from knowledge_base.policy.comparison import same_value
from knowledge_base.policy.fact import WORDED, FactScope, PolicyFact

MIN_SIBLINGS = 2
"""So many other facts, for different customers each, show that a fact depends on whom it is for."""
MIN_SHARED_WORDS = 0.5
"""Share of all words of two sentences that both hold, numbers aside."""

_WORD = re.compile(r"[^\W\d_]+")
_FOR_WHOM = ("plan", "region")
"""What facts of siblings are told apart by; a product is often the subject of its article."""
_KEYS = (*_FOR_WHOM, "product", "channel")

UNSCOPED_FACT = Rule(
    "unscoped-fact",
    Level.WARNING,
    "A fact doesn't say whom it is for, though other articles or sections say the same, with "
    "other values, for some customers each.",
    "Say in the sentence, the heading or applies_to which plan, region or product it is for.",
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A fact beside the words of its sentence."""

    fact: PolicyFact
    words: frozenset[str]

    def is_parallel(self, other: "_Said") -> bool:
        """Tell whether another fact is told alike elsewhere, under a title that says no less."""
        shared = len(self.words & other.words)
        alike = shared >= MIN_SHARED_WORDS * len(self.words | other.words)
        return alike and self.section != other.section and self.title <= other.title

    @property
    def title(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self.fact.scope.headings[0].casefold()))

    @property
    def section(self) -> tuple[str, tuple[str, ...]]:
        return self.fact.article_id, self.fact.scope.headings


class ScopeCheck:
    """Compares facts without a scope with those that have one."""

    rules = (UNSCOPED_FACT,)

    def find(self, centre: HelpCentre) -> Iterator[Finding]:
        """Yield the facts without a scope that have siblings with one."""
        for group in _by_attribute(centre).values():
            scoped = [said for said in group if _is_told_apart(said, centre)]
            for said in group:
                if not _scope(said.fact.scope):
                    yield from _judge(said, scoped, centre)


def _by_attribute(centre: HelpCentre) -> Mapping[tuple[str, ...], list[_Said]]:
    groups: dict[tuple[str, ...], list[_Said]] = defaultdict(list)
    for fact in centre.facts:
        if fact.kind not in WORDED and fact.scope.subject:
            body = centre.by_id[fact.article_id].article.body
            sentence = body[fact.sentence_start : fact.sentence_end]
            words = frozenset(_WORD.findall(sentence.casefold()))
            attribute = (fact.kind, fact.unit, fact.scope.subject, fact.scope.per, fact.comparator)
            groups[attribute].append(_Said(fact, words))
    return groups


def _is_told_apart(said: _Said, centre: HelpCentre) -> bool:
    """Tell whether the front matter or a heading says whom a fact is for, not its words alone."""
    article = centre.by_id[said.fact.article_id].article
    above = " ".join((*said.fact.scope.headings, *chain(*article.applies_to.values()))).casefold()
    scope = _scope(said.fact.scope, _FOR_WHOM)
    return bool(scope) and all(value in above for _, value in scope)


def _scope(scope: FactScope, keys: Iterable[str] = _KEYS) -> frozenset[tuple[str, str]]:
    return frozenset((key, value.casefold()) for key in keys for value in getattr(scope, key))


def _judge(said: _Said, scoped: Sequence[_Said], centre: HelpCentre) -> Iterator[Finding]:
    siblings = tuple(_siblings(said, scoped))
    if len(siblings) < MIN_SIBLINGS or all(same_value(said.fact, one.fact) for one in siblings):
        return
    named = sorted({value for one in siblings for _, value in _scope(one.fact.scope, _FOR_WHOM)})
    message = f"for whom? Others say it for {', '.join(named)}"
    places = (
        centre.by_id[one.fact.article_id].place(one.fact.sentence_start, one.fact.sentence_end)
        for one in (said, *siblings[:MIN_SIBLINGS])
    )
    yield Finding(UNSCOPED_FACT, message, tuple(places))


def _siblings(said: _Said, scoped: Iterable[_Said]) -> Iterator[_Said]:
    """Yield parallel facts, one for each scope."""
    seen: set[frozenset[tuple[str, str]]] = set()
    for other in scoped:
        scope = _scope(other.fact.scope, _FOR_WHOM)
        if scope not in seen and said.is_parallel(other):
            seen.add(scope)
            yield other
