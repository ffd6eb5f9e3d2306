"""A statement of a source, in the forms in which a claim is compared with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.grounding.gratis import with_free
from app.grounding.meanings import meaning, meanings, spelt
from app.grounding.quantities import Quantity, quantities
from app.grounding.verdict import Place
from knowledge_base.article import Article
from knowledge_base.statements import Statement


@dataclass(frozen=True)
class Stated:
    """A statement of a source, ready to be compared with a claim."""

    source: int
    statement: Statement
    """Its spans are code points into the article's body."""
    place: Place
    words: frozenset[str]
    """Stems of its own words."""
    context: frozenset[str]
    """Stems of its lead-in, headings and title."""
    article: Article
    heading: str = ""
    """What stands above the passage, where its article doesn't hold that itself."""

    @property
    def text(self) -> str:
        """What it says; of a table's row, its cells with commas between them."""
        return self.statement.text

    @cached_property
    def in_full(self) -> str:
        """What it says behind its lead-in, which may hold the condition or the denial."""
        return f"{self.statement.lead_in} {self.statement.text}".strip()

    @cached_property
    def meant(self) -> frozenset[str]:
        """Its words and what heads its cells, one for those that are used alike."""
        headers = (word for header in self.statement.columns for word in meanings(header))
        own = meanings(self.text) if spelt(self.text) != self.text else map(meaning, self.words)
        return frozenset((*own, *headers))

    @cached_property
    def meant_above(self) -> frozenset[str]:
        """The words of its context, one for those used alike."""
        return frozenset(map(meaning, self.context))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every number that it names, its lead-in's among them."""
        return quantities(with_free(self.in_full))

    @cached_property
    def quantities_above(self) -> tuple[Quantity, ...]:
        """Every number of the nearest heading: it may say what the statement leaves out."""
        headings = (*self.statement.headings[-1:], self.heading)
        return tuple(one for heading in headings for one in quantities(heading))

    @cached_property
    def quantities_of_columns(self) -> tuple[Quantity, ...]:
        """Every number that heads a cell of it."""
        return tuple(one for header in self.statement.columns for one in quantities(header))

    def is_given_whole(self, said: Sequence[Quantity]) -> bool:
        """Tell whether these are all numbers of a table's row in its order: a row of its own."""
        mine = quantities(self.text)
        if not self.statement.columns or len(mine) != len(said):
            return False
        return all(one.equals(other) for one, other in zip(mine, said, strict=True))

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """Texts that may say for whom it holds, the nearest first; the title comes last."""
        said = self.statement
        headings = reversed(said.headings)
        levels = (said.text, said.lead_in, *headings, self.heading, self.article.title)
        return tuple(filter(None, levels))
