"""Boundaries: a value just inside a limit, and one just outside of it."""

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from string import Template

from evals.case import Case, Kind
from evals.generators.customer import greeted, with_context
from evals.generators.generator import Source, a_case, group_of, origin_of
from evals.generators.limits import side_of
from evals.generators.values import shifted
from knowledge_base.policy.fact import FactKind

_CENT = Decimal("0.01")


class Boundaries:
    """Asks at the limit and one step beside it."""

    kind = Kind.BOUNDARY
    rule = "The answer states the limit, and doesn't put the customer on its wrong side."

    def cases(self, source: Source, chance: random.Random) -> Iterator[Case]:
        """Yield three cases a limit: a step below, the limit itself, a step above."""
        for asking in source.askings:
            if asking.limit is None:
                continue
            step = _CENT if asking.stated.fact.kind is FactKind.AMOUNT else Decimal(1)
            for side, by in (("below", -step), ("at", Decimal(0)), ("above", step)):
                value = shifted(asking.stated.text, by)
                if value is None:
                    continue
                question = Template(asking.limit.template).safe_substitute(value=value)
                case = a_case(
                    self.kind,
                    greeted(with_context(question, asking, chance), chance),
                    articles=asking.articles,
                    must=(asking.answers,),
                    note=f"{side} the limit",
                )
                yield replace(
                    case,
                    origin=origin_of(asking),
                    group=f"{group_of(asking)}#limit",
                    side=side_of(asking.limit.bound, by),
                )
