"""The tab *Today*: what today comes to, and what asks to be looked at."""

import streamlit as st

from app.api.admin.operation_schemas import CanaryBody, DayBody, OperationsBody
from ui.admin import AdminApi
from ui.answer import plain
from ui.operations.behind import offer_turns
from ui.operations.client import Number, OperationsClient
from ui.operations.figures import LABELS, dollars, said, seconds
from ui.operations.way_back import offer_on_alarm

_DAYS = 30


def show(api: AdminApi) -> None:
    """Draw today."""
    client = OperationsClient(api)
    found, canary = client.figures(_DAYS), client.canary()
    _warn(found, canary)
    offer_on_alarm(api, canary)
    today = next((day for day in found.days if day.day == found.today), None)
    _serving(found)
    if today is None:
        st.info("Nobody has asked anything today yet.")
    else:
        _figures(today)
        offer_turns(client, today, Number(_DAYS, found.today), "operations-today")
    _budgets(found)
    _scores(found)


def _warn(found: OperationsBody, canary: CanaryBody) -> None:
    for alarm in canary.alarms:
        if alarm.closed is None:
            st.error(
                plain(f"The model has changed ({alarm.at:%Y-%m-%d %H:%M} UTC): {alarm.summary}"),
                icon=":material/crisis_alert:",
            )
    if canary.frozen:
        st.warning(plain(f"Nothing can be promoted: {canary.frozen}"), icon=":material/ac_unit:")
    for one in found.moved:
        st.warning(
            f"{LABELS[one.signal]} changed on {one.day}: {one.before:.3g} → {one.after:.3g} "
            f"(p = {one.p:.2g}).",
            icon=":material/trending_up:",
        )


def _serving(found: OperationsBody) -> None:
    arms = ", ".join(f"{one.release} ({one.weight:.0%})" for one in found.serving)
    st.caption(plain(f"Serving: {arms or 'no release; the settings decide'}."))


def _figures(today: DayBody) -> None:
    for column, (label, value) in zip(
        st.columns(4),
        (
            ("Turns today", str(today.turns)),
            ("Cost today", dollars(today.cost_usd)),
            ("Median time", seconds(today.seconds_p50)),
            ("95th percentile", seconds(today.seconds_p95)),
        ),
        strict=True,
    ):
        column.metric(label, value)
    st.dataframe(
        [
            {"Today": LABELS[name], "Share (95 % interval)": said(getattr(today, name))}
            for name in ("abstained", "blocked", "disliked", "failed", "unknown")
        ],
        hide_index=True,
    )
    st.dataframe(
        [{"Outcome": name, "Turns": count} for name, count in today.outcomes.items()],
        hide_index=True,
    )


def _budgets(found: OperationsBody) -> None:
    if not found.budgets:
        return
    st.write("Budgets since midnight UTC, with what is held back for questions that run:")
    st.dataframe(
        [
            {
                "Budget": plain(one.key or "all keys together"),
                "Spent": dollars(one.spent_usd),
                "Limit": dollars(one.limit_usd),
                "Used": f"{one.spent_usd / one.limit_usd:.0%}",
            }
            for one in found.budgets
        ],
        hide_index=True,
    )


def _scores(found: OperationsBody) -> None:
    if not found.scores:
        return
    st.write(f"A sample of the answers of the last {_DAYS} days, by the evaluation's metrics:")
    st.dataframe(
        [
            {
                "Metric": one.metric,
                "Mean": "–" if one.mean is None else f"{one.mean:.3f}",
                "n": one.n,
                "Sent to review": one.low,
            }
            for one in found.scores
        ],
        hide_index=True,
    )
