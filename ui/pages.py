"""The pages of the site, and what they share: run by Streamlit from top to bottom."""

import httpx
import streamlit as st

from ui import chat
from ui.client import ApiClient
from ui.editor import page as editor
from ui.evaluations import page as evaluations
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


_customers = st.Page(_chat, title="Chat", icon=":material/chat:", default=True)
_editors = st.Page(
    _knowledge_base, title="Knowledge base", icon=":material/menu_book:", url_path="knowledge-base"
)
_engineers = st.Page(
    _evaluations, title="Evaluations", icon=":material/rule:", url_path="evaluations"
)
if UiSettings().admin_page:
    st.navigation([_customers, _editors, _engineers], position="top").run()
else:
    st.navigation([_customers], position="hidden").run()
