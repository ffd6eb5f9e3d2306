"""The API as the page sees it: typed calls, and the events of a turn that survive a lost stream."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from urllib.parse import quote

import httpx
from httpx_sse import EventSource, ServerSentEvent, connect_sse

from app.api.schemas import (
    ArticleBody,
    ChatRequest,
    ConversationBody,
    FeedbackRequest,
    ReceiptsBody,
    SentenceBody,
)
from ui.transport import ApiAwayError, checked, parsed, send

_RESUMES = 5  # times that a lost stream is taken up again before the page gives up


@dataclass(frozen=True, slots=True)
class TurnStarted:
    """The turn has an id: from here on it lives on the server."""

    conversation: str
    turn: str


@dataclass(frozen=True, slots=True)
class SentenceArrived:
    """One released sentence."""

    sentence: SentenceBody


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The outcome and whole text of the answer."""

    outcome: str
    text: str


@dataclass(frozen=True, slots=True)
class TurnFailed:
    """The turn ended without an answer."""

    reason: str


TurnEvent = TurnStarted | SentenceArrived | TurnEnded | TurnFailed


class ApiClient:
    """Speaks to one API."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def is_up(self) -> bool:
        """Return whether the API answers at all."""
        try:
            return self._http.get("/healthz", timeout=2).is_success
        except httpx.TransportError:
            return False

    def begin(self) -> str:
        """Return the id of a new conversation.

        Raises:
            ApiAwayError: The API can't be reached.
            ApiProblemError: The API refused.
        """
        return parsed(ConversationBody, send(self._http, "POST", "/v1/conversations")).conversation

    def conversation(self, conversation: str) -> ConversationBody | None:
        """Return a conversation with its turns, or None where the API doesn't know it.

        Raises:
            ApiAwayError: The API can't be reached.
            ApiProblemError: The API refused.
        """
        response = send(self._http, "GET", f"/v1/conversations/{quote(conversation, safe='')}")
        known = response.status_code != httpx.codes.NOT_FOUND
        return parsed(ConversationBody, response) if known else None

    def article(self, article: str, generation: str | None = None) -> ArticleBody | None:
        """Return an article as `generation` had it, or None where it is gone.

        Raises:
            ApiAwayError: The API can't be reached.
            ApiProblemError: The API refused.
        """
        parameters = {"generation": generation} if generation else {}
        path = f"/v1/articles/{quote(article, safe='/')}"
        response = send(self._http, "GET", path, params=parameters)
        known = response.status_code != httpx.codes.NOT_FOUND
        return parsed(ArticleBody, response) if known else None

    def receipts(self, turn: str) -> ReceiptsBody:
        """Return what the sentences of a turn rest on.

        Raises:
            ApiAwayError: The API can't be reached.
            ApiProblemError: The API refused.
        """
        path = f"/v1/turns/{quote(turn, safe='')}/receipts"
        return parsed(ReceiptsBody, send(self._http, "GET", path))

    def rate(self, turn: str, feedback: FeedbackRequest | None) -> None:
        """Store what the customer thought of a turn, nothing where it is taken back.

        Raises:
            ApiAwayError: The API can't be reached.
            ApiProblemError: The API refused.
        """
        path = f"/v1/turns/{quote(turn, safe='')}/feedback"
        if feedback is None:
            checked(send(self._http, "DELETE", path))
        else:
            checked(send(self._http, "POST", path, json=feedback.model_dump(mode="json")))

    def ask(self, request: ChatRequest) -> Iterator[TurnEvent]:
        """Yield the events of a new turn, taking up the stream again where it is lost.

        Raises:
            ApiAwayError: The API can't be reached.
            ApiProblemError: The API refused the question.
        """
        stream = connect_sse(
            self._http,
            "POST",
            "/v1/chat",
            json=request.model_dump(mode="json", exclude_none=True),
        )
        yield from self._follow(stream, turn=None)

    def follow(self, turn: str) -> Iterator[TurnEvent]:
        """Yield the events of a turn from its start, as they come.

        Raises:
            ApiAwayError: The API can't be reached.
            ApiProblemError: The API refused.
        """
        yield from self._follow(self._resumed(turn, ""), turn)

    def _resumed(self, turn: str, last: str) -> AbstractContextManager[EventSource]:
        headers = {"Last-Event-ID": last} if last else {}
        path = f"/v1/turns/{quote(turn, safe='')}/events"
        return connect_sse(self._http, "GET", path, headers=headers)

    def _follow(
        self, stream: AbstractContextManager[EventSource], turn: str | None
    ) -> Iterator[TurnEvent]:
        last = ""
        for _ in range(_RESUMES):
            try:
                with stream as source:
                    if checked(source.response).status_code == httpx.codes.NO_CONTENT:
                        return
                    for event in _told(source):
                        last = event.id or last
                        if event.event == _DONE:
                            return
                        read = _EVENTS[event.event](event.json())
                        turn = read.turn if isinstance(read, TurnStarted) else turn
                        yield read
            except httpx.TransportError as error:
                if turn is None:
                    raise ApiAwayError from error
            if turn is None:
                break
            stream = self._resumed(turn, last)
        raise ApiAwayError


def _told(source: EventSource) -> Iterator[ServerSentEvent]:
    """Yield what a turn tells; httpx-sse makes an empty event of each comment line."""
    return (event for event in source.iter_sse() if event.event in {*_EVENTS, _DONE})


def _sentence(data: Mapping[str, object]) -> TurnEvent:
    return SentenceArrived(SentenceBody.model_validate(data))


def _ended(data: Mapping[str, object]) -> TurnEvent:
    return TurnEnded(str(data["outcome"]), str(data["text"]))


def _started(data: Mapping[str, object]) -> TurnEvent:
    return TurnStarted(str(data["conversation"]), str(data["turn"]))


def _failed(data: Mapping[str, object]) -> TurnEvent:
    return TurnFailed(str(data["detail"]))


_EVENTS = {"turn": _started, "sentence": _sentence, "outcome": _ended, "error": _failed}
_DONE = "done"
