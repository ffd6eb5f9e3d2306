"""The page *Operations*: its tabs."""

import httpx
import streamlit as st

from ui import admin
from ui.client import ApiClient
from ui.operations import drift, releases, today, trends

_TABS = {
    "Today": today.show,
    "Over time": trends.show,
    "By release": releases.show,
    "Drift": drift.show,
}


def show(client: ApiClient, http: httpx.Client) -> None:
    """Draw the whole page."""
    st.set_page_config(page_title="Operations", page_icon=":material/monitoring:", layout="wide")
    admin.show(client, http, "Operations", _TABS)
