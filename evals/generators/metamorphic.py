"""Metamorphic cases: a golden question in other words, whose answer must agree."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

from evals.case import Case, Kind
from evals.generators.asking import Asking
from evals.generators.customer import ask, chatty, formal, mistyped, with_context
from evals.generators.generator import Source, a_case, group_of, origin_of

_Variant = Callable[[Asking, random.Random], str]


class Metamorphic:
    """Asks for each fact in another wording, with typos, as a letter and as a chat."""

    kind = Kind.METAMORPHIC
    rule = "The answer states the same value as that of the golden case of its group."

    def cases(self, source: Source, chance: random.Random) -> Iterator[Case]:
        """Yield up to four cases a fact."""
        for asking in source.askings:
            for name, variant in _VARIANTS.items():
                if name == "paraphrase" and len(asking.wordings) == 1:
                    continue
                case = a_case(
                    self.kind,
                    variant(asking, chance),
                    articles=asking.articles,
                    must=(asking.answers,),
                    note=name,
                )
                yield replace(case, origin=origin_of(asking), group=group_of(asking))


def _paraphrase(asking: Asking, chance: random.Random) -> str:
    return ask(asking, chance, wording=chance.randrange(1, len(asking.wordings)))


def _typos(asking: Asking, chance: random.Random) -> str:
    return mistyped(with_context(asking.wordings[0], asking, chance), chance)


def _letter(asking: Asking, chance: random.Random) -> str:
    return formal(with_context(asking.wordings[0], asking, chance), chance)


def _chat(asking: Asking, chance: random.Random) -> str:
    return chatty(with_context(asking.wordings[0], asking, chance), chance)


_VARIANTS: dict[str, _Variant] = {
    "paraphrase": _paraphrase,
    "typos": _typos,
    "letter": _letter,
    "chat": _chat,
}
