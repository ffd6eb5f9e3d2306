"""The tab *Compare*: two runs pair by pair, and the cases that changed."""

from collections.abc import Mapping

import streamlit as st

from app.api.admin.evaluation_schemas import (
    ChangedCaseBody,
    ComparedMetricBody,
    ComparisonBody,
    HeldBody,
    RunBody,
)
from ui.admin import AdminApi
from ui.answer import plain
from ui.evaluations.client import EvaluationsClient
from ui.evaluations.figures import percent
from ui.evaluations.runs import label
from ui.transport import ApiProblemError

_SHOWN = 50


def show(api: AdminApi) -> None:
    """Draw two runs beside each other."""
    client = EvaluationsClient(api)
    ended = {run.run: run for run in client.runs() if run.state == "ended"}
    if len(ended) < 2:  # noqa: PLR2004 — a comparison's
        st.info("Two runs that have ended are needed.")
        return
    before, after = _chosen(ended)
    if before is None or after is None:
        return
    try:
        with st.spinner("Comparing …"):
            found = client.compare(before, after)
    except ApiProblemError as problem:
        st.error(plain(str(problem)), icon=":material/error:")
        return
    st.caption(plain(_common(found)))
    st.dataframe([_row(name, one) for name, one in found.metrics.items()], hide_index=True)
    st.caption("p is McNemar's, exact, for rates; rates and means are of the pairs alone.")
    for name, metric in found.metrics.items():
        _changed(name, metric)


def _chosen(ended: Mapping[str, RunBody]) -> tuple[str | None, str | None]:
    def named(run: str) -> str:
        return label(ended[run])

    names = list(ended)
    after = st.selectbox("Run", names, format_func=named, key="compared-after")
    others = [name for name in names if name != after]
    before = st.selectbox("Compared with", others, format_func=named, key="compared-before")
    return before, after


def _common(found: ComparisonBody) -> str:
    cases = found.cases
    alone = cases.only_before + cases.only_after + cases.different
    left_out = f", {alone:,} others were left out" if alone else ""
    return f"{cases.common:,} cases are in both{left_out}."


def _row(name: str, metric: ComparedMetricBody) -> dict[str, object]:
    row: dict[str, object] = {"Metric": name, "Pairs": metric.pairs}
    if metric.difference is None or metric.before is None or metric.after is None:
        return row
    return row | {
        "Before": percent(metric.before.value),
        "After": percent(metric.after.value),
        "Difference (95 % interval)": (
            f"{percent(metric.difference, sign=True)} "
            f"({percent(metric.low, sign=True)} – {percent(metric.high, sign=True)})"
        ),
        "Better": metric.gained,
        "Worse": metric.lost,
        "p": f"{metric.p:.3f}" if metric.p is not None else "",
    }


def _changed(name: str, metric: ComparedMetricBody) -> None:
    if not metric.changed:
        return
    with st.expander(plain(f"{name}: {len(metric.changed):,} changed")):
        for case in metric.changed[:_SHOWN]:
            st.markdown(_told(case))
        if len(metric.changed) > _SHOWN:
            st.caption(f"… and {len(metric.changed) - _SHOWN:,} more")


def _told(case: ChangedCaseBody) -> str:
    reason = case.after.reason or case.before.reason or ""
    return (
        f"**{plain(case.id)}** {_value(case.before)} → {_value(case.after)} {plain(reason)}".strip()
    )


def _value(held: HeldBody) -> str:
    return plain(held.standing.replace("_", " ")) if held.value is None else f"{held.value:.2f}"
