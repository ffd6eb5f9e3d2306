"""The tab *Generations*: what was published, what changed between two, and the way back."""

from collections.abc import Sequence

import streamlit as st

from app.api.admin.schemas import GenerationBody, ListedGeneration
from ui.answer import plain
from ui.editor import plans
from ui.editor.client import AdminClient
from ui.transport import ApiProblemError

_STATES = {
    "published": "published",
    "earlier": "published before",
    "aside": "set aside",
    "failed": "failed its checks",
}
_SAID = "generations-said"
"""What the last action came to, until the next run has shown it."""


def show(admin: AdminClient) -> None:
    """Draw the generations, and one of them with what can be done with it."""
    listed = admin.generations()
    if not listed:
        st.info("Nothing has been published yet. Start with a reindex.")
        return
    if said := st.session_state.pop(_SAID, None):
        st.success(plain(said), icon=":material/check_circle:")
    st.dataframe([_row(one) for one in listed], hide_index=True)
    by_id = {one.generation: one for one in listed}
    chosen = st.selectbox(
        "Generation", list(by_id), format_func=lambda one: _label(by_id[one]), key="generation"
    )
    _details(admin, by_id[chosen], listed)


def _row(one: ListedGeneration) -> dict[str, object]:
    return {
        "Built": _time(one),
        "State": _state(one),
        "Articles": one.articles,
        "Chunks": one.chunks,
        "Id": one.generation,
        "Problem": one.problem or "",
    }


def _label(one: ListedGeneration) -> str:
    return f"{_time(one)} · {_state(one)}"


def _state(one: ListedGeneration) -> str:
    return "serves" if one.serves else _STATES[one.state]


def _time(one: ListedGeneration) -> str:
    return f"{one.built:%Y-%m-%d %H:%M:%S} UTC" if one.built else one.generation


def _details(admin: AdminClient, one: ListedGeneration, listed: Sequence[ListedGeneration]) -> None:
    if one.problem:
        st.warning(plain(one.problem), icon=":material/warning:")
    if one.state == "failed":
        return
    with st.container(horizontal=True):
        verify = st.button("Verify", icon=":material/fact_check:", key="verify")
        if not one.serves:
            _way_back(admin, one)
    if verify:
        _verify(admin, one)
    if one.articles is not None:
        _held(admin.generation(one.generation))
        _compare(admin, one, listed)


def _way_back(admin: AdminClient, one: ListedGeneration) -> None:
    with st.popover("Roll back", icon=":material/history:"):
        st.write(
            f"Customers will be answered from the generation of {_time(one)} at once. "
            "Answers that are being written are finished from the one they began with."
        )
        if st.button("Yes, let it serve", key="roll-back", type="primary"):
            admin.roll_back(one.generation)
            st.session_state[_SAID] = f"The generation of {_time(one)} serves again."
            st.rerun()


def _verify(admin: AdminClient, one: ListedGeneration) -> None:
    with st.spinner("Reading all of its files …"):
        found = admin.verify(one.generation)
    if not found.problems:
        st.success("It is whole.", icon=":material/check_circle:")
        return
    problems = "\n".join(f"- {plain(problem)}" for problem in found.problems)
    st.error(f"It is damaged:\n{problems}\n\nWhat to do: {plain(found.advice)}.")


def _held(body: GenerationBody) -> None:
    st.markdown(
        f"**{body.articles:,} articles, {body.chunks:,} chunks** "
        f"from {plain(', '.join(body.sources))}"
    )
    if body.checks:
        st.caption(plain(_checks(body)))
    if body.plan:
        with st.expander("What the reindex that built it changed"):
            plans.show(body.plan)


def _checks(body: GenerationBody) -> str:
    checks = body.checks
    if checks is None:
        return ""
    probe = checks.probe
    asked = f", {probe.found} of {probe.questions} probe questions found" if probe else ""
    return f"Checked before it was published: recall {checks.recall:.3f}{asked}."


def _compare(admin: AdminClient, one: ListedGeneration, listed: Sequence[ListedGeneration]) -> None:
    others = {
        each.generation: each
        for each in listed
        if each.generation != one.generation and each.articles is not None
    }
    if not others:
        return
    before = st.selectbox(
        "Compare with",
        list(others),
        index=None,
        format_func=lambda each: _label(others[each]),
        key="compared",
        placeholder="Another generation",
    )
    if before is None:
        return
    try:
        found = admin.diff(before, one.generation)
    except ApiProblemError as problem:
        st.error(plain(str(problem)), icon=":material/error:")
        return
    changes = found.articles
    st.write(
        f"From that one to this one, articles: {plans.counted(changes)}. "
        f"Chunks: {found.chunks_before:,} before, {found.chunks_after:,} after."
    )
    plans.changes(changes, found.facts)
