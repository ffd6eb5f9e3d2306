"""The page *Knowledge base*: what a content editor finds in its tabs."""

from collections.abc import Callable

import httpx
import streamlit as st

from ui import admin
from ui.admin import AdminApi
from ui.client import ApiClient
from ui.editor import articles, generations, reindexing
from ui.editor.client import AdminClient

_TABS: dict[str, Callable[[AdminClient], None]] = {
    "Articles": articles.show,
    "Reindex": reindexing.show,
    "Generations": generations.show,
}


def show(client: ApiClient, http: httpx.Client) -> None:
    """Draw the whole page."""
    st.set_page_config(page_title="Knowledge base", page_icon=":material/menu_book:", layout="wide")
    admin.show(client, http, "Knowledge base", {name: _with(tab) for name, tab in _TABS.items()})


def _with(draw: Callable[[AdminClient], None]) -> Callable[[AdminApi], None]:
    return lambda api: draw(AdminClient(api))
