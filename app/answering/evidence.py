"""Evidence: what speaks for each statement of the passages as an answer to a question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.answer import Question
from app.answering.expectation import Expectation, expectation, holds
from app.answering.lexicon import Lexicon
from app.answering.statements import Statement, statements
from knowledge_base.article import Passage
from knowledge_base.embedding import Embedder
from knowledge_base.keywords import stems


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement of a passage, and what speaks for it."""

    passage: Passage
    statement: Statement
    rank: int
    """Place of its article among those found, from 0."""
    similarity: float
    """Cosine of the question and the statement in its context."""
    overlap: float
    """Share of the question's weight whose words the statement itself holds."""
    coverage: float
    """The same with its lead-in, headings and title."""
    expected: bool
    """Whether it holds the kind of thing that was asked for."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A question's candidates, in reading order within each article, best article first."""

    expectation: Expectation
    weights: dict[str, float]
    """The stems of the question's content words with their weights."""
    candidates: tuple[Candidate, ...]


class EvidenceReader:
    """Reads the statements of passages as evidence for a question."""

    def __init__(self, lexicon: Lexicon, embedder: Embedder, articles: int = 5) -> None:
        self._lexicon = lexicon
        self._embedder = embedder
        self._articles = articles

    def read(self, question: Question, passages: Sequence[Passage]) -> Evidence:
        """Return the statements of the best articles' passages with what speaks for each."""
        kind = expectation(question.text)
        kind = expectation(question.query) if kind is Expectation.OPEN else kind
        weights = self._lexicon.weights(question.query)
        found = tuple(_stated(passages, self._articles))
        texts = [_in_context(passage, said) for passage, said, _ in found]
        vectors = self._embedder.embed([question.query, *texts])
        similarities = vectors[1:] @ vectors[0]
        return Evidence(
            kind,
            weights,
            tuple(
                _candidate(passage, said, rank, float(similarity), weights, kind)
                for (passage, said, rank), similarity in zip(found, similarities, strict=True)
            ),
        )


def _stated(
    passages: Sequence[Passage], most_articles: int
) -> Iterable[tuple[Passage, Statement, int]]:
    by_article: dict[str, list[Passage]] = {}
    for passage in passages:
        by_article.setdefault(passage.article.id, []).append(passage)
    for rank, held in enumerate(list(by_article.values())[:most_articles]):
        for said in statements(held[0].article):
            owner = next((one for one in held if _holds(one, said)), None)
            if owner is not None:
                yield owner, said, rank


def _holds(passage: Passage, said: Statement) -> bool:
    return passage.chunk.start <= said.start and said.end <= passage.chunk.end


def _candidate(
    passage: Passage,
    said: Statement,
    rank: int,
    similarity: float,
    weights: dict[str, float],
    kind: Expectation,
) -> Candidate:
    return Candidate(
        passage=passage,
        statement=said,
        rank=rank,
        similarity=similarity,
        overlap=_share(weights, said.text),
        coverage=_share(weights, _in_context(passage, said)),
        expected=holds(kind, f"{said.lead_in} {said.text}"),
    )


def _in_context(passage: Passage, said: Statement) -> str:
    return "\n".join((passage.article.title, *said.headings, said.lead_in, said.text))


def _share(weights: dict[str, float], text: str) -> float:
    total = sum(weights.values())
    said = set(stems(text))
    return sum(weight for stem, weight in weights.items() if stem in said) / total if total else 0.0
