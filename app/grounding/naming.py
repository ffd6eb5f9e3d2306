"""Naming: what statements are said of, and which are said of something else than is meant."""

from dataclasses import dataclass
from functools import cached_property

from app.grounding.families import Families, Name, named_in, other_than, unmet
from app.grounding.stated import Stated


@dataclass(frozen=True)
class Naming:
    """The names of several words that statements use, and that stand above them."""

    stated: tuple[Stated, ...]

    def other_than_meant(self, stated: Stated, claim: str, topic: str) -> Name | None:
        """Return the name of what a statement is said of, where that is a sibling of what is meant.

        What a claim names must stand with the statement. Where a title names something else of the
        kind that is asked about, that must stand anywhere in the article, or in the claim.
        """
        wanted = self._named_in(topic)
        said = self._named_in(claim) | named_in(claim, wanted)
        if not said and not wanted:
            return None
        with_it = self._named_in(stated.in_full) | self._named_above(stated)
        anywhere = self._named_by_article[stated.article.id] | said
        return other_than(said, with_it, with_it) or other_than(
            unmet(wanted, anywhere), anywhere, self._named_in(stated.article.title) - said
        )

    def _named_in(self, text: str) -> frozenset[Name]:
        if text not in self._known:
            self._known[text] = self._families.named_in(text)
        return self._known[text]

    def _named_above(self, stated: Stated) -> frozenset[Name]:
        above = (*stated.statement.headings, stated.heading, stated.article.title)
        return frozenset().union(*map(self._named_in, above))

    @cached_property
    def _named_by_article(self) -> dict[str, frozenset[Name]]:
        found: dict[str, frozenset[Name]] = {}
        for one in self.stated:
            named = self._named_in(one.in_full) | self._named_above(one)
            found[one.article.id] = found.get(one.article.id, frozenset()) | named
        return found

    @cached_property
    def _families(self) -> Families:
        return Families.of(
            text
            for one in self.stated
            for text in (one.text, *one.statement.headings[-1:], one.heading, one.article.title)
        )

    @cached_property
    def _known(self) -> dict[str, frozenset[Name]]:
        """What was found in texts before: headings and titles are asked about again and again."""
        return {}
