"""What a page does while the API is away: it looks again by itself, and goes on when it is back."""

import streamlit as st

from ui.client import ApiClient

_SECONDS_BETWEEN_LOOKS = 2


def look_again(client: ApiClient) -> None:
    """Run the page again as soon as the API answers."""

    @st.fragment(run_every=_SECONDS_BETWEEN_LOOKS)
    def look() -> None:
        if client.is_up():
            st.rerun()

    look()
