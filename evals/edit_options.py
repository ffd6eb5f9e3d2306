"""What the commands share that ask about edited copies of the articles."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

ArticlesOption = Annotated[
    Path | None,
    typer.Option(help="Folder of the articles that are copied.", show_default="the sample"),
]
DayOption = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Day that is asked about.", show_default="today"),
]
OutputOption = Annotated[
    Path | None, typer.Option(help="File for what became of each case, an object a line.")
]


def write_rows(output: Path | None, rows: Iterable[Mapping[str, object]]) -> None:
    """Write an object a line, where a file is named.

    Raises:
        EvalsError: The file can't be written.
    """
    from evals.errors import EvalsError  # noqa: PLC0415 - `--help` stays fast

    if output is None:
        return
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    try:
        output.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise EvalsError(f"{output} can't be written ({error.strerror}): name another") from error
