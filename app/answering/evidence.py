"""Evidence: what speaks for each statement of the passages as an answer to a question.

Words match softly: "mend" supports "repair" as far as the embedder finds the two alike, and a
word of the question counts by how much of its meaning it carries: by its likeness to the whole.
A word that carries much and that nothing supports is a hole: the passages speak of other things.
None of this needs a list of words, so it works for any help centre.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from app.answer import Question
from app.answering.expectation import Expectation, asking_part, expectations, holds
from app.grounding.offering import words_for_offers
from app.wording import content_words
from knowledge_base.article import Passage
from knowledge_base.embedding.embedder import Embedder, Vectors
from knowledge_base.scope import Scopes
from knowledge_base.statements import Statement, statements

ARTICLES = 5
"""How many articles are read for one question."""
ARTICLES_KEPT = 1000
"""How many articles are kept taken apart."""
MOST_WORDS = 24
"""How many words of a question are weighed: the first ones."""
UNLIKE, ALIKE = 0.4, 0.75
"""Cosines of two words: below the first they are strangers, above the second they mean the same.

Read off pairs of words in part `before` of the sample suite and its articles.
"""

SAME = 0.7
"""Cosine from which a word stands for another one, where a thing is named.

Set on the questions of `benchmarks/answering_questions.jsonl` and the sample suite.
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
    unheard: tuple[str, ...] = ()
    """Words for a thing that the question takes to be offered: no article has them, and no
    candidate one that means the same."""


class EvidenceReader:
    """Reads the statements of passages as evidence for a question."""

    def __init__(self, embedder: Embedder, scopes: Scopes) -> None:
        self._embedder = embedder
        self._scopes = scopes
        self._told = lru_cache(maxsize=ARTICLES_KEPT)(_told)

    def read(self, question: Question, passages: Sequence[Passage]) -> Evidence:
        """Return the statements of the best articles' passages with what speaks for each.

        What is said of another plan, region … than the one asked about is left out.
        """
        found = tuple(self._found(question, passages))
        likeness = _Likeness(self._embedder, tuple(dict.fromkeys(_flat(found))))
        whole = likeness.of(question.query)
        asked = likeness.of(asking_part(question.query))
        similarities = likeness.similarities(question.query, [told.text for _, told in found])
        kinds = expectations(question.text)
        best = max((passage.score for passage, _ in found), default=0.0)
        candidates = tuple(
            Candidate(
                passage=passage,
                statement=told.statement,
                similarity=similarity,
                said=whole.covered_by(told.words),
                covered=whole.covered_by(told.context),
                hole=asked.hole_in(told.context),
                lag=passage.score - best,
                expected=frozenset(kind for kind in kinds if holds(kind, told.statement.text)),
            )
            for (passage, told), similarity in zip(found, similarities, strict=True)
        )
        hole = asked.hole_in(likeness.vocabulary)
        return Evidence(question, kinds, candidates, hole, self._unheard(question, likeness))

    def _unheard(self, question: Question, likeness: "_Likeness") -> tuple[str, ...]:
        words = words_for_offers(question.text)
        strange = tuple(word for word in words if not self._scopes.knows(word))
        return tuple(word for word in strange if likeness.closest(word) < SAME)

    def _found(
        self, question: Question, passages: Sequence[Passage]
    ) -> Iterator[tuple[Passage, "_Told"]]:
        """Yield what the passages of the best articles tell, each once, with its passage."""
        by_article: dict[str, list[Passage]] = {}
        for passage in passages:
            by_article.setdefault(passage.article.id, []).append(passage)
        for held in list(by_article.values())[:ARTICLES]:
            article = held[0].article
            for told in self._told(article.title, article.body):
                owner = next((one for one in held if _holds(one, told.statement)), None)
                if owner and not self._scopes.is_of_another(told.text, question.scope):
                    yield owner, told


@dataclass(frozen=True, slots=True)
class _Told:
    """A statement, ready to be compared with a question."""

    statement: Statement
    text: str
    """The statement below its heading."""
    words: tuple[str, ...]
    """Its own content words."""
    context: tuple[str, ...]
    """Those and the ones of its lead-in, headings and title."""


def _told(title: str, body: str) -> tuple[_Told, ...]:
    return tuple(
        _Told(
            statement=said,
            text="\n".join(part for part in (*said.headings[-1:], said.lead_in, said.text) if part),
            words=content_words(said.text),
            context=content_words("\n".join((title, *said.headings, said.lead_in, said.text))),
        )
        for said in statements(body)
    )


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

    def similarities(self, query: str, texts: Sequence[str]) -> tuple[float, ...]:
        vectors = self._embedder.embed([query, *texts])
        return tuple(float(cosine) for cosine in vectors[1:] @ vectors[0])

    def closest(self, word: str) -> float:
        """Return the greatest cosine of a word of the vocabulary with this one; 0 without any."""
        vector = self._embedder.embed([word])[0]
        return float(np.max(self._vectors @ vector, initial=0.0))

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


def _holds(passage: Passage, said: Statement) -> bool:
    return passage.chunk.start <= said.start and said.end <= passage.chunk.end


def _flat(found: Iterable[tuple[Passage, _Told]]) -> Iterator[str]:
    return (word for _, told in found for word in told.context)
