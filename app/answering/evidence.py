"""Evidence: what speaks for each statement of the passages as an answer to a question.

Words match softly: "mend" supports "repair" as far as the embedder finds the two alike, and a
word of the question counts by how much of its meaning it carries: by its likeness to the whole.
A word that carries much and that nothing supports is a hole: the passages speak of other things.
None of this needs a list of words, so it works for any help centre.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.answer import Question
from app.answering.expectation import Expectation, asking_part, expectations, holds
from app.answering.statements import Statement, statements
from app.scope import Scopes
from app.wording import content_words
from knowledge_base.article import Passage
from knowledge_base.embedding import Embedder, Vectors

ARTICLES = 5
"""How many articles are read for one question."""
MOST_WORDS = 24
"""How many words of a question are weighed: the first ones."""
UNLIKE, ALIKE = 0.4, 0.75
"""Cosines of two words: below the first they are strangers, above the second they mean the same.

Read off pairs of words in part `before` of the sample suite and its articles.
"""

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement of a passage, and what speaks for it and against it."""

    passage: Passage
    statement: Statement
    similarity: float
    """Cosine of the question and the statement below its heading."""
    said: float
    """Share of the question's weight that the statement itself has words for."""
    covered: float
    """The same with its lead-in, headings and title."""
    hole: float
    """Weight of what is asked and has no word here, nor in the lead-in, headings and title."""
    lag: float
    """How far its passage's search score lies behind the best one's; 0 or less."""
    expected: frozenset[Expectation]
    """Which of the kinds of answer asked for it holds."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the passages have to say to a question."""

    question: Question
    expectations: frozenset[Expectation]
    candidates: tuple[Candidate, ...]
    """In reading order within each article, the best article first."""
    hole: float
    """Weight of what is asked and has no word in any of the candidates."""


class EvidenceReader:
    """Reads the statements of passages as evidence for a question."""

    def __init__(self, embedder: Embedder, scopes: Scopes) -> None:
        self._embedder = embedder
        self._scopes = scopes

    def read(self, question: Question, passages: Sequence[Passage]) -> Evidence:
        """Return the statements of the best articles' passages with what speaks for each.

        What is said of another plan, region … than the one asked about is left out.
        """
        found = tuple(
            (passage, said)
            for passage, said in _stated(passages)
            if not self._scopes.is_of_another(_below_heading(said), question.scope)
        )
        told = [content_words(_in_context(passage, said)) for passage, said in found]
        likeness = _Likeness(self._embedder, tuple(dict.fromkeys(_flat(told))))
        whole = likeness.of(question.query)
        asked = likeness.of(asking_part(question.query))
        similarities = likeness.similarities(question.query, [said for _, said in found])
        kinds = expectations(question.text)
        best = max((passage.score for passage, _ in found), default=0.0)
        candidates = tuple(
            Candidate(
                passage=passage,
                statement=said,
                similarity=similarity,
                said=whole.covered_by(content_words(said.text)),
                covered=whole.covered_by(context),
                hole=asked.hole_in(context),
                lag=passage.score - best,
                expected=frozenset(kind for kind in kinds if holds(kind, said.text)),
            )
            for (passage, said), context, similarity in zip(found, told, similarities, strict=True)
        )
        return Evidence(question, kinds, candidates, asked.hole_in(likeness.vocabulary))


class _Likeness:
    """How alike a question is to the statements and the words of the articles."""

    def __init__(self, embedder: Embedder, vocabulary: Sequence[str]) -> None:
        self._embedder = embedder
        self.vocabulary = tuple(vocabulary)

    def of(self, text: str) -> "_WeighedWords":
        words = tuple(dict.fromkeys(content_words(text)))[:MOST_WORDS]
        vectors = self._embedder.embed([text, *words])
        support = (vectors[1:] @ self._vectors.T - UNLIKE) / (ALIKE - UNLIKE)
        return _WeighedWords(
            weights=np.maximum(vectors[1:] @ vectors[0], 0),
            support=np.clip(support, 0, 1),
            places={word: place for place, word in enumerate(self.vocabulary)},
        )

    def similarities(self, query: str, said: Sequence[Statement]) -> tuple[float, ...]:
        vectors = self._embedder.embed([query, *(_below_heading(one) for one in said)])
        return tuple(float(cosine) for cosine in vectors[1:] @ vectors[0])

    @cached_property
    def _vectors(self) -> Vectors:
        return self._embedder.embed(self.vocabulary)


@dataclass(frozen=True, slots=True)
class _WeighedWords:
    """A text's content words: their weights, and how well each word told stands for each."""

    weights: Numbers
    support: Numbers
    """Shape `(words, vocabulary)`, 0 to 1."""
    places: dict[str, int]
    """Where each word of the vocabulary stands."""

    def covered_by(self, told: Sequence[str]) -> float:
        """Return the share of the weight that the words told have support for."""
        total = float(self.weights.sum())
        return float(self.weights @ self._best(told)) / total if total else 0.0

    def hole_in(self, told: Sequence[str]) -> float:
        """Return the greatest weight without support."""
        return float(np.max(self.weights * (1 - self._best(told)), initial=0.0))

    def _best(self, told: Sequence[str]) -> Numbers:
        places = [self.places[word] for word in told]
        return np.asarray(self.support[:, places].max(axis=1, initial=0))


def _stated(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Statement]]:
    """Yield the statements that lie in the passages, each once, with its passage."""
    by_article: dict[str, list[Passage]] = {}
    for passage in passages:
        by_article.setdefault(passage.article.id, []).append(passage)
    for held in list(by_article.values())[:ARTICLES]:
        for said in statements(held[0].article):
            owner = next((one for one in held if _holds(one, said)), None)
            if owner is not None:
                yield owner, said


def _holds(passage: Passage, said: Statement) -> bool:
    return passage.chunk.start <= said.start and said.end <= passage.chunk.end


def _in_context(passage: Passage, said: Statement) -> str:
    return "\n".join((passage.article.title, *said.headings, said.lead_in, said.text))


def _below_heading(said: Statement) -> str:
    return "\n".join(part for part in (*said.headings[-1:], said.lead_in, said.text) if part)


def _flat(told: Iterable[Sequence[str]]) -> Iterator[str]:
    return (word for words in told for word in words)
