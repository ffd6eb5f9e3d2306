"""A `candor` command as a person at a terminal meets it: its output, its errors, its exit code."""

import io
from contextlib import redirect_stderr
from dataclasses import dataclass

import pytest
from typer import Typer
from typer.testing import CliRunner

from knowledge_base.command_line import one_line_errors


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def is_one_line(self) -> bool:
        """Whether it failed, and said why in one line."""
        return self.code != 0 and self.out == "" and len(self.err.splitlines()) == 1


def candor(command: Typer, *arguments: str) -> Said:
    """Run a command; an error that no person can mend is raised here as it would be there."""
    result = CliRunner().invoke(command, arguments)
    if result.exception is None or isinstance(result.exception, SystemExit):
        return Said(result.exit_code, result.stdout, result.stderr)
    told = io.StringIO()
    with redirect_stderr(told), pytest.raises(SystemExit) as ended, one_line_errors("candor"):
        raise result.exception
    return Said(int(ended.value.code or 0), result.stdout, result.stderr + told.getvalue())
