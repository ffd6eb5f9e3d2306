"""Suites made from the articles: every kind of case, by name, from one seed."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from evals.case import Case, Kind
from evals.generators.boundaries import Boundaries
from evals.generators.generator import Generator, Source
from evals.generators.golden import Golden
from evals.generators.metamorphic import Metamorphic
from evals.generators.mutations import Mutations
from evals.generators.poison import Poison
from evals.generators.pressure import Pressure
from evals.generators.scope_swaps import ScopeSwaps
from evals.generators.traps import Traps
from knowledge_base.errors import BadInputError

GENERATORS: tuple[Generator, ...] = (
    Golden(),
    Metamorphic(),
    Traps(),
    ScopeSwaps(),
    Boundaries(),
    Pressure(),
    Mutations(),
    Poison(),
)
EDITING = frozenset({Kind.MUTATION, Kind.POISON})
"""Kinds whose cases edit an article first: they aren't asked of the articles as they are."""


@dataclass(frozen=True, slots=True)
class Made:
    """The cases of one kind."""

    generator: Generator
    cases: tuple[Case, ...]


def kinds_named(names: Iterable[str] | None) -> frozenset[Kind]:
    """Return the kinds with these names; all that can be generated, where none is named.

    Raises:
        BadInputError: No generator makes cases of that name.
    """
    known = {str(generator.kind): generator.kind for generator in GENERATORS}
    for name in names or ():
        if name not in known:
            raise BadInputError(f"no generator makes {name!r}: choose from {', '.join(known)}")
    return frozenset(known[name] for name in names or known)


def make(
    source: Source, kinds: Iterable[Kind], *, seed: int, limit: int | None = None
) -> tuple[Made, ...]:
    """Return the cases of the kinds, in the generators' order; at most `limit` a kind.

    Each kind has a chance of its own, so that its cases are the same whatever is made beside them.
    """
    wanted = frozenset(kinds)
    return tuple(
        Made(generator, _cases(generator, source, seed, limit))
        for generator in GENERATORS
        if generator.kind in wanted
    )


def _cases(generator: Generator, source: Source, seed: int, limit: int | None) -> tuple[Case, ...]:
    chance = random.Random(f"{seed}/{generator.kind}")  # noqa: S311 - reproducible, not secret
    cases = list(_without_repeats(generator.cases(source, chance)))
    if limit is not None and limit < len(cases):
        kept = sorted(chance.sample(range(len(cases)), limit))
        cases = [cases[at] for at in kept]
    return tuple(
        replace(case, id=f"{case.kind}-{number:04d}") for number, case in enumerate(cases, 1)
    )


def _without_repeats(cases: Iterable[Case]) -> Iterator[Case]:
    asked = set()
    for case in cases:
        key = (case.question, case.history, case.at, case.edit)
        if key not in asked:
            asked.add(key)
            yield case
