"""The tab *What changed*: what one release pins otherwise than another."""

import streamlit as st

from app.api.admin.release_schemas import DifferenceBody
from ui.admin import AdminApi
from ui.answer import plain
from ui.releases.client import ReleasesClient

_SHOWN_FINGERPRINT = 12


def show(api: AdminApi) -> None:
    """Draw what differs between two releases."""
    client = ReleasesClient(api)
    standing = client.releases()
    ids = [one.release for one in standing.releases]
    if len(ids) < 2:  # noqa: PLR2004 — it takes two to differ
        st.info("It takes two releases to compare; create one on the tab Serving.")
        return
    serves = ids.index(standing.serving[0]) if standing.serving else len(ids) - 1
    left, right = st.columns(2)
    before = left.selectbox("Before", ids, index=serves or 1, key="release-before")
    after = right.selectbox("After", ids, index=0, key="release-after")
    found = client.differences(before, after)
    if not found:
        st.info("Both pin the same set.")
        return
    st.dataframe([_row(one) for one in found], hide_index=True)
    for one in found:
        if one.lines:
            st.markdown(plain(one.name))
            st.code("\n".join(one.lines), language="diff", wrap_lines=True)


def _row(one: DifferenceBody) -> dict[str, str]:
    return {"What": one.name, "Before": _short(one.before), "After": _short(one.after)}


def _short(value: str | None) -> str:
    """Return the value, a prompt's fingerprint cut: a reader wants to see that it differs."""
    if value is None:
        return "–"
    name, _, fingerprint = value.partition(" ")
    return f"{name} {fingerprint[:_SHOWN_FINGERPRINT]}" if ".v" in name else value
