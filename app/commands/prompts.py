"""`candor prompts`: the versions of the prompts, and what changed between them."""

import json
from pathlib import Path
from typing import Annotated

import typer

prompts = typer.Typer(help="List, show and compare prompts.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Id = Annotated[str, typer.Argument(help="Name and version: `answer.v3`.")]


@prompts.command("list")
def show_list(
    *,
    folder: Annotated[
        Path | None,
        typer.Option(help="Folder of prompts.", show_default="the program's own", exists=True),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show every prompt with its purpose; * marks those that the settings name.

    Exits with 1 where a released prompt isn't what it was.
    """
    from app.prompts.registry import PROMPTS, listed  # noqa: PLC0415 — `--help` stays fast
    from app.settings import AppSettings  # noqa: PLC0415 — as above

    settings = AppSettings()
    used = {settings.answer_prompt, settings.repair_prompt, settings.judge_prompt}
    found = listed(folder or PROMPTS)
    for one in found:
        row = {"prompt": one.id, "state": one.state, "fingerprint": one.fingerprint}
        mark = "*" if one.id in used else " "
        told = f"{mark} {one.id:<12} {one.state:<10} {one.purpose}"
        typer.echo(json.dumps({**row, "purpose": one.purpose}) if as_json else told)
    if any(one.state.is_broken for one in found):
        raise typer.Exit(1)


@prompts.command()
def show(name: Id) -> None:
    """Show a prompt's file: its purpose, inputs and why, and its messages."""
    from app.prompts.registry import load_prompt, prompt_text  # noqa: PLC0415 — as above

    load_prompt(name)  # a damaged one is told, not shown
    typer.echo(prompt_text(name), nl=False)


@prompts.command()
def diff(before: Id, after: Id) -> None:
    """Show the lines that differ between two versions of a prompt."""
    from app.prompts.comparison import prompt_diff  # noqa: PLC0415 — as above

    for line in prompt_diff(before, after):
        typer.echo(line)
