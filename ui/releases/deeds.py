"""What a click did to the releases: said once, on whichever page drew the button."""

import streamlit as st

from app.api.admin.release_schemas import ReleasesBody
from ui.answer import plain

_SAID = "said-of-releases"
"""What the last click did, kept over the rerun that follows it."""


def done(said: str) -> None:
    """Draw the page anew, with what was done above it."""
    st.session_state[_SAID] = said
    st.rerun()


def tell_what_was_done() -> None:
    """Say what the last click did, once."""
    if said := st.session_state.pop(_SAID, None):
        st.success(plain(said), icon=":material/check_circle:")


def serving_told(standing: ReleasesBody) -> str:
    """Return in words what serves."""
    arms = [
        f"{one.release} serves {one.weight:.0%}"
        for one in standing.releases
        if one.weight is not None
    ]
    return " and ".join(arms) or "no release serves"
