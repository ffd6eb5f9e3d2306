"""The cells of a table's row, with their places in the row's text."""

from collections.abc import Iterator


def cell_spans(row: str) -> Iterator[tuple[int, int]]:
    """Yield where the cells of `row`, a line that begins and ends with "|", stand."""
    start = row.find("|") + 1
    while 0 < start < len(row):
        end = row.find("|", start)
        end = len(row) if end < 0 else end
        yield start, end
        start = end + 1


def cell_at(row: str, place: int) -> int:
    """Return the number of the cell in which `place` lies, counted from 0."""
    return max(0, row.count("|", 0, place) - (1 if row.lstrip().startswith("|") else 0))
