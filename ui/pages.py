"""The pages of the site, and what they share: run by Streamlit from top to bottom."""

import httpx
import streamlit as st

from ui import chat
from ui.client import ApiClient
from ui.editor import page as editor
from ui.evaluations import page as evaluations
from ui.operations import page as operations
from ui.releases import page as releases
from ui.settings import UiSettings
from ui.transport import TIMEOUT


@st.cache_resource
def _http(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, timeout=TIMEOUT)


def _chat() -> None:
    settings = UiSettings()
    chat.show(ApiClient(_http(settings.api_url)), settings)


def _knowledge_base() -> None:
    http = _http(UiSettings().api_url)
    editor.show(ApiClient(http), http)


def _evaluations() -> None:
    http = _http(UiSettings().api_url)
    evaluations.show(ApiClient(http), http)


def _releases() -> None:
    http = _http(UiSettings().api_url)
    releases.show(ApiClient(http), http)


def _operations() -> None:
    http = _http(UiSettings().api_url)
    operations.show(ApiClient(http), http)


_customers = st.Page(_chat, title="Chat", icon=":material/chat:", default=True)
_editors = st.Page(
    _knowledge_base, title="Knowledge base", icon=":material/menu_book:", url_path="knowledge-base"
)
_engineers = st.Page(
    _evaluations, title="Evaluations", icon=":material/rule:", url_path="evaluations"
)
_owners = st.Page(_releases, title="Releases", icon=":material/rocket_launch:", url_path="releases")
_operators = st.Page(
    _operations, title="Operations", icon=":material/monitoring:", url_path="operations"
)
if UiSettings().admin_page:
    st.navigation([_customers, _editors, _engineers, _owners, _operators], position="top").run()
else:
    st.navigation([_customers], position="hidden").run()
