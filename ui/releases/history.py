"""The tab *History*: who let what serve, when and why."""

import streamlit as st

from app.api.admin.release_schemas import EntryBody
from ui.admin import AdminApi
from ui.releases.client import ReleasesClient


def show(api: AdminApi) -> None:
    """Draw the log of promotions, the latest first."""
    log = ReleasesClient(api).releases().log
    if not log:
        st.info("Nothing has been promoted yet.")
        return
    st.dataframe([_row(one) for one in log], hide_index=True)


def _row(entry: EntryBody) -> dict[str, str]:
    arms = ", ".join(f"{arm.release} {arm.weight:.0%}" for arm in entry.arms or ())
    return {
        "At (UTC)": f"{entry.at:%Y-%m-%d %H:%M:%S}",
        "What": entry.act,
        "Who": entry.who,
        "Serves then": arms or ("no release" if entry.arms is not None else "–"),
        "Let through by": entry.run or "–",
        "Override": entry.override or "–",
        "Why": entry.why or "–",
    }
