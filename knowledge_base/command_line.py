"""The `candor` command: finds its sub-commands as entry points and says errors in one line."""

import sys
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points

import typer

from knowledge_base.errors import CandorError

COMMANDS = "candor.commands"


def main() -> None:
    """Run the `candor` command with the arguments of this process."""
    available = entry_points(group=COMMANDS)
    named = [entry for entry in available if entry.name in sys.argv[1:2]]
    try:
        _build(named or available)()
    except CandorError as error:
        typer.secho(f"candor: {error}", err=True, fg=typer.colors.RED)
        sys.exit(1)


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
