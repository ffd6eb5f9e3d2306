"""Scope swaps: a real fact asked for another product, plan, region or day than it holds for."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.answer import Outcome
from evals.case import Case, Kind
from evals.generators.asking import Asking
from evals.generators.askings import askings
from evals.generators.customer import ask, greeted
from evals.generators.generator import NOT_ANSWERED, Source, a_case, group_of, origin_of
from evals.generators.help_centre import HelpCentre
from evals.wording import states

_REGIONS = "United States|United Kingdom|European Union|US|UK|EU"
_NOT_SERVED = ("Canada", "Japan", "Brazil", "Australia", "Norway", "Switzerland", "India", "Mexico")
_COMMON_IN_NAMES = frozenset(
    ["account", "card", "savings", "saver", "checking", "rewards", "business"]
)
_MOST_LACKED = 3
"""Products asked for one thing that they lack."""


class ScopeSwaps:
    """Asks siblings for each other's facts, and the same for regions and days."""

    kind = Kind.SCOPE_SWAP
    rule = "The answer states the value of the scope that is asked about, or that there is none."

    def cases(self, source: Source, chance: random.Random) -> Iterator[Case]:
        """Yield the siblings with another value, those without any, other regions, other days."""
        families = _families(source)
        for siblings in families:
            yield from self._other_values(siblings, chance)
            yield from self._lacking(source, siblings, chance)
        for asking in source.askings:
            yield from self._elsewhere(source.help_centre, asking, chance)
        yield from self._other_days(source, chance)

    def _other_values(self, siblings: Sequence[Asking], chance: random.Random) -> Iterator[Case]:
        for asking in siblings:
            wrong = [
                one.stated.text
                for one in siblings
                if not set(one.answers) & set(asking.answers)
                and not states(asking.article.body, one.stated.text)
            ]
            if wrong:
                case = a_case(
                    self.kind,
                    ask(asking, chance, wording=chance.randrange(len(asking.wordings))),
                    articles=asking.articles,
                    must=(asking.answers,),
                    must_not=tuple(dict.fromkeys(wrong)),
                    note="a sibling has another value",
                )
                yield replace(case, origin=origin_of(asking), group=group_of(asking))

    def _lacking(
        self, source: Source, siblings: Sequence[Asking], chance: random.Random
    ) -> Iterator[Case]:
        first = siblings[0]
        if not first.product:
            return
        lacking = _products_without(source, first)
        for product in chance.sample(lacking, min(_MOST_LACKED, len(lacking))):
            case = a_case(
                self.kind,
                greeted(first.wordings[0].replace(first.product, product), chance),
                outcomes=NOT_ANSWERED,
                must_not=(first.stated.text,),
                note=f"{product} has none",
            )
            yield replace(case, origin=origin_of(first))

    def _elsewhere(
        self, help_centre: HelpCentre, asking: Asking, chance: random.Random
    ) -> Iterator[Case]:
        named = re.search(rf"\b(?:the )?(?:{_REGIONS})\b", asking.wordings[0])
        if not named or not any("region" in one.applies_to for one in help_centre.in_force):
            return
        country = chance.choice(_NOT_SERVED)
        case = a_case(
            self.kind,
            greeted(asking.wordings[0].replace(named[0], country), chance),
            outcomes=(*NOT_ANSWERED, Outcome.ANSWERED),
            must_not=(asking.stated.text,),
            note=f"{country} is not served",
        )
        yield replace(case, origin=origin_of(asking))

    def _other_days(self, source: Source, chance: random.Random) -> Iterator[Case]:
        for replaced, successor, first_day in _successions(source.help_centre):
            before = _by_question(source, first_day - timedelta(days=1), replaced)
            after = _by_question(source, max(first_day, source.help_centre.day), successor)
            for question in before.keys() & after.keys():
                old, new = before[question], after[question]
                if not set(old.answers) & set(new.answers):
                    yield self._on(first_day - timedelta(days=1), old, (), chance)
                    day = max(first_day, source.help_centre.day)
                    yield self._on(day, new, (old.stated.text,), chance)

    def _on(self, day: date, asking: Asking, wrong: tuple[str, ...], chance: random.Random) -> Case:
        case = a_case(
            self.kind,
            ask(asking, chance),
            articles=asking.articles,
            must=(asking.answers,),
            must_not=tuple(one for one in wrong if not states(asking.article.body, one)),
            note="the value of another day differs",
        )
        return replace(case, at=day, origin=origin_of(asking))


def _families(source: Source) -> list[list[Asking]]:
    """Return the askings that differ in nothing but the product, plan or region that they name."""
    names = {
        name
        for article in source.help_centre.articles.values()
        for values in article.applies_to.values()
        for name in values
    } | set(source.help_centre.product_names)
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    scoped = re.compile(rf"\b(?:{'|'.join((*longest_first, _REGIONS))})(?!\w)(?: \w+s\b)?")
    families: dict[str, list[Asking]] = defaultdict(list)
    for asking in source.askings:
        masked, count = scoped.subn("§", asking.wordings[0])
        if count == 1:
            families[masked].append(asking)
    return [siblings for siblings in families.values() if len(siblings) > 1]


def _products_without(source: Source, asking: Asking) -> list[str]:
    """Return products of the same sort of which no article speaks of what is asked for.

    None where a general article speaks of it, and none that may be another name of one that does.
    """
    help_centre = source.help_centre
    speaking = {help_centre.product_of(one) for one in source.speaking_of(asking.topic)}
    if "" in speaking:
        return []
    described = {help_centre.product_of(one) for one in help_centre.in_force}
    alike = {_distinct_words(name) for name in speaking}
    sort = asking.product.split()[-1]
    return [
        name
        for name in sorted(described - speaking)
        if name.endswith(f" {sort}") and _distinct_words(name) not in alike
    ]


def _distinct_words(name: str) -> frozenset[str]:
    return frozenset(name.lower().split()) - _COMMON_IN_NAMES


def _successions(help_centre: HelpCentre) -> Iterator[tuple[str, str, date]]:
    for article in help_centre.articles.values():
        for replaced in article.supersedes:
            if article.valid_from is not None and replaced in help_centre.articles:
                yield replaced, article.id, article.valid_from


def _by_question(source: Source, day: date, article_id: str) -> dict[str, Asking]:
    on_the_day = replace(source.help_centre, day=day)
    return {
        asking.wordings[0]: asking
        for asking in askings(on_the_day)
        if asking.article.id == article_id
    }
