"""The chat: a customer asks, answers stream in, and each citation opens its passage.

The conversation lives on the server under the id in the page's address, and so does a running
turn: whatever stops this script, the next run finds the turn and goes on reading it. A question
waits in the session until the server has it, so that one asked too early isn't lost either.
"""

from collections.abc import Iterable, Iterator

import streamlit as st

from app.api.schemas import ChatRequest, ConversationBody, TurnBody
from ui import answer, feedback, receipts
from ui.client import (
    ApiClient,
    SentenceArrived,
    TurnEnded,
    TurnEvent,
    TurnFailed,
)
from ui.reconnection import look_again
from ui.settings import UiSettings
from ui.transport import ApiAwayError, ApiProblemError

_ADDRESS = "conversation"
_WAITING = "waiting"
"""Where a question stands in the session until the server has it."""


def show(client: ApiClient, settings: UiSettings) -> None:
    """Draw the whole page."""
    st.set_page_config(page_title=f"{settings.ui_title} help", page_icon=":material/support_agent:")
    st.html(answer.STYLE)
    _header(settings)
    try:
        _conversation(client, settings)
    except ApiAwayError:
        _away(client)
    except ApiProblemError as problem:
        st.session_state.pop(_WAITING, None)
        said = answer.plain(str(problem).rstrip("."))
        st.error(f"That didn't work: {said}.", icon=":material/error:")


def _header(settings: UiSettings) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(f"{settings.ui_title} help")
        if st.button("New conversation", icon=":material/add:", key="new"):
            st.session_state.pop(_WAITING, None)
            st.query_params.clear()
            st.rerun()


def _conversation(client: ApiClient, settings: UiSettings) -> None:
    if typed := st.chat_input("Ask about orders, returns, memberships …", key="question"):
        st.session_state[_WAITING] = typed
    conversation = _known(client)
    turns = conversation.turns if conversation else ()
    greeting = st.empty()
    if not turns and _WAITING not in st.session_state:
        with greeting.container():
            _starters(settings)
    if _WAITING in st.session_state:
        greeting.empty()
    for turn in turns:
        _turn(client, turn)
    if _WAITING in st.session_state:
        _ask(client, st.session_state[_WAITING], conversation)


def _known(client: ApiClient) -> ConversationBody | None:
    named = st.query_params.get(_ADDRESS)
    if named is None:
        return None
    found = client.conversation(named)
    if found is None:
        st.warning("That conversation is no longer there. You can start a new one below.")
        st.query_params.clear()
    return found


def _starters(settings: UiSettings) -> None:
    st.write(
        "Ask a question about your order, a return, a rental or your membership. "
        "Every answer shows the help article that it comes from."
    )
    for position, question in enumerate(settings.starter_questions):
        if st.button(question, key=f"starter-{position}", width="stretch"):
            st.session_state[_WAITING] = question


def _turn(client: ApiClient, turn: TurnBody) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        st.text(turn.question)
    with st.chat_message("assistant", avatar=":material/support_agent:"):
        if turn.state == "running":
            _stream(client.follow(turn.turn))
            st.rerun()
        answer.show(client, turn)
        if turn.outcome is not None:
            receipts.show(client, turn)
            feedback.show(client, turn)


def _ask(client: ApiClient, question: str, conversation: ConversationBody | None) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        st.text(question)
    with st.chat_message("assistant", avatar=":material/support_agent:"):
        named = conversation.conversation if conversation else client.begin()
        st.query_params[_ADDRESS] = named
        _stream(_taken(client.ask(ChatRequest(question=question, conversation=named))))
    st.rerun()  # the turn has ended: draw it from the server's record, with its citations


def _taken(events: Iterable[TurnEvent]) -> Iterator[TurnEvent]:
    """Yield a new turn's events; from the first on, the question waits no longer."""
    for event in events:
        st.session_state.pop(_WAITING, None)
        yield event


def _stream(events: Iterable[TurnEvent]) -> None:
    shown = st.empty()
    shown.html(answer.waiting())
    arrived: list[str] = []
    for event in events:
        if isinstance(event, SentenceArrived):
            arrived.append(event.sentence.text)
            shown.html(answer.streaming(arrived))
        elif isinstance(event, TurnEnded):
            shown.html(answer.streaming(arrived or [event.text]))
        elif isinstance(event, TurnFailed):
            shown.error(answer.plain(event.reason), icon=":material/error:")


def _away(client: ApiClient) -> None:
    st.warning(
        "We can't reach the assistant right now. This page tries again by itself; "
        "your conversation is kept.",
        icon=":material/cloud_off:",
    )
    look_again(client)
