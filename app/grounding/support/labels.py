"""Labels: claims of which people said whether their passages support them, in three formats.

- RAGTruth: `question, passages, answer, hallucinated, spans`: a claim that a span touches isn't
  supported;
- claims, as in AttributionBench: `claim, passages, supported`, and perhaps `question`;
- expert answers: `question, answer, gold`, with the help centre that holds the gold articles:
  every claim counts as supported.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.answer import Question
from app.grounding.claims import claims
from app.grounding.sources import Source, Sources
from app.grounding.support.check import is_spoken_of
from app.grounding.support.evidence import SupportEvidence
from app.grounding.support.features import SupportFeatures, features_of, overlap
from app.grounding.verdict import Claim
from knowledge_base.article import Article
from knowledge_base.errors import BadInputError

TOUCHED = 3
"""Letters and digits of a sentence that a marked span must hold to make it unsupported."""
_DAY = date(2026, 1, 1)
_MARKS = re.compile(r"[\W_]")


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """A claim with its features."""

    features: SupportFeatures
    overlap: float
    """Share of its words that the passages have."""
    supported: bool
    is_spoken_of: bool = True
    """Whether it shares a word with the passages; without one, nothing supports it."""


@dataclass(frozen=True, slots=True)
class LabelledAnswer:
    """The claims of one answer, or the single claim of a row."""

    id: str
    group: str
    """What it shares its passages or question with: kept together in a fold."""
    claims: tuple[LabelledClaim, ...]
    supported: bool
    count: float = 1.0
    """How often each of its claims counts in a fit."""


def read_labels(
    path: Path,
    articles: Mapping[str, Article] | None = None,
) -> tuple[LabelledAnswer, ...]:
    """Return the labelled answers of a file of JSON lines.

    Args:
        path: A file in one of the three formats.
        articles: By id, what expert answers rest on.

    Raises:
        BadInputError: The file can't be read, or a row has none of the formats.
    """
    reader = _Reader(articles or {})
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        return tuple(reader.answer(row) for row in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInputError(
            f"{path} holds no labels ({type(error).__name__}: {error}); "
            "see `candor gate fit --help` for the formats"
        ) from error


def is_held_out(row_id: str) -> bool:
    """Tell whether an id is of the half that is reported on: an odd sha256."""
    return int(hashlib.sha256(row_id.encode()).hexdigest(), 16) % 2 == 1


def sources_of_articles(articles: Iterable[Article]) -> Sources:
    """Return whole articles as sources."""
    return Sources(tuple(Source(one, 0, len(one.body)) for one in articles))


class _Reader:
    """Reads rows of one file; passages that come again are prepared once."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = articles
        self._made: dict[tuple[str, ...], Sources] = {}

    def answer(self, row: Mapping[str, Any]) -> LabelledAnswer:
        """Return a row of any format."""
        if "gold" in row:
            sources = sources_of_articles(self._articles[one] for one in row["gold"])
            return self._whole_answer(row, sources, group=str(row["id"]))
        sources = self._sources(row["passages"])
        if "answer" in row:
            return self._whole_answer(row, sources, group=str(row["source_id"]))
        claim = _claim(row["claim"], sources, row.get("question", ""), supported=row["supported"])
        group = str(row.get("question") or row["id"])
        return LabelledAnswer(str(row["id"]), group, (claim,), supported=claim.supported)

    def _sources(self, passages: Sequence[str]) -> Sources:
        texts = tuple(passages)
        if texts not in self._made:
            self._made[texts] = sources_of_articles(
                Article(id=str(place), title="", body=text, path="")
                for place, text in enumerate(texts)
            )
        return self._made[texts]

    def _whole_answer(self, row: Mapping[str, Any], sources: Sources, group: str) -> LabelledAnswer:
        text, spans = row["answer"], row.get("spans", ())
        read = tuple(
            _claim(
                one.text, sources, row["question"], supported=_touched(text, one, spans) < TOUCHED
            )
            for one in claims(text)
        )
        return LabelledAnswer(str(row["id"]), group, read, not row.get("hallucinated", False))


def _touched(text: str, claim: Claim, spans: Sequence[Mapping[str, int]]) -> int:
    """Return how many letters and digits of a claim the marked spans hold."""
    shared = (text[max(claim.start, span["start"]) : min(claim.end, span["end"])] for span in spans)
    return sum(len(_MARKS.sub("", one)) for one in shared)


def _claim(text: str, sources: Sources, question: str, *, supported: bool) -> LabelledClaim:
    evidence = SupportEvidence(text, sources, Question(question, question, _DAY))
    return LabelledClaim(
        features_of(evidence), overlap(evidence), supported, is_spoken_of(evidence)
    )
