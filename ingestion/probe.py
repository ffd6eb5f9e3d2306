"""The probe: questions whose articles are known, asked of a generation before it may serve."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ingestion.errors import FailedCheckError
from knowledge_base.embedding.embedder import Embedder
from knowledge_base.embedding.knowing import KnowingEmbedder
from knowledge_base.errors import BadInputError, in_one_line
from knowledge_base.generations.manifest import ProbeScore
from knowledge_base.searching.search import SearchedGeneration, SearchIndex

FIRST = 5
"""A question is found where one of its articles is among so many."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the articles that answer it."""

    text: str
    articles: frozenset[str]
    at: date
    """The day it is asked as of."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Questions to ask, and how much worse than before they may fare."""

    name: str
    """File name and content hash: scores of one name are comparable."""
    questions: tuple[Question, ...]
    allowed_drop: float
    """Share of the questions, from 0 to 1, by which fewer may be found than before."""

    def score(self, generation: SearchedGeneration, embedder: Embedder) -> ProbeScore:
        """Return how many of the questions find one of their articles."""
        texts = [question.text for question in self.questions]
        known = KnowingEmbedder(embedder, dict(zip(texts, embedder.embed(texts), strict=True)))
        search = SearchIndex(generation, known)
        found = sum(_is_found(search, question) for question in self.questions)
        return ProbeScore(probe=self.name, questions=len(self.questions), found=found)

    def compare(self, score: ProbeScore, before: ProbeScore | None) -> None:
        """Compare the score with that of the generation that serves.

        Raises:
            FailedCheckError: Too many fewer questions find their articles.
        """
        if before is None or before.probe != score.probe:
            return
        is_now, was = score.found / score.questions, before.found / before.questions
        if is_now < was - self.allowed_drop:
            raise FailedCheckError(
                f"{score.found} of {score.questions} probe questions find their article, "
                f"it was {before.found} of {before.questions}; "
                f"CANDOR_PROBE_ALLOWED_DROP is {self.allowed_drop}"
            )


class _Row(BaseModel):
    """A row of a probe file; a suite's rows have more fields."""

    model_config = ConfigDict(frozen=True)

    question: str
    articles: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    at: date | None = None


def read_probe(path: Path, *, today: date, allowed_drop: float) -> Probe:
    """Return the probe in a file of JSON lines: `question`, `articles` or `gold`, `at`?.

    Rows without gold articles, and those with a `history` that they need, are left out.

    Raises:
        BadInputError: The file can't be read, a row is no question, or none can be asked.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInputError(f"the probe {path} can't be read ({error.strerror})") from error
    rows = list(_rows(path, content))
    questions = tuple(
        Question(row.question.strip(), gold, row.at or today)
        for row in rows
        if (gold := frozenset(row.articles + row.gold)) and not row.history
    )
    if not questions:
        raise BadInputError(f"the probe {path} holds no question with gold articles")
    digest = hashlib.sha256(content).hexdigest()
    return Probe(f"{path.name}-{digest[:12]}", questions, allowed_drop)


def _rows(path: Path, content: bytes) -> Iterator[_Row]:
    for number, line in enumerate(content.splitlines(), 1):
        if line.strip():
            try:
                yield _Row.model_validate_json(line)
            except ValidationError as error:
                raise BadInputError(
                    f"{path}:{number} is no question with `articles` or `gold` "
                    f"({in_one_line(error)})"
                ) from error


def _is_found(search: SearchIndex, question: Question) -> bool:
    found = search.search(question.text, limit=FIRST, at=question.at)
    return any(ranked.article.id in question.articles for ranked in found.articles)
