"""Figures on the page: a rate never without its n and its interval."""

from collections.abc import Mapping

from app.api.admin.evaluation_schemas import FigureBody as Figure

ALL = "all"
"""The group of all cases."""
_NONE = "–"


def metric_rows(metrics: Mapping[str, Figure]) -> list[dict[str, object]]:
    """Return a row for each metric."""
    return [_row(name, figure) for name, figure in metrics.items()]


def said(figure: Figure) -> str:
    """Return a figure with its interval, in percent."""
    if figure.value is None:
        return _NONE
    return f"{percent(figure.value)} ({percent(figure.low)} – {percent(figure.high)})"


def percent(value: float | None, *, sign: bool = False) -> str:
    """Return a share, or a difference with its sign, in percent."""
    if value is None:
        return _NONE
    return f"{value:+.1%}" if sign else f"{value:.1%}"


def _row(name: str, figure: Figure) -> dict[str, object]:
    return {
        "Metric": name,
        "Value (95 % interval)": said(figure),
        "n": figure.n,
        "Not applicable": figure.not_applicable,
        "Unscored": figure.unscored,
        "Errors": figure.errors,
    }
