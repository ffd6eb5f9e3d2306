"""Batches: a file of JSON rows in, a file of JSON rows out, in the same order, one for one.

A row that can't be read or fails becomes `{"id", "error"}`; the others go on.
The output appears under its name when it is complete, so that no reader takes a part for the whole.
"""

import json
import math
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from knowledge_base.errors import BadInputError, CandorError, StorageError, in_one_line
from knowledge_base.progress import Progress
from knowledge_base.progress_bar import progress_bar

Row = Mapping[str, object]
Handler = Callable[[Row], dict[str, object]]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class BatchCount:
    """How many rows a batch had, and how many of them failed."""

    rows: int
    failed: int


def run_batch(
    source: Path, output: Path, handle: Handler, *, progress: Progress | None = None
) -> BatchCount:
    """Write what `handle` makes of each row of `source` to `output`, and return their number.

    Args:
        source: One JSON object a line, each with an `id`.
        output: Replaced when all rows are done, and only then.
        handle: Returns what goes out for a row; an error that it raises makes an error row.
        progress: Hears of each row; by default a bar on standard error does.

    Raises:
        BadInputError: `source` can't be read, or is `output` too, or `output` is a folder.
        StorageError: `output` can't be written.
    """
    if progress is None:
        with progress_bar() as bar:
            return run_batch(source, output, handle, progress=bar)
    lines = _lines(source)
    _check_apart(source, output)
    progress.begin("Rows", len(lines))
    failed = 0
    with _replacing(output) as stream:
        for line in lines:
            done = _handled(line, handle)
            failed += "error" in done
            stream.write(_encoded(done))
            progress.advance()
    return BatchCount(len(lines), failed)


def read_day(at: object) -> date | None:
    """Return the day that a row's `at` names, None where it names none.

    Raises:
        BadInputError: It is no ISO date.
    """
    if at is None:
        return None
    try:
        return date.fromisoformat(str(at))
    except ValueError as error:
        raise BadInputError(f"`at` is {at!r}, not a day such as 2026-11-01") from error


def _lines(source: Path) -> list[bytes]:
    try:
        return source.read_bytes().removeprefix(_BYTE_ORDER_MARK).splitlines()
    except OSError as error:
        raise BadInputError(f"{source} can't be read: {error.strerror}") from error


def _check_apart(source: Path, output: Path) -> None:
    if output.is_dir():
        raise BadInputError(f"{output} is a folder; give a file for the output")
    if output.exists() and output.samefile(source):
        raise BadInputError(f"{source} is input and output; give another file for the output")


@contextmanager
def _replacing(output: Path) -> Iterator[BinaryIO]:
    """Open a draft beside `output` that takes its place when the block ends well."""
    draft = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with draft.open("wb") as stream:
            yield stream
        draft.replace(output)
    except OSError as error:
        raise StorageError(f"{output} can't be written: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)


def _handled(line: bytes, handle: Handler) -> dict[str, object]:
    row_id: object = None
    try:
        row = _read(line)
        row_id = _id(row)
        return {"id": row_id, **handle(row)}
    except CandorError as error:
        return {"id": row_id, "error": in_one_line(error)}
    except Exception as error:  # noqa: BLE001 — the other rows go on, whatever this one met
        return {"id": row_id, "error": f"unexpected {type(error).__name__}: {in_one_line(error)}"}


def _read(line: bytes) -> Row:
    try:
        row = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"the row is no JSON: {in_one_line(error)}") from error
    if not isinstance(row, dict):
        raise BadInputError("the row is no JSON object")
    return row


def _id(row: Row) -> object:
    row_id = row.get("id")
    if row_id is None:
        raise BadInputError("the row has no `id`")
    if isinstance(row_id, float) and not math.isfinite(row_id):
        raise BadInputError(f"the row's `id` is {row_id}, which JSON can't hold")
    return row_id


def _encoded(row: dict[str, object]) -> bytes:
    # A lone surrogate has no UTF-8 form; with a backslash it becomes JSON's own escape for it.
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
