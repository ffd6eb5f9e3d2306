"""All facts of a help centre that can be asked for, without those whose answer isn't one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from evals.generators.asking import Asking, AskingReader
from evals.generators.clauses import clause_askings
from evals.generators.help_centre import HelpCentre, StatedFact
from evals.generators.labels import label_askings
from evals.wording import content_words, normalise, same_word
from knowledge_base.policy.fact import PolicyFact

READERS: tuple[AskingReader, ...] = (clause_askings, label_askings)
_LEAST_SHARED = 0.6


def askings(help_centre: HelpCentre) -> tuple[Asking, ...]:
    """Return the facts that read cleanly and have one right value, in the articles' order."""
    found = [
        asking
        for article in help_centre.in_force
        for reader in READERS
        for asking in reader(help_centre, article)
    ]
    return tuple(_with_one_value(help_centre, found))


def _with_one_value(help_centre: HelpCentre, found: Sequence[Asking]) -> Iterator[Asking]:
    by_question: dict[str, list[Asking]] = defaultdict(list)
    for asking in found:
        by_question[_question_key(asking)].append(asking)
    elsewhere = _Products(help_centre)
    lookalikes = _lookalikes(found)
    for same in by_question.values():
        first = same[0]
        has_one_value = len({_value_key(one.stated.fact) for one in same}) == 1
        if has_one_value and _says_what(first) and first.article.id not in lookalikes:
            stating = (*(one.article.id for one in same), *elsewhere.that_state(first))
            yield replace(first, articles=tuple(dict.fromkeys(stating)))


def _lookalikes(found: Sequence[Asking]) -> frozenset[str]:
    """Return the articles whose questions read like those of one with another value."""
    by_wording: dict[str, list[Asking]] = defaultdict(list)
    for asking in found:
        if not asking.product:
            by_wording[asking.wordings[0]].append(asking)
    return frozenset(
        one.article.id
        for same in by_wording.values()
        for one, other in permutations(same, 2)
        if _value_key(one.stated.fact) != _value_key(other.stated.fact)
        and _are_alike(_subject(one), _subject(other))
    )


def _subject(asking: Asking) -> str:
    return asking.contexts[0] if asking.contexts else asking.article.title


def _are_alike(subject: str, other: str) -> bool:
    one, two = set(content_words(subject)), set(content_words(other))
    shared = sum(any(same_word(word, known) for known in two) for word in one)
    return shared > _LEAST_SHARED * (len(one) + len(two) - shared)


def _question_key(asking: Asking) -> str:
    return normalise(" ".join((asking.wordings[0], *asking.contexts[:1])))


def _says_what(asking: Asking) -> bool:
    """Tell whether the question is understood: by itself, or with what it is about."""
    return bool(asking.contexts) or bool(asking.product) or _shares_title(asking)


def _shares_title(asking: Asking) -> bool:
    title = content_words(asking.article.title)
    asked = content_words(asking.wordings[0])
    return sum(any(same_word(one, other) for other in title) for one in set(asked)) > 1


def _value_key(fact: PolicyFact) -> tuple[str, str, str]:
    return fact.kind, fact.value, fact.unit


class _Products:
    """What the articles of each product state."""

    def __init__(self, help_centre: HelpCentre) -> None:
        self._stated: dict[str, list[tuple[StatedFact, frozenset[str]]]] = defaultdict(list)
        for article in help_centre.in_force:
            product = help_centre.product_of(article)
            for stated in help_centre.stated_facts(article) if product else ():
                words = frozenset(content_words(stated.statement.text))
                self._stated[product].append((stated, words))

    def that_state(self, asking: Asking) -> tuple[str, ...]:
        """Return the ids of the product's articles that state the value of what is asked for."""
        value, asked = _value_key(asking.stated.fact), set(content_words(asking.topic))
        return tuple(
            stated.article.id
            for stated, said in self._stated.get(asking.product, ())
            if _value_key(stated.fact) == value and len(asked & said) >= _LEAST_SHARED * len(asked)
        )
