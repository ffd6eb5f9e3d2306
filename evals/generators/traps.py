"""Traps: questions about what the help centre doesn't have, next to what it has."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evals.case import Case, Kind
from evals.generators.asking import Asking
from evals.generators.customer import greeted
from evals.generators.generator import NOT_ANSWERED, Source, a_case, origin_of
from evals.generators.help_centre import HelpCentre
from evals.wording import states

_INVENTED = (
    "Borealis", "Onyx", "Vireo", "Solstice", "Marlin", "Zenith", "Peregrine", "Obsidian", "Quasar",
    "Tundra", "Saffron", "Halcyon", "Juniper", "Meridian", "Cobra", "Larkspur", "Titan", "Velvet",
)  # fmt: skip
"""Names of products and plans that aren't sold; one that an article mentions isn't used."""
_ALL_KEPT = 3
"""Words of a product's name that stay when the name is changed, counted from its end."""


@dataclass(frozen=True, slots=True)
class _Benefit:
    """Something that a shop or a bank might offer, and the word that would tell that it does."""

    keyword: str
    phrase: str


_BENEFITS = (
    _Benefit("student", "student discount"),
    _Benefit("military", "military discount"),
    _Benefit("veterans", "discount for veterans"),
    _Benefit("teachers", "discount for teachers"),
    _Benefit("nurses", "discount for nurses"),
    _Benefit("pensioners", "pensioners' discount"),
    _Benefit("birthday", "birthday bonus"),
    _Benefit("anniversary", "anniversary gift"),
    _Benefit("price match", "price match guarantee"),
    _Benefit("layaway", "layaway plan"),
    _Benefit("roadside", "roadside assistance"),
    _Benefit("cryptocurrency", "cryptocurrency payment option"),
    _Benefit("pet", "pet insurance"),
    _Benefit("dental", "dental insurance"),
    _Benefit("helicopter", "helicopter transfer"),
    _Benefit("childcare", "childcare voucher"),
    _Benefit("gym", "gym membership allowance"),
    _Benefit("streaming", "streaming subscription"),
    _Benefit("magazine", "magazine subscription"),
    _Benefit("theatre", "theatre ticket offer"),
    _Benefit("museum", "museum pass"),
    _Benefit("parking", "free parking voucher"),
    _Benefit("valet", "valet service"),
    _Benefit("massage", "massage voucher"),
    _Benefit("yoga", "yoga class pass"),
    _Benefit("language course", "language course discount"),
    _Benefit("tattoo", "tattoo voucher"),
    _Benefit("wedding", "wedding gift registry"),
    _Benefit("funeral", "funeral cover"),
    _Benefit("lottery", "lottery entry"),
    _Benefit("refer a neighbour", "refer a neighbour bonus"),
    _Benefit("carpool", "carpool credit"),
    _Benefit("solar", "solar panel subsidy"),
    _Benefit("heat pump", "heat pump subsidy"),
    _Benefit("broadband", "broadband allowance"),
    _Benefit("concert", "concert presale"),
    _Benefit("stadium", "stadium box access"),
    _Benefit("golf", "golf course access"),
    _Benefit("vineyard", "vineyard tour"),
    _Benefit("cooking class", "cooking class discount"),
)
_OFFERS = (
    "Do you offer a {phrase}, and how much is it?",
    "How do I claim my {phrase}?",
    "I heard you have a {phrase}. How does it work?",
    "What are the conditions for the {phrase}?",
    "Is there a {phrase}{with_it}?",
    "How much is the {phrase}{with_it}?",
    "When will I get the {phrase}{with_it}?",
)


class Traps:
    """Asks for products and plans that aren't sold, and for benefits that don't exist."""

    kind = Kind.TRAP
    rule = "What is asked about stands in no article, so the assistant abstains or hands over."

    def cases(self, source: Source, chance: random.Random) -> Iterator[Case]:
        """Yield the absent products and plans, then the absent benefits."""
        yield from self._products(source, chance)
        yield from self._benefits(source.help_centre, chance)

    def _products(self, source: Source, chance: random.Random) -> Iterator[Case]:
        known = _scope_names(source.help_centre)
        for asking in source.askings:
            named = next((one for one in known if states(asking.wordings[0], one)), "")
            absent = _absent_name(source.help_centre, named, chance)
            if not named or absent is None:
                continue
            question = _renamed(asking.wordings[0], named, absent)
            if not any(states(question, other) for other in known):
                yield self._product_case(asking, greeted(question, chance), named, absent)

    def _product_case(self, asking: Asking, question: str, named: str, absent: str) -> Case:
        case = a_case(
            self.kind,
            question,
            outcomes=NOT_ANSWERED,
            must_not=(asking.stated.text,),
            note=f"next to {named}",
        )
        return replace(case, origin=origin_of(asking), absent=(absent,))

    def _benefits(self, help_centre: HelpCentre, chance: random.Random) -> Iterator[Case]:
        owners = [f" with the {name}" for name in _owners(help_centre)] or [""]
        for benefit in _BENEFITS:
            if help_centre.mentions(benefit.keyword) or help_centre.mentions(benefit.phrase):
                continue
            for offer in _OFFERS:
                question = offer.format(phrase=benefit.phrase, with_it=chance.choice(owners))
                case = a_case(
                    self.kind,
                    greeted(question, chance),
                    outcomes=NOT_ANSWERED,
                    note="absent benefit",
                )
                yield replace(case, absent=(benefit.keyword,))


def _scope_names(help_centre: HelpCentre) -> tuple[str, ...]:
    """Return the names of products and plans, the longest first."""
    named = {
        name
        for article in help_centre.articles.values()
        for key in ("product", "plan")
        for name in article.applies_to.get(key, ())
    }
    return tuple(sorted(named | set(help_centre.product_names), key=lambda one: (-len(one), one)))


def _owners(help_centre: HelpCentre) -> tuple[str, ...]:
    plans = tuple(f"{plan} plan" for plan in sorted(help_centre.plan_names()))
    owned = re.compile(r"\b(?:Account|Card)\b")
    return plans or tuple(name for name in help_centre.product_names if owned.search(name))


def _absent_name(help_centre: HelpCentre, named: str, chance: random.Random) -> str | None:
    """Return a name that stands in no article and ends like the one named; None if none is left."""
    kept = [word for word in named.split() if word in {"Account", "Card", "Rewards", "Saver"}]
    names = [
        " ".join((name, *kept[-_ALL_KEPT:])) for name in _INVENTED if not help_centre.mentions(name)
    ]
    return chance.choice(names) if names else None


def _renamed(question: str, named: str, absent: str) -> str:
    renamed = re.sub(rf"(?<!\w){re.escape(named)}(?!\w)", absent, question)
    return re.sub(r"\b[Aa]n? (?=[A-Z])", "the ", renamed)
