"""Golden cases: a fact asked for as its article states it."""

import random
from collections.abc import Iterator
from dataclasses import replace

from evals.case import Case, Kind
from evals.generators.customer import ask
from evals.generators.generator import Source, a_case, group_of, origin_of


class Golden:
    """Asks for each fact once."""

    kind = Kind.GOLDEN
    rule = "The answer states the fact's value, as its article writes it or in digits."

    def cases(self, source: Source, chance: random.Random) -> Iterator[Case]:
        """Yield a case a fact."""
        for asking in source.askings:
            case = a_case(
                self.kind,
                ask(asking, chance),
                articles=asking.articles,
                must=(asking.answers,),
            )
            yield replace(case, origin=origin_of(asking), group=group_of(asking))
