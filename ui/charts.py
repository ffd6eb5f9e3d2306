"""Charts over time, in which a single value can be seen too."""

from collections.abc import Sequence
from typing import Any

import streamlit as st


def show_over_time(rows: Sequence[dict[str, Any]], time: str, values: Sequence[str]) -> None:
    """Draw a line with a point for each row, one line a name of `values`."""
    st.vega_lite_chart(
        [{**row, time: row[time].isoformat()} for row in rows],
        {
            "transform": [{"fold": list(values)}],
            "mark": {"type": "line", "point": True},
            "encoding": {
                "x": {"field": time, "type": "temporal"},
                "y": {"field": "value", "type": "quantitative", "title": " · ".join(values)},
                "color": {
                    "field": "key",
                    "type": "nominal",
                    "title": None,
                    "legend": {} if len(values) > 1 else None,
                },
            },
        },
    )
