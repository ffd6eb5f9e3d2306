"""The pages of the site, and what they share: run by Streamlit from top to bottom."""

import streamlit as st

from ui import chat
from ui.client import ApiClient
from ui.settings import UiSettings


@st.cache_resource
def _client(url: str) -> ApiClient:
    return ApiClient.at(url)


def _chat() -> None:
    settings = UiSettings()
    chat.show(_client(settings.api_url), settings)


st.navigation(
    [st.Page(_chat, title="Chat", icon=":material/chat:", default=True)], position="hidden"
).run()
