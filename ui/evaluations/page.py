"""The page *Evaluations*: its tabs."""

import httpx
import streamlit as st

from ui import admin
from ui.client import ApiClient
from ui.evaluations import comparison, queue, runs, trends

_TABS = {
    "Runs": runs.show,
    "Compare": comparison.show,
    "Trends": trends.show,
    "Review queue": queue.show,
}


def show(client: ApiClient, http: httpx.Client) -> None:
    """Draw the whole page."""
    st.set_page_config(page_title="Evaluations", page_icon=":material/rule:", layout="wide")
    admin.show(client, http, "Evaluations", _TABS)
