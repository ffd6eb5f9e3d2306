"""What a fact is about and for whom: subject, plan, product, region, channel.

Names are taken from the sentence; a sentence that names none has those of the front matter, else
of the line above, the headings and the title.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from knowledge_base.article import Article
from knowledge_base.policy.fact import FactScope
from knowledge_base.policy.names import NameUses
from knowledge_base.policy.plans import Plans
from knowledge_base.policy.products import Products, is_name, product_ahead
from knowledge_base.policy.regions import channels_in, regions_in, without_regions
from knowledge_base.policy.surroundings import Surroundings, scope_part
from knowledge_base.policy.words import singular
from knowledge_base.scope import Scopes

_PER = re.compile(
    r"[*)]*\s?(?:(?:/|per\s)\s?(?:calendar |billing )?(?P<any>[a-z]+)|(?:an?|each"
    r"|every)\s(?P<time>(?:second|minute|hour|day"
    r"|week|month|quarter|year)))(?!\w)",
    re.IGNORECASE,
)
_SHORT_TIMES = {"mo": "month", "yr": "year", "hr": "hour", "min": "minute", "sec": "second"}

_SEVERAL = 2
_MOST_NAMES = 3
"""Products that are kept of a fact, the nearest first."""
_TEXTS = 4096
"""Texts whose names are remembered: a title and its headings are asked about for each value."""

Named = tuple[str, ...]


class ScopeReader:
    """Reads scopes in one help centre, whose articles say which names there are."""

    def __init__(self, articles: Iterable[Article], names: NameUses) -> None:
        self._known_in = lru_cache(maxsize=_TEXTS)(Scopes(articles).named_in)
        self._plans = Plans(names.plans)
        self._products = Products(names.products)
        self._plans_in = self._finder("plan", self._plans.named_in)
        self._products_in = self._finder("product", self._product_names)
        self._regions_in = self._finder("region", regions_in)
        self._channels_in = self._finder("channel", channels_in)

    def scope(self, around: Surroundings) -> FactScope:
        """Return the scope of a value."""
        article = around.sentence.article
        plan = self._plan(around)
        return FactScope(
            subjects=around.subjects(header_is_name=self._headed(around) != ()),
            per=_per(around.sentence.text, around.value.end),
            plan=plan,
            product=tuple(name for name in self._product(around) if name not in plan),
            region=self._region(around),
            channel=self._named(around, "channel", self._channels_in),
            headings=around.sentence.headings,
            valid_from=article.valid_from,
            valid_to=article.valid_to,
        )

    def _plan(self, around: Surroundings) -> Named:
        headed = self._headed(around)
        if headed and headed[0] in self._plans.names:
            return headed
        in_row = around.cell.plans if around.cell else ()
        return in_row or self._named(around, "plan", self._plans_in)

    def _region(self, around: Surroundings) -> Named:
        in_row = around.cell.regions if around.cell else ()
        return in_row or self._named(around, "region", self._regions_in)

    def _product(self, around: Surroundings) -> Named:
        """Return the products that the sentence names, then those of what stands above it.

        The title counts too, unless one of its products is named already: it may compare several.
        """
        own = self._own_products(around) or self._products_beside(around)
        near = around.front_matter("product") or next(
            filter(None, map(self._products_in, around.above)), ()
        )
        nearer = (*own, *near)
        title = self._products_in(around.sentence.article.title)
        is_told = any(name in title and not name.isupper() for name in nearer)
        return _without_parts(nearer if is_told else (*nearer, *title))[:_MOST_NAMES]

    def _products_beside(self, around: Surroundings) -> Named:
        """Return the products that the sentence names beside the value; "API" alone is none."""
        found = _nearest(around, self._products_in)
        above = " ".join(around.sentence.headings)
        return tuple(name for name in found if " " in name or not name.isupper() or name in above)

    def _product_names(self, text: str) -> Named:
        return self._products.named_in(without_regions(text))

    def _own_products(self, around: Surroundings) -> Named:
        """Return what a row, a column or a "For …," at the front gives out as a name."""
        headed = self._headed(around)
        if headed and headed[0] not in self._plans.names:
            return headed
        if around.cell is not None:
            return () if headed else around.cell.products
        text = around.sentence.text
        listed = around.label if text.count(":") >= _SEVERAL and is_name(around.label) else ""
        ahead = listed or product_ahead(text, around.value.start)
        is_other = regions_in(ahead) or self._plans.named_in(f"{ahead} plan")
        return (ahead,) if ahead and not is_other else ()

    def _headed(self, around: Surroundings) -> Named:
        """Return the header of the value's column where it is a plan's or a product's name."""
        header = around.header
        is_name = header in self._plans.names or header in self._products
        title = around.sentence.article.title
        in_title = header[:1].isupper() and re.search(rf"\b{re.escape(header)}(?!\w)", title)
        return (header,) if header and (is_name or in_title) else ()

    def _named(self, around: Surroundings, part: str, find: Callable[[str], Named]) -> Named:
        """Return what is named of one part of the scope; the front matter speaks for all of it."""
        own = _nearest(around, find) or around.front_matter(part)
        farther = (*around.farther, around.sentence.article.title)
        return own or next(filter(None, map(find, farther)), ())

    def _finder(self, part: str, find: Callable[[str], Named]) -> Callable[[str], Named]:
        """Return what finds the names of one part of the scope in a text, and remembers them."""

        @lru_cache(maxsize=_TEXTS)
        def found(text: str) -> Named:
            known = self._known_in(text)
            of_part = (values for key, values in known.items() if scope_part(key) == part)
            return next(of_part, ()) or find(text)

        return found


def _nearest(around: Surroundings, find: Callable[[str], Named]) -> Named:
    """Return what the sentence names; of several names, those beside the value."""
    own = find(around.own)
    if len(own) < _SEVERAL or len(around.sentence.values) < _SEVERAL:
        return own
    return next(filter(None, map(find, around.segments)), own)


def _per(text: str, end: int) -> str:
    match = _PER.match(text, end)
    if match is None:
        return ""
    unit = singular(match["any"] or match["time"])
    return _SHORT_TIMES.get(unit, unit)


def _without_parts(names: Named) -> Named:
    """Return the names once, without those that another of them holds: "Cairn" of "Cairn Pro"."""
    distinct = tuple(dict.fromkeys(names))
    return tuple(
        name
        for name in distinct
        if not any(name != other and f" {name} " in f" {other} " for other in distinct)
    )
