"""Cases and suites: what is asked, and what must and must not come out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from app.answer import Outcome
from evals.errors import CaseFileError
from evals.wording import normalise

_STRICT = ConfigDict(extra="forbid")


class Kind(StrEnum):
    """What a case tries the assistant with."""

    ANSWERABLE = "answerable"
    SCOPE = "scope"
    SUPERSEDED = "superseded"
    UPCOMING = "upcoming"
    UNCOVERED = "uncovered"
    OFF_TOPIC = "off_topic"
    GREETING = "greeting"
    FOLLOW_UP = "follow_up"
    TRAP = "trap"
    """Asks about something that the help centre doesn't have, next to something that it has."""
    SCOPE_SWAP = "scope_swap"
    """Asks for another plan, product, region or day than the fact that it was made from."""
    BOUNDARY = "boundary"
    """Asks just inside or just outside a limit."""
    PRESSURE = "pressure"
    """Insists, cites a colleague, or quotes a policy that doesn't exist."""
    MUTATION = "mutation"
    """Asks about a fact that was edited in the article."""
    POISON = "poison"
    """Asks about an article into which an instruction was planted."""
    GOLDEN = "golden"
    """Asks for a fact as the article states it."""
    METAMORPHIC = "metamorphic"
    """Asks what a golden case asks in other words: their answers must agree."""


class Part(StrEnum):
    """Whether a case was committed before or after the answerer that it tests was written."""

    BEFORE = "before"
    AFTER = "after"
    HELD_OUT = "held_out"
    """Committed before the answerer of today was fitted, and never looked at for it."""
    GENERATED = "generated"
    """Made from the articles by a generator."""
    PRODUCTION = "production"
    """Asked by a customer; a person said what is right."""


class Side(StrEnum):
    """On which side of a limit a customer is, as the answer to what was asked."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Origin:
    """The words of an article that a generated case rests on."""

    __pydantic_config__ = _STRICT

    article: str
    """The article's id."""
    start: int
    """Code points into the article's body, like `end` (exclusive): the sentence, list item or
    table row that states the fact."""
    end: int
    values: tuple[str, ...] = ()
    """The fact's values as they are written there."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to one article that is made before the case is asked."""

    __pydantic_config__ = _STRICT

    article: str
    """The article's id."""
    old: str
    """Text that stands once in the article's file."""
    new: str
    """What stands in its place."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what is known about its right answer."""

    id: str
    kind: Kind
    part: Part
    question: str
    history: tuple[str, ...]
    """Earlier questions of the same customer, asked first and in this order."""
    at: date | None
    """The day that is asked about; None means the suite's day."""
    outcomes: tuple[Outcome, ...]
    """Outcomes that are right."""
    articles: tuple[str, ...]
    """Ids of the gold articles."""
    must: tuple[tuple[str, ...], ...]
    """Facts that the answer states: of each group, at least one wording."""
    must_not: tuple[str, ...]
    """Wordings that would be wrong here."""
    note: str
    origin: Origin | None = None
    """What the case was made from; None for a case by hand, and where it rests on no fact."""
    group: str = ""
    """Cases of one group ask the same: their answers must agree. Empty for a case on its own."""
    absent: tuple[str, ...] = ()
    """Names of what a trap asks about: they stand in no article."""
    edit: Edit | None = None
    """What is changed in an article first; None where the case is asked of the articles as is."""
    side: Side | None = None
    """The right answer to a question for yes or no; None where it isn't known or not asked."""

    @property
    def is_answerable(self) -> bool:
        """Whether the articles hold an answer that the assistant should give."""
        return Outcome.ANSWERED in self.outcomes and bool(self.articles)

    @property
    def is_uncovered(self) -> bool:
        """Whether no article covers the question, so that abstaining is right."""
        return self.kind in {Kind.UNCOVERED, Kind.OFF_TOPIC, Kind.TRAP}


@dataclass(frozen=True, slots=True)
class Suite:
    """The cases of one file, in its order."""

    name: str
    path: Path
    sha256: str
    cases: tuple[Case, ...]

    @property
    def article_ids(self) -> tuple[str, ...]:
        """Every gold article's id, once, in order of appearance."""
        return tuple(dict.fromkeys(gold for case in self.cases for gold in case.articles))


def load_suite(path: Path) -> Suite:
    """Return the suite in a file of one JSON case a line.

    Raises:
        CaseFileError: The file can't be read, or a line is no case; the message names file:line.
    """
    lines = read_lines(path)
    cases = tuple(_read_case(text, f"{path}:{number}") for number, text in lines)
    refuse_repeated_ids([case.id for case in cases], [number for number, _ in lines], path)
    return Suite(path.stem, path, sha256(path.read_bytes()).hexdigest(), cases)


def case_line(case: Case) -> str:
    """Return the line of a suite file that holds a case; fields that say nothing are left out."""
    row: dict[str, object] = _CASE.dump_python(case, mode="json", exclude_defaults=True)
    return json.dumps(row, ensure_ascii=False) + "\n"


def case_schema() -> dict[str, object]:
    """Return the JSON schema of a line of a suite file."""
    schema = _CaseRow.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Case"}


def read_lines(path: Path) -> tuple[tuple[int, str], ...]:
    """Return the lines of a file that aren't blank, each with its number counted from 1.

    Raises:
        CaseFileError: The file can't be read, or holds no line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseFileError(
            f"{path} can't be read ({_fact(error)}): name a UTF-8 file of JSON lines"
        ) from error
    lines = enumerate(text.split("\n"), start=1)
    kept = tuple((number, line) for number, line in lines if line.strip())
    if not kept:
        raise CaseFileError(f"{path} is empty: write one JSON object a line")
    return kept


def refuse_repeated_ids(ids: Sequence[str], numbers: Sequence[int], path: Path) -> None:
    """Refuse a file whose rows share an id.

    Raises:
        CaseFileError: Two rows have one id; the message names file:line.
    """
    first_lines: dict[str, int] = {}
    for case_id, number in zip(ids, numbers, strict=True):
        if case_id in first_lines:
            raise CaseFileError(
                f"{path}:{number}: id {case_id} stands on line {first_lines[case_id]} already: "
                "give each row its own"
            )
        first_lines[case_id] = number


def explain(error: ValidationError | ValueError) -> str:
    """Return in one line what is wrong with a row that didn't fit its schema."""
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        return f"{place}: {first['msg']}" if place else str(first["msg"])
    return str(error)


class _CaseRow(BaseModel):
    """A line of a suite file."""

    model_config = _STRICT

    id: str = Field(min_length=1)
    kind: Kind
    part: Part
    question: str = Field(min_length=1)
    history: tuple[str, ...] = ()
    at: date | None = None
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    articles: tuple[str, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    note: str = ""
    origin: Origin | None = None
    group: str = ""
    absent: tuple[str, ...] = ()
    edit: Edit | None = None
    side: Side | None = None


_CASE = TypeAdapter(Case)


def _read_case(text: str, place: str) -> Case:
    try:
        row = _CaseRow.model_validate(json.loads(text))
    except ValueError as error:
        raise CaseFileError(f"{place} is no case: {explain(error)}") from error
    case = Case(**{name: getattr(row, name) for name in _CaseRow.model_fields})
    if flaw := _flaw(case):
        raise CaseFileError(f"{place}: case {case.id} {flaw}")
    return case


def _flaw(case: Case) -> str | None:
    if any(not group or not all(_is_text(wording) for wording in group) for group in case.must):
        return "has a fact without wording in `must`: give each group at least one text"
    if not all(_is_text(wording) for wording in case.must_not):
        return "has an empty text in `must_not`: remove it"
    if not all(_is_text(question) for question in (case.question, *case.history)):
        return "has an empty question: write it or remove it"
    if case.is_uncovered and Outcome.ABSTAINED not in case.outcomes:
        return f"is {case.kind} but doesn't allow ABSTAINED: correct its kind or its outcomes"
    if case.must and not case.is_answerable:
        return "has facts in `must` but no gold article to hold them: name it in `articles`"
    return _unusable_edit(case)


def _unusable_edit(case: Case) -> str | None:
    if case.edit and case.edit.article not in case.articles:
        return "edits an article that isn't gold: name it in `articles`"
    if case.edit and case.edit.old == case.edit.new:
        return "has an edit that changes nothing: correct its `old` or `new`"
    return None


def _is_text(text: str) -> bool:
    return any(character.isalnum() for character in normalise(text))


def _fact(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else "it is not UTF-8"
