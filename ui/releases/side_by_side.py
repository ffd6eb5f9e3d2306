"""The tab *Side by side*: how the conversations of two releases went, with intervals."""

import streamlit as st

from app.api.admin.release_schemas import (
    ArmsBody,
    DistanceBody,
    MeasureBody,
    MeasuredBody,
    ReleasesBody,
)
from ui.admin import AdminApi
from ui.answer import plain
from ui.releases.client import ReleasesClient

_NONE = "–"


def show(api: AdminApi) -> None:
    """Draw two releases beside each other."""
    client = ReleasesClient(api)
    standing = client.releases()
    ids = [one.release for one in standing.releases]
    if len(ids) < 2:  # noqa: PLR2004 — it takes two to compare
        st.info("It takes two releases to compare; create one on the tab Serving.")
        return
    first, second = _proposed(standing, ids)
    left, right = st.columns(2)
    before = left.selectbox("Before", ids, index=ids.index(first), key="arm-before")
    after = right.selectbox("After", ids, index=ids.index(second), key="arm-after")
    with st.spinner("Comparing …"):
        found = client.compared(before, after)
    _comparison(found)


def _proposed(standing: ReleasesBody, ids: list[str]) -> tuple[str, str]:
    """Return those that serve side by side, else what served before and what serves, else two."""
    serving = standing.serving
    pair = serving if len(serving) > 1 else (*standing.goes_back_to[:1], *serving)
    known = [one for one in dict.fromkeys((*pair, *reversed(ids))) if one in ids]
    return known[0], known[1]


def _comparison(found: ArmsBody) -> None:
    old, new = found.conversations
    if not (old or new):
        st.info("Neither of them has had a conversation of its own yet.")
        return
    st.dataframe([_row(found, one) for one in found.measures], hide_index=True)
    told = f"Conversations: {old} of {found.before}, {new} of {found.after}, 95 % intervals."
    if found.mixed:
        told += f" {found.mixed} that more than one release answered are left out."
    st.caption(
        plain(
            f"{told} Only releases that serve at the same time get the same kind of questions; "
            "of others, a difference may be the questions'."
        )
    )


def _row(found: ArmsBody, one: MeasureBody) -> dict[str, str]:
    return {
        "Of the conversations": one.name[:1].upper() + one.name[1:],
        found.before: _said(one.before, is_share=one.is_share),
        f"{found.after} ": _said(one.after, is_share=one.is_share),
        "Difference": _distance(one.difference, is_share=one.is_share),
    }


def _said(value: MeasuredBody | None, *, is_share: bool) -> str:
    if value is None:
        return _NONE
    if is_share:
        return f"{value.value:.1%} ({value.low:.1%} – {value.high:.1%}, n = {value.n})"
    return f"{value.value:.4g} ({value.low:.4g} – {value.high:.4g}, n = {value.n})"


def _distance(found: DistanceBody | None, *, is_share: bool) -> str:
    if found is None:
        return _NONE
    if is_share:
        points = (100 * one for one in (found.value, found.low, found.high))
        return "{:+.1f} points ({:+.1f} to {:+.1f})".format(*points)
    return f"{found.value:+.4g} ({found.low:+.4g} to {found.high:+.4g})"
