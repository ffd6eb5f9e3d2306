"""The pages that open with the admin key: their door, their tabs, and their calls to the API."""

from collections.abc import Callable, Mapping
from enum import StrEnum

import httpx
import streamlit as st

from ui.answer import plain
from ui.client import ApiClient
from ui.reconnection import look_again
from ui.transport import ApiAwayError, ApiProblemError, checked, send

STYLE = """<style>
.block-container {padding-top: 3.5rem}
.candor-text {overflow-wrap: anywhere}
.candor-text table {border-collapse: collapse; display: block; overflow-x: auto}
.candor-text td {border: 1px solid #d8d8d8; padding: .15rem .5rem}
.candor-text mark {background: #d9efe4; padding: 0 .1em}
</style>"""

_ADMIN = "/v1/admin"
_KEY = "admin-key"
"""Where the key stands in the session, and nowhere else."""


Tabs = Mapping[str, Callable[["AdminApi"], None]]
"""What draws each tab, by its name, in their order."""


class Access(StrEnum):
    """Whether the API lets somebody with this key in."""

    OPEN = "open"
    LOCKED = "locked"
    """It wants another key."""
    OFF = "off"
    """It has no admin key, and so none of these routes."""


class AdminApi:
    """Speaks to one API with one key; each call raises ApiAwayError and ApiProblemError."""

    def __init__(self, http: httpx.Client, key: str) -> None:
        self._http = http
        # Bytes, since a key may hold any characters; but those for control fit into no header.
        fits = bool(key) and key.isprintable()
        self._headers = {b"authorization": b"Bearer " + key.encode()} if fits else {}

    def access(self) -> Access:
        """Return whether the key opens the routes."""
        response = self.send("GET", "")
        if response.status_code == httpx.codes.NOT_FOUND:
            return Access.OFF
        if response.status_code == httpx.codes.UNAUTHORIZED:
            return Access.LOCKED
        checked(response)
        return Access.OPEN

    @property
    def public(self) -> ApiClient:
        """The calls that need no key."""
        return ApiClient(self._http)

    def send(self, method: str, path: str, **options: object) -> httpx.Response:
        """Return the response to a request below `/v1/admin`, whatever it is."""
        return send(self._http, method, f"{_ADMIN}{path}", headers=self._headers, **options)


def show(
    client: ApiClient,
    http: httpx.Client,
    title: str,
    tabs: Tabs,
) -> None:
    """Draw a whole page: its tabs where the key fits, what to do where it doesn't."""
    st.html(STYLE)
    st.subheader(title)
    opened = _Tabs(title, tabs)
    try:
        _enter(AdminApi(http, st.session_state.get(_KEY, "")), opened)
    except ApiAwayError:
        st.warning(
            "The API can't be reached right now. This page tries again by itself.",
            icon=":material/cloud_off:",
        )
        look_again(client)


class _Tabs:
    """The tabs of a page, one of them open."""

    def __init__(self, title: str, tabs: Tabs) -> None:
        self._tabs = tabs
        self._key = f"tab-{title}"
        self._open = f"open-tab-{title}"
        """Where the open tab's name is kept: Streamlit forgets it where the tabs aren't drawn."""
        if self._key in st.session_state:
            st.session_state[self._open] = st.session_state[self._key]

    def show(self, api: AdminApi) -> None:
        """Draw the open one."""
        first = next(iter(self._tabs))
        st.session_state.setdefault(self._key, st.session_state.get(self._open, first))
        tabs = st.tabs(list(self._tabs), key=self._key, on_change="rerun")
        for tab, draw in zip(tabs, self._tabs.values(), strict=True):
            if tab.open:
                with tab:
                    _draw(draw, api)


def _enter(api: AdminApi, tabs: _Tabs) -> None:
    access = api.access()
    if access is Access.OPEN:
        tabs.show(api)
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


def _draw(draw: Callable[[AdminApi], None], api: AdminApi) -> None:
    try:
        draw(api)
    except ApiProblemError as problem:
        st.error(plain(str(problem)), icon=":material/error:")
