"""The tab *Runs*: what each measured, and its cases with the articles beside the answers."""

from collections.abc import Mapping

import streamlit as st

from app.api.admin.evaluation_schemas import FiguresBody, RunBody
from ui.admin import AdminApi
from ui.answer import plain
from ui.editor import jobs
from ui.editor.client import AdminClient
from ui.evaluations import cases
from ui.evaluations.client import EvaluationsClient
from ui.evaluations.figures import ALL, metric_rows

_LEAST_USD = 0.01


def show(api: AdminApi) -> None:
    """Draw the runs, and one of them down to its cases."""
    client = EvaluationsClient(api)
    _start(AdminClient(api))
    listed = client.runs()
    if not listed:
        st.info("Nothing has been measured yet. `candor eval run` puts a suite to the assistant.")
        return
    by_id = {run.run: run for run in listed}
    chosen = st.selectbox("Run", list(by_id), format_func=lambda run: label(by_id[run]), key="run")
    run = by_id[chosen]
    st.caption(plain(_particulars(run)))
    if run.state == "unfinished":
        st.info("It hasn't ended: it is still running, or was interrupted.")
        return
    _figures(run.groups)
    cases.show(client, api.public, run)


def _start(admin: AdminClient) -> None:
    latest = next((job for job in admin.jobs() if job.kind == "evaluate"), None)
    most = st.number_input(
        "Most it may cost, in US dollars",
        min_value=_LEAST_USD,
        value=None,
        placeholder="no limit",
        key="max-cost",
        width=280,
        help="Models that answer and judge together; a run without a model costs nothing.",
    )
    jobs.button(admin, "evaluate", "Run the sample suite", latest, most)
    if latest is None:
        return
    if latest.state == "running":
        jobs.watch(admin, latest.job, "Asking")
    elif latest.state == "failed":
        st.error(plain(f"The run failed: {latest.error}"), icon=":material/error:")


def label(run: RunBody) -> str:
    """Return what a run is called in a list."""
    return f"{run.started:%Y-%m-%d %H:%M} · {run.suite} · {', '.join(run.models) or 'unfinished'}"


def _particulars(run: RunBody) -> str:
    took = f", {run.seconds:,.0f} s" if run.seconds is not None else ""
    errors = f", {run.errors:,} ended in an error" if run.errors else ""
    return (
        f"{run.cases:,} cases as of {run.day}{took}{errors}. "
        f"Generation {run.generation}. Run {run.run}."
    )


def _figures(groups: Mapping[str, FiguresBody]) -> None:
    names = sorted(groups, key=lambda name: name != ALL)
    name = st.selectbox("Cases", names, format_func=lambda one: _named(one, groups), key="group")
    st.dataframe(metric_rows(groups[name].metrics), hide_index=True)


def _named(name: str, groups: Mapping[str, FiguresBody]) -> str:
    return f"{name} ({groups[name].cases:,})"
