"""The tab *Serving*: which releases serve, each with its gate's result beside its button."""

import streamlit as st

from app.api.admin.release_schemas import (
    EvidenceBody,
    PromoteRequest,
    ReleaseBody,
    ReleasesBody,
)
from ui.admin import AdminApi
from ui.answer import plain
from ui.releases.client import ReleasesClient
from ui.releases.deeds import done, serving_told, tell_what_was_done
from ui.releases.way_back import offer_rollback


def show(api: AdminApi) -> None:
    """Draw what serves, the way back, and every release."""
    client = ReleasesClient(api)
    tell_what_was_done()
    standing = client.releases()
    _what_serves(standing)
    with st.container(horizontal=True):
        offer_rollback(client, standing)
        _create(client)
    for release in standing.releases:
        _release(client, release, standing)


def _what_serves(standing: ReleasesBody) -> None:
    if standing.frozen:
        st.warning(
            plain(
                f"Promotion is frozen since {standing.frozen.since:%Y-%m-%d %H:%M} UTC: "
                f"{standing.frozen.reason} Rolling back works meanwhile."
            ),
            icon=":material/ac_unit:",
        )
    arms = [one for one in standing.releases if one.weight is not None]
    if not arms:
        st.info("No release serves: the settings and the published generation do.")
        return
    for column, arm in zip(st.columns(len(arms)), arms, strict=True):
        column.metric(plain(arm.release), f"{arm.weight:.0%}", border=True)
        column.caption(plain(_told(arm)))


def _create(client: ReleasesClient) -> None:
    with st.popover("New release", icon=":material/add:"):
        st.write("Pins the API's settings, its prompts and the published generation.")
        note = st.text_input("What it is for", key="release-note")
        if st.button("Create it"):
            created = client.create(note or "")
            done(f"Release {created.release} was created; it doesn't serve yet.")


def _release(client: ReleasesClient, release: ReleaseBody, standing: ReleasesBody) -> None:
    serves = "" if release.weight is None else f" · serves {release.weight:.0%}"
    with st.container(border=True):
        told, act = st.columns([3, 1])
        told.markdown(plain(f"{release.release}{serves}"))
        told.caption(plain(f"{release.created:%Y-%m-%d %H:%M} UTC · {_told(release)}"))
        if release.note:
            told.write(plain(release.note))
        with told:
            _evidence(release)
        with act:
            _promote(client, release, standing)


def _evidence(release: ReleaseBody) -> None:
    if not release.evidence:
        st.markdown(":material/help: No run has measured exactly this set.")
    for one in release.evidence:
        if one.passes:
            held = f"all {len(one.checks)} checks hold"
            st.markdown(f":green[:material/check_circle:] {plain(f'{one.suite}: {held}')}")
        else:
            mark = ":red[:material/cancel:]" if one.counts else ":material/remove:"
            st.markdown(f"{mark} {plain(f'{one.suite}: {one.problem}')}")
        if one.checks:
            _checks(one)


def _checks(evidence: EvidenceBody) -> None:
    with st.expander(plain(f"The gate's checks of run {evidence.run}")):
        st.dataframe(
            [
                {
                    "": "holds" if one.holds else "missed",
                    "Check": one.name,
                    "Asked": one.asked,
                    "Found": one.found,
                }
                for one in sorted(evidence.checks, key=lambda check: check.holds)
            ],
            hide_index=True,
        )


def _promote(client: ReleasesClient, release: ReleaseBody, standing: ReleasesBody) -> None:
    key = release.release
    frozen = standing.frozen is not None
    with st.popover("Promote", disabled=frozen, key=f"promote-{key}"):
        others = any(one != key for one in standing.serving)
        share = 100
        if others:
            share = st.slider("Share of the conversations, in %", 1, 100, 100, key=f"share-{key}")
        override = None
        if not release.passes:
            st.write("The gate hasn't passed it. Without, it takes a reason that stays on record.")
            override = st.text_input("Reason for the override", key=f"override-{key}")
        why = st.text_input("Why", key=f"why-{key}")
        if st.button(f"Promote {key}", type="primary", disabled=not (release.passes or override)):
            asked = PromoteRequest(
                share=None if share == 100 else share / 100,  # noqa: PLR2004 — in per cent
                override=override or None,
                why=why or "",
            )
            done(f"Promoted: {serving_told(client.promote(key, asked))}.")


def _told(release: ReleaseBody) -> str:
    model = release.model or "quotes, no model"
    return f"{model} · {', '.join(release.prompts)} · generation {release.generation}"
