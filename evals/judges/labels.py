"""Labels: answers of which people said whether something in them isn't in their passages.

One JSON object a line: `id`, `passages` (texts), `answer`, `hallucinated` (true or false), and
where they are known `question` and `source_id`, which answers about the same passages share;
further fields are ignored. RAGTruth's rows have this form.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from app.answer import Answer, Citation, Outcome, Sentence
from evals.case import Case, Kind, Part, explain, read_lines, refuse_repeated_ids
from evals.errors import CaseFileError
from knowledge_base.article import Article, Chunk, Passage
from knowledge_base.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Label:
    """An answer to a question from passages, and what people said of it."""

    id: str
    source: str
    """What it shares its passages with; drawn together where answers are drawn."""
    question: str
    passages: tuple[str, ...]
    answer: str
    hallucinated: bool

    @property
    def case(self) -> Case:
        """The question as a case, which knows no right answer."""
        return Case(
            id=self.id,
            kind=Kind.ANSWERABLE,
            part=Part.HELD_OUT,
            question=self.question,
            history=(),
            at=None,
            outcomes=(Outcome.ANSWERED,),
            articles=(),
            must=(),
            must_not=(),
            note="",
        )

    @property
    def released(self) -> Answer:
        """The answer as if each of its sentences had been released, citing all passages whole."""
        passages = tuple(_passage(number, text) for number, text in enumerate(self.passages, 1))
        cited = tuple(Citation(one, 0, len(one.article.body)) for one in passages)
        spans = split_sentences(self.answer)
        return Answer(
            outcome=Outcome.ANSWERED,
            text=self.answer,
            sentences=tuple(Sentence(self.answer[one.start : one.end], cited) for one in spans),
            passages=passages,
        )


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The labels of one file, in its order."""

    name: str
    sha256: str
    labels: tuple[Label, ...]


def load_labels(path: Path) -> LabelSet:
    """Return the labels in a file of JSON lines.

    Raises:
        CaseFileError: The file can't be read, or a row is no label; the message names file:line.
    """
    lines = read_lines(path)
    labels = tuple(_read(text, f"{path}:{number}") for number, text in lines)
    refuse_repeated_ids([one.id for one in labels], [number for number, _ in lines], path)
    return LabelSet(path.name, sha256(path.read_bytes()).hexdigest(), labels)


class _LabelRow(BaseModel):
    """A line of a file of labels."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    source_id: str | None = None
    question: str = ""
    passages: tuple[str, ...] = Field(min_length=1)
    answer: str = Field(min_length=1)
    hallucinated: bool


def _read(text: str, place: str) -> Label:
    try:
        row = _LabelRow.model_validate(json.loads(text))
    except ValueError as error:
        raise CaseFileError(f"{place} is no label: {explain(error)}") from error
    source = row.source_id or row.id
    return Label(row.id, source, row.question, row.passages, row.answer, row.hallucinated)


def _passage(number: int, text: str) -> Passage:
    article = Article(f"passage-{number}", "", text, f"{number}.md")
    return Passage(Chunk(article.id, (), 0, len(text), text), article, 1.0)
