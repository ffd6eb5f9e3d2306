"""A help centre as the project reads it: its articles in force, their chunks and policy facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from benchmarks.policy_sample import articles
from ingestion.chunking import Chunker
from knowledge_base.article import Article, Chunk
from knowledge_base.policy.fact import PolicyFact
from knowledge_base.policy.reader import FactReader
from knowledge_base.sentences import SentenceKind
from knowledge_base.statements import Statement, statements
from knowledge_base.validity import Standing, standing, supersessions

DAY = date(2026, 11, 1)
"""Articles that aren't in force on it are left out, as a search leaves them out."""


@dataclass(frozen=True, slots=True)
class PolicySentence:
    """A sentence, list item or table row that states policy facts."""

    article: Article
    chunk: Chunk
    statement: Statement
    facts: tuple[PolicyFact, ...]

    @property
    def text(self) -> str:
        """The words as they stand in the article."""
        return self.article.body[self.statement.start : self.statement.end]

    @property
    def id(self) -> str:
        """Its place."""
        return f"{self.article.id}#{self.statement.start}"

    @property
    def headings(self) -> tuple[str, ...]:
        """The article's title, then the headings above."""
        return (self.article.title, *self.statement.headings)


@dataclass(frozen=True)
class HelpCentre:
    """The articles of one company that are in force, cut into chunks."""

    name: str
    articles: tuple[Article, ...]

    @classmethod
    def read(cls, name: str, folder: Path) -> "HelpCentre":
        """Return the help centre whose articles lie in `folder`."""
        return cls(name, tuple(_in_force(tuple(articles(folder)))))

    @cached_property
    def chunks(self) -> tuple[tuple[Article, Chunk], ...]:
        """All chunks, each with its article."""
        chunker = Chunker()
        return tuple(
            (article, chunk) for article in self.articles for chunk in chunker.cut(article)
        )

    @cached_property
    def policies(self) -> tuple[PolicySentence, ...]:
        """The sentences that state a policy fact, in the order of the articles."""
        return tuple(self._policies())

    @cached_property
    def said(self) -> tuple[tuple[Article, Statement], ...]:
        """Everything that the articles say, each with its article."""
        return tuple(
            (article, one) for article in self.articles for one in statements(article.body)
        )

    @cached_property
    def items(self) -> tuple[PolicySentence, ...]:
        """The list items that state no policy fact by themselves; the line above them may."""
        policies = {(one.article.id, one.statement.start) for one in self.policies}
        chunks = self._chunks_of
        return tuple(
            PolicySentence(article, chunk, said, ())
            for article, said in self.said
            if said.kind is SentenceKind.LIST_ITEM
            and (article.id, said.start) not in policies
            and (chunk := _holder(chunks[article.id], said)) is not None
        )

    @cached_property
    def _chunks_of(self) -> dict[str, list[Chunk]]:
        held: dict[str, list[Chunk]] = {article.id: [] for article in self.articles}
        for article, chunk in self.chunks:
            held[article.id].append(chunk)
        return held

    def _policies(self) -> Iterator[PolicySentence]:
        reader = FactReader(self.articles)
        for article in self.articles:
            facts = reader.read(article)
            chunks = self._chunks_of[article.id]
            for said in statements(article.body):
                inside = tuple(fact for fact in facts if fact.sentence_start == said.start)
                chunk = _holder(chunks, said)
                if inside and chunk is not None:
                    yield PolicySentence(article, chunk, said, inside)


def _in_force(listed: Sequence[Article]) -> Iterator[Article]:
    replaced = supersessions(listed)
    for article in listed:
        if standing(article, DAY, replaced) is Standing.IN_FORCE:
            yield article


def _holder(chunks: Sequence[Chunk], said: Statement) -> Chunk | None:
    holding = (one for one in chunks if one.start <= said.start and said.end <= one.end)
    return next(holding, None)
