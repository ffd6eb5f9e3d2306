"""The page *Releases*: its tabs."""

import httpx
import streamlit as st

from ui import admin
from ui.client import ApiClient
from ui.releases import differences, history, prompts, serving, side_by_side

_TABS = {
    "Serving": serving.show,
    "What changed": differences.show,
    "Side by side": side_by_side.show,
    "Prompts": prompts.show,
    "History": history.show,
}


def show(client: ApiClient, http: httpx.Client) -> None:
    """Draw the whole page."""
    st.set_page_config(page_title="Releases", page_icon=":material/rocket_launch:", layout="wide")
    admin.show(client, http, "Releases", _TABS)
