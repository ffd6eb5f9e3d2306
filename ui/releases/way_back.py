"""The button that rolls back, the same on every page that offers it."""

import streamlit as st

from app.api.admin.release_schemas import ReleasesBody
from ui.releases.client import ReleasesClient
from ui.releases.deeds import done, serving_told


def offer_rollback(client: ReleasesClient, standing: ReleasesBody, why: str = "") -> None:
    """Offer to roll back, with `why` as the reason that is proposed; nothing where nothing was."""
    if not standing.can_roll_back:
        return
    with st.popover("Roll back", icon=":material/undo:"):
        st.write("What served before the last promotion serves again, from the next question on.")
        given = st.text_input("Why", value=why, key="rollback-why")
        if st.button("Roll back now", type="primary"):
            after = client.roll_back(given or "")
            done(f"Rolled back: {serving_told(after)}.")
