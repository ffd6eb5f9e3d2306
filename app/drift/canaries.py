"""The canary's files: its reference, its looks, and its alarms, below `drift/` in the data folder.

    drift/
      reference.json       the questions, and what the model made of them when it was written
      references/<id>.json those before it
      looks/<time>.json    one run each: the pass, and how it compared
      alarms/<time>.json   what moved, with the cases side by side; open until somebody closes it

An alarm is written before anybody is told of it, so that a webhook that fails loses nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from app.answer import Outcome
from app.drift.comparison import Compared
from app.drift.observation import CanaryQuestion, Observation, Pass
from app.errors import ConflictError, DriftError, NotFoundError
from app.releases.release import Pinned
from knowledge_base.whole_files import locked, replace_file

CANARY = "drift"
_ALARMS = "alarms"
_Kind = TypeVar("_Kind", bound=BaseModel)
_NAME = "%Y%m%dT%H%M%S%fZ"


class Reference(BaseModel):
    """What a release's model made of the questions when it was known to be good."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    created: datetime
    release: str
    """Id of the release; `unreleased-…` where none serves."""
    generation: str
    """Id of the index generation, which every look is answered from."""
    model: str
    """`provider:name`, or `quoting`."""
    day: date
    """The day by whose rules all looks are answered."""
    seed: int
    questions: tuple[CanaryQuestion, ...]
    passes: tuple[Pass, ...]
    pinned: Pinned | None = None
    """What answered, in full; None in references of before this was kept."""


class Look(BaseModel):
    """One run of the canary."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    reference: str
    number: int
    """Which look at its reference it is, from 1; 0 where it couldn't be judged."""
    at: datetime
    level: float
    """What it could spend of the false-alarm rate."""
    asked: Pass
    compared: Compared | None
    """None where too many questions failed to judge it."""


class ChangedCase(BaseModel):
    """One question whose answer moved, side by side."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    before: str
    """The draft of the reference's first pass."""
    now: str
    outcome_before: Outcome | None
    outcome_now: Outcome | None
    held_before: bool
    holds_now: bool


class Alarm(BaseModel):
    """What has moved, by which cases, and what became of telling it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    look: str
    reference: str
    release: str
    at: datetime
    summary: str
    compared: Compared
    cases: tuple[ChangedCase, ...]
    told: datetime | None = None
    """When the webhook took it; None where it hasn't, or there is none."""
    closed: datetime | None = None
    closed_by: str | None = None
    """None while it is open, and where it was closed before this was kept."""
    why: str | None = None
    """What the one who closed it found."""


@dataclass(frozen=True, slots=True)
class Closing:
    """Who closes an alarm, when, and what was found."""

    who: str
    why: str
    at: datetime


class Canaries:
    """Reads and writes the canary's files of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / CANARY

    def reference(self) -> Reference:
        """Return the reference that looks are compared with.

        Raises:
            DriftError: There is none, or it can't be read.
        """
        path = self._folder / "reference.json"
        if not path.is_file():
            raise DriftError("the canary has no reference yet: run `candor canary reference`")
        return _read(path, Reference)

    def keep_reference(self, reference: Reference) -> None:
        """Write the reference that looks are compared with from now on."""
        self._write(f"references/{reference.id}.json", reference)
        self._write("reference.json", reference)

    def keep_look(self, look: Look) -> None:
        """Write a look."""
        self._write(f"looks/{look.id}.json", look)

    def looks(self) -> Iterator[Look]:
        """Yield the looks, the newest first.

        Raises:
            DriftError: One can't be read.
        """
        for path in sorted((self._folder / "looks").glob("*.json"), reverse=True):
            yield _read(path, Look)

    def looks_at(self, reference: str) -> int:
        """Return how many looks at a reference have spent their share."""
        return sum(1 for one in self.looks() if one.reference == reference and one.number)

    def keep_alarm(self, alarm: Alarm) -> None:
        """Write an alarm that was raised."""
        self._write(f"{_ALARMS}/{alarm.id}.json", alarm)

    def alarms(self) -> Iterator[Alarm]:
        """Yield the alarms, the newest first.

        Raises:
            DriftError: One can't be read.
        """
        for path in sorted((self._folder / _ALARMS).glob("*.json"), reverse=True):
            yield _read(path, Alarm)

    def alarm(self, alarm: str) -> Alarm:
        """Return one alarm.

        Raises:
            NotFoundError: There is no such alarm.
        """
        for one in self.alarms():
            if one.id == alarm:
                return one
        raise NotFoundError(f"There is no alarm {alarm}.")

    def note_told(self, alarm: str, at: datetime) -> Alarm:
        """Note that somebody was told of an alarm, and return it.

        Raises:
            NotFoundError: There is no such alarm.
        """
        return self._changed(alarm, lambda found: found.model_copy(update={"told": at}))

    def close(self, alarm: str, closing: Closing) -> Alarm:
        """Close an alarm that somebody has seen to, and return it.

        Raises:
            NotFoundError: There is no such alarm.
            ConflictError: It is closed already.
        """
        return self._changed(alarm, lambda found: _closed(found, closing))

    def _changed(self, alarm: str, change: Callable[[Alarm], Alarm]) -> Alarm:
        """Change an alarm as it is now: the server and a look in its own process both may."""
        self.alarm(alarm)
        folder = self._folder / _ALARMS
        try:
            with locked(folder):
                changed = change(self.alarm(alarm))
                self.keep_alarm(changed)
        except OSError as error:
            raise DriftError(f"{folder} can't be locked ({error.strerror})") from error
        return changed

    def _write(self, name: str, content: BaseModel) -> None:
        path = self._folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, content.model_dump_json(indent=1).encode())
        except OSError as error:
            raise DriftError(f"{path} can't be written ({error.strerror}): make room") from error


def moment_id(moment: datetime) -> str:
    """Return the name of what happened at a moment in UTC, in the order of time."""
    return moment.strftime(_NAME)


def changed_cases(reference: Reference, look: Pass, compared: Compared) -> tuple[ChangedCase, ...]:
    """Return the questions that moved most, side by side."""
    texts = {one.id: one.text for one in reference.questions}
    before = _by_question(reference.passes[0])
    now = _by_question(look)
    return tuple(
        ChangedCase(
            question=texts[name],
            before=before[name].draft,
            now=now[name].draft,
            outcome_before=before[name].outcome,
            outcome_now=now[name].outcome,
            held_before=before[name].holds,
            holds_now=now[name].holds,
        )
        for name in compared.changed
    )


def _closed(alarm: Alarm, closing: Closing) -> Alarm:
    if alarm.closed is not None:
        raise ConflictError(f"Alarm {alarm.id} is closed already.")
    said = {"closed": closing.at, "closed_by": closing.who, "why": closing.why}
    return alarm.model_copy(update=said)


def _by_question(asked: Pass) -> Mapping[str, Observation]:
    return {one.question: one for one in asked.observations}


def _read(path: Path, kind: type[_Kind]) -> _Kind:
    try:
        return kind.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise DriftError(f"{path} can't be read: move it away ({type(error).__name__})") from error
