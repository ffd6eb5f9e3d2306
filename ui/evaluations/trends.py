"""The tab *Trends*: one metric of one suite over its runs."""

from collections.abc import Sequence

import streamlit as st

from app.api.admin.evaluation_schemas import RunBody
from ui.admin import AdminApi
from ui.charts import show_over_time
from ui.evaluations.client import EvaluationsClient
from ui.evaluations.figures import ALL, said


def show(api: AdminApi) -> None:
    """Draw how a metric has moved."""
    ended = [run for run in EvaluationsClient(api).runs() if ALL in run.groups]
    if not ended:
        st.info("No run has ended yet.")
        return
    suites = list(dict.fromkeys(run.suite for run in ended))
    suite = st.selectbox("Suite", suites, key="trend-suite")
    runs = [run for run in reversed(ended) if run.suite == suite]
    metrics = dict.fromkeys(name for run in runs for name in run.groups[ALL].metrics)
    metric = st.selectbox("Metric", list(metrics), key="trend-metric")
    rows = _rows(runs, metric)
    show_over_time(rows, "Started", ["Value", "Low", "High"])
    st.dataframe([_told(run, metric) for run in reversed(runs)], hide_index=True)
    st.caption("Low and high are the ends of the 95 % interval.")


def _rows(runs: Sequence[RunBody], metric: str) -> list[dict[str, object]]:
    figures = ((run, run.groups[ALL].metrics.get(metric)) for run in runs)
    return [
        {"Started": run.started, "Value": one.value, "Low": one.low, "High": one.high}
        for run, one in figures
        if one is not None and one.value is not None
    ]


def _told(run: RunBody, metric: str) -> dict[str, object]:
    figure = run.groups[ALL].metrics.get(metric)
    return {
        "Started": f"{run.started:%Y-%m-%d %H:%M}",
        "Value (95 % interval)": said(figure) if figure else "–",
        "n": figure.n if figure else None,
        "Generation": run.generation,
        "Models": ", ".join(run.models),
    }
