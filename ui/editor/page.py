"""The page *Knowledge base*: its door, and its tabs."""

from collections.abc import Callable

import httpx
import streamlit as st

from ui.answer import plain
from ui.client import ApiClient
from ui.editor import articles, generations, reindexing
from ui.editor.client import Access, AdminClient
from ui.reconnection import look_again
from ui.transport import ApiAwayError, ApiProblemError

STYLE = """<style>
.block-container {padding-top: 3.5rem}
.candor-text {overflow-wrap: anywhere}
.candor-text table {border-collapse: collapse; display: block; overflow-x: auto}
.candor-text td {border: 1px solid #d8d8d8; padding: .15rem .5rem}
.candor-text mark {background: #d9efe4; padding: 0 .1em}
</style>"""

_KEY = "admin-key"
"""Where the key stands in the session, and nowhere else."""
_TAB = "tab"
_OPEN = "open-tab"
"""Where the open tab's name is kept: Streamlit forgets it where the tabs aren't drawn."""
_TABS: dict[str, Callable[[AdminClient], None]] = {
    "Articles": articles.show,
    "Reindex": reindexing.show,
    "Generations": generations.show,
}


def show(client: ApiClient, http: httpx.Client) -> None:
    """Draw the whole page."""
    st.set_page_config(page_title="Knowledge base", page_icon=":material/menu_book:", layout="wide")
    st.html(STYLE)
    st.subheader("Knowledge base")
    if _TAB in st.session_state:
        st.session_state[_OPEN] = st.session_state[_TAB]
    try:
        _enter(AdminClient(http, st.session_state.get(_KEY, "")))
    except ApiAwayError:
        st.warning(
            "The API can't be reached right now. This page tries again by itself.",
            icon=":material/cloud_off:",
        )
        look_again(client)


def _enter(admin: AdminClient) -> None:
    access = admin.access()
    if access is Access.OPEN:
        _tabs(admin)
    elif access is Access.LOCKED:
        _ask_for_key()
    else:
        st.info(
            "This page is switched off. To switch it on, set `CANDOR_ADMIN_KEY` to a key of 16 "
            "characters or more where the API runs, and start the API again.",
            icon=":material/lock:",
        )


def _ask_for_key() -> None:
    if st.session_state.get(_KEY):
        st.error("The API has another key.", icon=":material/key_off:")
    with st.form("door", width=480):
        given = st.text_input("Admin key", type="password", autocomplete="current-password")
        if st.form_submit_button("Open", type="primary"):
            st.session_state[_KEY] = (given or "").strip()
            st.rerun()


def _tabs(admin: AdminClient) -> None:
    st.session_state.setdefault(_TAB, st.session_state.get(_OPEN, next(iter(_TABS))))
    tabs = st.tabs(list(_TABS), key=_TAB, on_change="rerun")
    for tab, draw in zip(tabs, _TABS.values(), strict=True):
        if tab.open:
            with tab:
                _draw(draw, admin)


def _draw(draw: Callable[[AdminClient], None], admin: AdminClient) -> None:
    try:
        draw(admin)
    except ApiProblemError as problem:
        st.error(plain(str(problem)), icon=":material/error:")
