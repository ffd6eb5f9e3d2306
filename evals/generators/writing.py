"""Writes generated suites: JSON lines, and a datasheet beside them."""

from collections.abc import Sequence
from pathlib import Path

from evals.case import case_line
from evals.errors import EvalsError
from evals.generators.datasheet import datasheet
from evals.generators.generator import Source
from evals.generators.suite import Made


def write_by_kind(
    folder: Path, made: Sequence[Made], source: Source, *, seed: int, remark: str = ""
) -> list[Path]:
    """Write a suite for each kind that has cases, and return the files of cases.

    Raises:
        EvalsError: The folder can't be written.
    """
    return [
        write_suite(folder, str(one.generator.kind), [one], source, seed=seed, remark=remark)
        for one in made
        if one.cases
    ]


def write_suite(
    folder: Path, name: str, made: Sequence[Made], source: Source, *, seed: int, remark: str = ""
) -> Path:
    """Write one suite with its datasheet, and return the file of cases.

    Raises:
        EvalsError: The folder can't be written.
    """
    path = folder / f"{name}.jsonl"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(
            "".join(case_line(case) for one in made for case in one.cases), encoding="utf-8"
        )
        sheet = datasheet(name, made, source, seed=seed, remark=remark)
        path.with_suffix(".md").write_text(sheet, encoding="utf-8")
    except OSError as error:
        raise EvalsError(
            f"the suite can't be written to {folder} ({error.strerror or error}): "
            "name another folder with --output"
        ) from error
    return path
