"""The tab *Drift*: the canary's looks and alarms, the cases side by side."""

import streamlit as st

from app.api.admin.operation_schemas import AlarmBody, CanaryBody, LookBody
from ui.admin import AdminApi
from ui.answer import plain
from ui.operations.client import OperationsClient
from ui.operations.figures import dollars
from ui.operations.way_back import offer_on_alarm


def show(api: AdminApi) -> None:
    """Draw how the canary stands."""
    canary = OperationsClient(api).canary()
    if canary.reference is None:
        st.info(
            "The canary has no reference yet. Run `candor canary reference` while all is well, "
            "and `candor canary run --every 1d` from then on."
        )
        return
    st.caption(
        plain(
            f"Reference {canary.reference} of {canary.release} ({canary.model}), "
            f"{canary.questions} questions."
        )
    )
    offer_on_alarm(api, canary)
    for alarm in canary.alarms:
        _alarm(alarm)
    _looks(canary)


def _alarm(alarm: AlarmBody) -> None:
    state = "open" if alarm.closed is None else f"closed {alarm.closed:%Y-%m-%d}"
    with st.expander(
        plain(f"{alarm.at:%Y-%m-%d %H:%M} · {state} · {alarm.summary}"),
        expanded=alarm.closed is None,
    ):
        if alarm.closed is None:
            st.write(
                f"`candor canary show {alarm.alarm} --close --why …` closes it once it is seen "
                "to, as the button above does; `candor release thaw` lets promotions happen again."
            )
        elif alarm.why is not None:
            st.write(plain(f"Closed by {alarm.closed_by}: {alarm.why}"))
        for case in alarm.cases:
            st.write(f"**{plain(case.question)}**")
            then, now = st.columns(2)
            then.caption("Then" if case.held_before else "Then, not held by the gate")
            then.write(plain(case.before or "–"))
            now.caption("Now" if case.holds_now else "Now, not held by the gate")
            now.write(plain(case.now or "–"))


def _looks(canary: CanaryBody) -> None:
    if not canary.looks:
        st.info("Nobody has looked at this reference yet: run `candor canary run`.")
        return
    st.dataframe([_look_row(look) for look in canary.looks], hide_index=True)


def _look_row(look: LookBody) -> dict[str, object]:
    alarms = [shift.signal for shift in look.shifts if shift.is_alarm]
    told = ", ".join((*alarms, *look.new_models)) or "–"
    values = {
        shift.signal.capitalize(): f"{shift.before:.3g} → {shift.now:.3g}" for shift in look.shifts
    }
    return {
        "Look": f"{look.at:%Y-%m-%d %H:%M}",
        "Alarm": told,
        "Failed": look.failed,
        **values,
        "Tokens": look.tokens,
        "Cost": dollars(look.cost_usd),
    }
