"""The tab *By release*: the same figures for each release that answered."""

import streamlit as st

from app.api.admin.operation_schemas import WITHOUT_RELEASE, OperationsBody
from ui.admin import AdminApi
from ui.operations.behind import offer_turns
from ui.operations.client import Number, OperationsClient
from ui.operations.figures import row_of

_DAYS = 30


def show(api: AdminApi) -> None:
    """Draw the releases of the last days beside each other."""
    client = OperationsClient(api)
    found = client.figures(_DAYS)
    if not found.releases:
        st.info(f"Nobody has asked anything in the last {_DAYS} days.")
        return
    rows = [{"Release": one.release or WITHOUT_RELEASE, **row_of(one)} for one in found.releases]
    st.dataframe(rows, hide_index=True)
    st.caption(
        f"The last {_DAYS} days. Releases that served at other times answered other questions: "
        "only those that serve side by side can be compared."
    )
    _behind(client, found)


def _behind(client: OperationsClient, found: OperationsBody) -> None:
    by_name = {one.release or WITHOUT_RELEASE: one for one in found.releases}
    chosen = st.selectbox("Release", list(by_name), key="operations-release")
    if chosen in by_name:
        number = Number(_DAYS, release=chosen)
        offer_turns(client, by_name[chosen], number, "operations-of-release")
