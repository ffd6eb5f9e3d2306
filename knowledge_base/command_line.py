"""The `candor` command: finds its sub-commands as entry points and says errors in one line."""

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import EntryPoint, entry_points
from typing import NoReturn

import typer

from knowledge_base.errors import CandorError

COMMANDS = "candor.commands"


def main() -> None:
    """Run the `candor` command with the arguments of this process."""
    available = entry_points(group=COMMANDS)
    named = [entry for entry in available if entry.name in sys.argv[1:2]]
    with one_line_errors("candor"):
        _build(named or available)()


@contextmanager
def one_line_errors(program: str) -> Iterator[None]:
    """End the process with one line on stderr where an error is one that a person can mend."""
    try:
        yield
    except CandorError as error:
        _fail(program, str(error))
    except OSError as error:
        _fail(program, f"{error}; see to that and run it again")
    except ValueError as error:
        told = _unusable_settings(error)
        if told is None:
            raise
        _fail(program, told)


def printable_line(text: str) -> str:
    """Return the text without line breaks and without what could steer the terminal."""
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))


_FIELD = re.compile(r'field "(\w+)"')
"""Where a value that is no JSON tells whose it is."""


def _fail(program: str, told: str) -> NoReturn:
    typer.secho(f"{program}: {printable_line(told)}", err=True, fg=typer.colors.RED)
    sys.exit(1)


def _unusable_settings(error: ValueError) -> str | None:
    """Return what is wrong with a setting, without its value, which may be secret."""
    from pydantic import ValidationError  # noqa: PLC0415 — keeps `candor --help` fast
    from pydantic_settings import SettingsError  # noqa: PLC0415

    if isinstance(error, SettingsError):
        name = _FIELD.search(str(error))
        return f"CANDOR_{name[1].upper() if name else '…'} can't be used: it isn't JSON"
    if not isinstance(error, ValidationError) or not error.title.endswith("Settings"):
        return None
    found = (
        f"CANDOR_{'_'.join(map(str, each['loc'])).upper()} can't be used: {each['msg']}"
        for each in error.errors(include_input=False, include_url=False)
    )
    return "; ".join(found)


def _build(entries: Iterable[EntryPoint]) -> typer.Typer:
    application = typer.Typer(
        name="candor",
        help="A support assistant that answers from your help articles, "
        "cites every sentence, and never makes up a policy.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    application.callback()(_keep_sub_commands)
    for entry in sorted(entries, key=lambda found: found.name):
        command = entry.load()
        if isinstance(command, typer.Typer):
            application.add_typer(command, name=entry.name)
        else:
            application.command(entry.name)(command)
    return application


def _keep_sub_commands() -> None:
    """A support assistant that answers from your help articles and never makes up a policy."""
