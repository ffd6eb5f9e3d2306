"""The conversations behind a number: what is counted is chosen, and each turn has its link."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from app.api.admin.operation_schemas import MOST_TURNS, DayBody, TurnBody
from ui.operations.client import Number, OperationsClient
from ui.operations.figures import LABELS

_SIGNALS = ("abstained", "blocked", "disliked", "failed", "unknown", "seconds", "cost")
"""Those that a day or a release is shown with."""
_EVERY = "All turns"


def offer_turns(client: OperationsClient, shown: DayBody, of: Number, key: str) -> None:
    """Offer the turns behind each number that is shown of a day, or of a release."""
    choices = _choices(shown, of)
    chosen = st.selectbox("Conversations behind the number", list(choices), key=key)
    if chosen in choices:
        show_turns(client, choices[chosen])


def show_turns(client: OperationsClient, number: Number) -> None:
    """Draw the turns behind a number, each with a link to its conversation."""
    turns = client.turns(number)
    if not turns:
        st.caption("No turn counts for this number.")
        return
    st.dataframe(
        list(map(_turn_row, turns)),
        hide_index=True,
        column_config={
            "Conversation": st.column_config.LinkColumn("Conversation", display_text="open")
        },
    )
    if len(turns) == MOST_TURNS:
        st.caption(f"The {MOST_TURNS} that tell most; there may be more.")


def _choices(shown: DayBody, of: Number) -> Mapping[str, Number]:
    signals = {LABELS[name]: replace(of, signal=name) for name in _SIGNALS}
    outcomes = {f"Outcome {name}": replace(of, outcome=name) for name in shown.outcomes}
    return {_EVERY: of, **outcomes, **signals}


def _turn_row(turn: TurnBody) -> dict[str, object]:
    return {
        "Conversation": f"/?conversation={turn.conversation}",
        "Asked (UTC)": f"{turn.created:%Y-%m-%d %H:%M:%S}",
        "Outcome": turn.outcome,
        "Release": turn.release or "–",
        "Seconds": turn.seconds,
        "USD": turn.cost_usd,
        "Not as drafted": turn.kept_back,
        "Likeness": turn.similarity,
        "Turn": turn.turn,
    }
