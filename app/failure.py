"""What may be told to a client about an error; the rest goes to the log."""

import secrets
from dataclasses import dataclass
from http import HTTPStatus

import structlog

from app.errors import AnswererError, ModelTimeoutError
from app.store.records import EventName, TurnEvent
from knowledge_base.errors import CandorError, DamagedGenerationError, NoGenerationError

# Their own words are an operator's: they name folders, keys and settings of the server.
_TOLD_OTHERWISE: dict[type[BaseException], str] = {
    ModelTimeoutError: "Writing the answer took too long: ask again in a moment.",
    AnswererError: "The answer can't be written right now: ask again in a moment.",
    NoGenerationError: "No help articles are indexed yet: run `candor reindex`.",
    DamagedGenerationError: "The help articles can't be read right now: try again in a moment.",
}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as a client may see it."""

    status: int
    """HTTP status."""
    detail: str
    """One line: what went wrong and what to do next."""

    @property
    def title(self) -> str:
        """The status in words."""
        return HTTPStatus(self.status).phrase

    def problem(self) -> dict[str, object]:
        """Return the problem document (RFC 9457)."""
        return {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }


def describe(error: BaseException) -> Failure:
    """Return what a client may know of `error`, and log what it may not.

    An error that nobody foresaw gets an id, under which the log has its traceback.
    """
    expected = isinstance(error, CandorError)
    status = error.status if isinstance(error, CandorError) else HTTPStatus.INTERNAL_SERVER_ERROR
    if expected and status != HTTPStatus.INTERNAL_SERVER_ERROR:
        if status > HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.warning("unavailable", status=int(status), reason=str(error))
        return Failure(status, _told(error))
    reference = secrets.token_hex(4)
    _log.error("unexpected_error", reference=reference, exc_info=error)
    return Failure(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        f"Something went wrong on our side: ask again, and name {reference} if it stays so.",
    )


def failure_events(number: int, failure: Failure) -> tuple[TurnEvent, ...]:
    """Return the events that end a turn that failed; the first has `number`."""
    error = TurnEvent(number, EventName.ERROR, failure.problem())
    return error, done_after(error)


def done_after(event: TurnEvent) -> TurnEvent:
    """Return the event that ends a turn after its last word."""
    return TurnEvent(event.number + 1, EventName.DONE)


def _told(error: BaseException) -> str:
    otherwise = (told for kind, told in _TOLD_OTHERWISE.items() if isinstance(error, kind))
    return next(otherwise, str(error))
