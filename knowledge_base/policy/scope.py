"""What a fact is about and for whom: subject, plan, product, region, channel.

Names are taken from the sentence; a sentence that names none has those of the front matter, else
of the line above, the headings and the title.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from knowledge_base.article import Article
from knowledge_base.policy.fact import FactScope
from knowledge_base.policy.names import Names, product_ahead, repeated_products, speaking_product
from knowledge_base.policy.regions import channels_in, regions_in
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
_TEXTS = 4096
"""Texts whose names are remembered: a title and its headings are asked about for each value."""

Named = tuple[str, ...]


class ScopeReader:
    """Reads scopes in one help centre, whose articles say which names there are."""

    def __init__(self, articles: Iterable[Article]) -> None:
        listed = tuple(articles)
        self._known_in = lru_cache(maxsize=_TEXTS)(Scopes(listed).named_in)
        self._names = Names(listed)

    def scope(self, around: Surroundings) -> FactScope:
        """Return the scope of a value."""
        article = around.sentence.article
        return FactScope(
            subject=around.subject(header_is_name=self._headed(around) != ()),
            per=_per(around.sentence.text, around.value.end),
            plan=self._plan(around),
            product=self._product(around),
            region=self._region(around),
            channel=self._named(around, "channel", channels_in),
            headings=around.sentence.headings,
            valid_from=article.valid_from,
            valid_to=article.valid_to,
        )

    def _plan(self, around: Surroundings) -> Named:
        headed = self._headed(around)
        if headed and headed[0] in self._names.plans:
            return headed
        in_row = around.cell.plans if around.cell else ()
        return in_row or self._named(around, "plan", self._names.plans_in)

    def _region(self, around: Surroundings) -> Named:
        in_row = around.cell.regions if around.cell else ()
        return in_row or self._named(around, "region", regions_in)

    def _product(self, around: Surroundings) -> Named:
        """Return the products: those of the sentence beside those that are spoken of around it."""
        find = self._finder("product", self._names.products_in)
        own = _joined(self._own_products(around), _nearest(around, find))
        own = own or self._repeated(around)
        article = around.sentence.article
        context: Named = around.front_matter("product") or next(
            filter(None, map(find, around.above)), ()
        )
        context = context or self._names.products_in_title(article.title)
        context = context or self._names.products_in_path(article.path)
        return own if {*own} & {*context} else _joined(own, context)

    def _repeated(self, around: Surroundings) -> Named:
        names = repeated_products(around.own, around.sentence.headings)
        return tuple(name for name in names if not regions_in(name))

    def _own_products(self, around: Surroundings) -> Named:
        """Return what a row, a column or a "For …," at the front gives out as a name."""
        headed = self._headed(around)
        if headed and headed[0] not in self._names.plans:
            return headed
        if around.cell is not None:
            return () if headed else around.cell.products
        text = around.sentence.text
        ahead = product_ahead(text, around.value.start) or speaking_product(text)
        is_other = regions_in(ahead) or self._names.plans_in(f"{ahead} plan")
        return (ahead,) if ahead and not is_other else ()

    def _headed(self, around: Surroundings) -> Named:
        """Return the header of the value's column where it is a plan's or a product's name."""
        header = around.header
        is_name = header in self._names.plans or header in self._names.products
        title = around.sentence.article.title
        in_title = header[:1].isupper() and re.search(rf"\b{re.escape(header)}(?!\w)", title)
        return (header,) if header and (is_name or in_title) else ()

    def _named(self, around: Surroundings, part: str, find: Callable[[str], Named]) -> Named:
        """Return what is named of one part of the scope; the front matter speaks for all of it."""
        find = self._finder(part, find)
        own = _nearest(around, find) or around.front_matter(part)
        farther = (*around.farther, around.sentence.article.title)
        return own or next(filter(None, map(find, farther)), ())

    def _finder(self, part: str, find: Callable[[str], Named]) -> Callable[[str], Named]:
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


def _joined(*names: Named) -> Named:
    return tuple(dict.fromkeys(name for some in names for name in some))
