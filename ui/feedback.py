"""Thumbs under an answer, and what was wrong with it."""

from typing import Literal, get_args

import streamlit as st

from app.api.schemas import FeedbackRequest, TurnBody
from ui.client import ApiClient
from ui.transport import ApiAwayError, ApiProblemError

Reason = Literal["wrong", "incomplete", "unclear", "off_topic", "other"]

_LABELS: dict[Reason, str] = {
    "wrong": "It's wrong",
    "incomplete": "Something is missing",
    "unclear": "I don't understand it",
    "off_topic": "It isn't what I asked",
    "other": "Something else",
}


def show(client: ApiClient, turn: TurnBody) -> None:
    """Draw the thumbs of one turn; a thumb down asks why."""
    _thumbs(client, turn.turn, turn.rating)


@st.fragment
def _thumbs(client: ApiClient, turn: str, rated: Literal["up", "down"] | None) -> None:
    key = f"thumb-{turn}"
    if key not in st.session_state and rated is not None:
        st.session_state[key] = int(rated == "up")
    thumb = st.feedback("thumbs", key=key, on_change=_store, args=(client, turn, key))
    if thumb == 0:
        _why(client, turn)


def _store(client: ApiClient, turn: str, key: str) -> None:
    thumb = st.session_state[key]
    request = None if thumb is None else FeedbackRequest(rating="up" if thumb else "down")
    _send(client, turn, request)


def _why(client: ApiClient, turn: str) -> None:
    with st.form(f"why-{turn}", border=False):
        reason: Reason | None = st.pills(
            "What was the matter?",
            get_args(Reason),
            format_func=lambda one: _LABELS[one],
            key=f"reason-{turn}",
        )
        comment = st.text_input("Anything else?", max_chars=2000, key=f"comment-{turn}")
        if st.form_submit_button("Send"):
            request = FeedbackRequest(rating="down", reason=reason, comment=comment or None)
            if _send(client, turn, request):
                st.caption("Thank you, we read this.")


def _send(client: ApiClient, turn: str, request: FeedbackRequest | None) -> bool:
    try:
        client.rate(turn, request)
    except (ApiAwayError, ApiProblemError):
        st.toast("Your feedback could not be saved. Please try again.", icon=":material/error:")
        return False
    return True
