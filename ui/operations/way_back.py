"""What an open alarm of the canary offers: the way back to what served before, and to close it."""

import streamlit as st

from app.api.admin.operation_schemas import LONGEST_REASON, AlarmBody, CanaryBody
from app.api.admin.release_schemas import ReleasesBody
from ui.admin import AdminApi
from ui.answer import plain
from ui.operations.client import OperationsClient
from ui.releases.client import ReleasesClient
from ui.releases.deeds import done, tell_what_was_done
from ui.releases.way_back import offer_rollback

_LONGEST_ROLLBACK_REASON = 500


def offer_on_alarm(api: AdminApi, canary: CanaryBody) -> None:
    """Offer to roll back where an alarm is open, with what that would change, and to close it."""
    tell_what_was_done()
    alarm = next((one for one in canary.alarms if one.closed is None), None)
    if alarm is None:
        return
    client = ReleasesClient(api)
    standing = client.releases()
    with st.container(border=True):
        st.write(plain(_told(standing)))
        offer_rollback(client, standing, _why(alarm))
        _offer_to_close(OperationsClient(api), alarm)


def _offer_to_close(client: OperationsClient, alarm: AlarmBody) -> None:
    with st.popover("Close the alarm", icon=":material/task_alt:"):
        st.write(
            plain(f"Alarm {alarm.alarm} needs nobody any more: {alarm.summary}. ")
            + "Promotions stay frozen until `candor release thaw`."
        )
        why = st.text_input(
            "What was found", key=f"close-why-{alarm.alarm}", max_chars=LONGEST_REASON
        )
        if not st.button("Close it now", type="primary"):
            return
        if not (why or "").strip():
            st.error("Say what was found: it stays on record.")
            return
        closed = client.close_alarm(alarm.alarm, why or "")
        done(f"Alarm {closed.alarm} is closed: {closed.why}")


def _told(standing: ReleasesBody) -> str:
    if not standing.can_roll_back:
        return "No release served before this one, so there is nothing to roll back to."
    now, before = _named(standing.serving, standing), _named(standing.goes_back_to, standing)
    told = f"What serves now: {now}. A rollback lets this serve again: {before}."
    if _models(standing.serving, standing) == _models(standing.goes_back_to, standing):
        told += " Both ask the same model, so it helps only against what else they pin."
    return told


def _named(names: tuple[str, ...], standing: ReleasesBody) -> str:
    models = {one.release: one.model or "quotes, no model" for one in standing.releases}
    told = (f"{name} ({models.get(name, 'gone')})" for name in names)
    return " and ".join(told) or "no release, but the settings and the published generation"


def _models(names: tuple[str, ...], standing: ReleasesBody) -> set[str | None]:
    """Return whom the releases ask; of the settings, nobody here knows."""
    return {one.model for one in standing.releases if one.release in names} or {"settings"}


def _why(alarm: AlarmBody) -> str:
    """Return the reason that is proposed, which mustn't be longer than the log takes."""
    return f"Canary alarm {alarm.alarm}: {alarm.summary}"[:_LONGEST_ROLLBACK_REASON]
