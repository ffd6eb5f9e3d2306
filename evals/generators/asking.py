"""Askings: facts that read cleanly, each with the questions in which a customer asks for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evals.generators.help_centre import HelpCentre, StatedFact
from knowledge_base.article import Article
from knowledge_base.policy.fact import Comparator


@dataclass(frozen=True, slots=True)
class Limit:
    """How a customer asks whether something just inside or outside a fact still counts."""

    template: str
    """A question with `$value` for the value that the customer has."""
    bound: Comparator | None = None
    """What a value must be, beside the fact's, for the right answer to be yes; None where the
    words leave that open."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A fact that can be asked for."""

    stated: StatedFact
    wordings: tuple[str, ...]
    """Questions for it, each complete but for what it is about; the plainest first."""
    answers: tuple[str, ...]
    """Wordings of the right value: one of them must be stated."""
    contexts: tuple[str, ...] = ()
    """Sentences that say what the question is about; empty where the question says it."""
    product: str = ""
    """The product that the question names, as it is written there."""
    topic: str = ""
    """What is asked for, without the product: askings of one topic are siblings."""
    limit: Limit | None = None
    articles: tuple[str, ...] = ()
    """Ids of all articles that state it."""

    @property
    def article(self) -> Article:
        """The article that it was read in."""
        return self.stated.article


AskingReader = Callable[[HelpCentre, Article], Iterator[Asking]]
