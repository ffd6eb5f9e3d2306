"""Mutations: one fact of one article is edited, and the answer must follow the new text."""

import random
from collections.abc import Iterator
from dataclasses import replace

from evals.case import Case, Edit, Kind
from evals.generators.asking import Asking
from evals.generators.customer import ask
from evals.generators.generator import Source, a_case, group_of, origin_of
from evals.generators.help_centre import HelpCentre, StatedFact
from evals.generators.values import other_value
from evals.wording import content_words, states
from knowledge_base.policy.fact import PolicyFact

_LEAST_SHARED = 2
"""Content words around two mentions of one value that may state one fact."""


class Mutations:
    """Edits each fact that is stated once in the help centre."""

    kind = Kind.MUTATION
    rule = "The answer states the edited value and not the one that stood there before."

    def cases(self, source: Source, chance: random.Random) -> Iterator[Case]:
        """Yield a case a fact; a fact that another sentence may repeat is left out."""
        for asking in source.askings:
            said = asking.stated.statement
            new = other_value(asking.stated.text, asking.article.body, chance)
            old_text = asking.article.body[said.start : said.end]
            is_once = asking.article.body.count(old_text) == 1
            if new is None or not is_once or _is_repeated(source.help_centre, asking):
                continue
            case = a_case(
                self.kind,
                ask(asking, chance),
                articles=(asking.article.id,),
                must=((new,),),
                must_not=(asking.stated.text,),
            )
            edit = Edit(asking.article.id, old_text, _edited(asking, new))
            yield replace(case, origin=origin_of(asking), group=group_of(asking), edit=edit)


def _edited(asking: Asking, new: str) -> str:
    body, fact, said = asking.article.body, asking.stated.fact, asking.stated.statement
    return f"{body[said.start : fact.start]}{new}{body[fact.end : said.end]}"


def _is_repeated(help_centre: HelpCentre, asking: Asking) -> bool:
    """Tell whether the value may be stated twice, in the article or in another one."""
    fact, body = asking.stated.fact, asking.article.body
    rest = body[: fact.start] + body[fact.end :]
    if states(rest, asking.stated.text):
        return True
    asked = _words_around(asking.stated)
    return any(
        len(asked & _words_around(other)) >= _LEAST_SHARED
        for article in help_centre.articles.values()
        if article.id != asking.article.id
        for other in help_centre.stated_facts(article)
        if _is_same_value(other.fact, fact)
    )


def _words_around(stated: StatedFact) -> set[str]:
    said = stated.statement
    words = (stated.article.title, said.text, said.lead_in, *said.headings)
    return set(content_words(" ".join(words)))


def _is_same_value(one: PolicyFact, other: PolicyFact) -> bool:
    return (one.kind, one.value, one.unit) == (other.kind, other.value, other.unit)
