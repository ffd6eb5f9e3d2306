"""The tab *Over time*: a signal by day, where it changed, and the conversations behind a day."""

from datetime import date

import streamlit as st

from app.api.admin.operation_schemas import SIGNALS, OperationsBody
from ui.admin import AdminApi
from ui.charts import show_over_time
from ui.operations.behind import show_turns
from ui.operations.client import Number, OperationsClient
from ui.operations.figures import LABELS, row_of, value_of

_SPANS = (7, 30, 90)


def show(api: AdminApi) -> None:
    """Draw a signal over time."""
    client = OperationsClient(api)
    chosen = st.segmented_control(
        "Days", _SPANS, default=_SPANS[1], key="operations-days", required=True
    )
    span = chosen or _SPANS[1]
    found = client.figures(span)
    if not found.days:
        st.info("Nobody has asked anything in these days.")
        return
    signal = st.selectbox(
        "Signal", SIGNALS, format_func=lambda name: LABELS[name], key="operations-signal"
    )
    _chart(found, signal)
    _behind(client, found, span, signal)
    with st.expander("All figures by day"):
        rows = [{"Day": str(day.day), **row_of(day)} for day in reversed(found.days)]
        st.dataframe(rows, hide_index=True)


def _chart(found: OperationsBody, signal: str) -> None:
    rows = [
        {"Day": day.day, LABELS[signal]: value}
        for day in found.days
        if (value := value_of(day, signal)) is not None
    ]
    if not rows:
        st.info("There is no value of this signal in these days.")
        return
    show_over_time(rows, "Day", [LABELS[signal]])
    told = [one for one in found.moved if one.signal == signal]
    for one in told:
        st.warning(
            f"Changed on {one.day}: {one.before:.3g} → {one.after:.3g} (p = {one.p:.2g}).",
            icon=":material/trending_up:",
        )
    if not told:
        st.caption("No change point in these days (Pettitt's test, 1 %).")


def _behind(client: OperationsClient, found: OperationsBody, span: int, signal: str) -> None:
    days = [day.day for day in reversed(found.days) if day.day is not None]
    day: date | None = st.selectbox("Conversations behind the day", days, key="operations-day")
    if day is not None:
        show_turns(client, Number(span, day, signal))
