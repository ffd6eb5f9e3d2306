"""`candor release`: pin what serves, let it serve through a gate, and take it back."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.acting_user import acting_user
from knowledge_base.command_line import printable_line

if TYPE_CHECKING:
    from app.releases.evidence import Evidence
    from app.releases.store import Releases
    from app.settings import AppSettings

release = typer.Typer(
    help="Create, compare, promote, roll back, export and verify releases.", no_args_is_help=True
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Id = Annotated[str, typer.Argument(help="Id of a release: `r3-1a2b3c4d`.")]
Why = Annotated[str, typer.Option(help="Why, for the log of promotions.")]


@release.command()
def create(
    *,
    generation: Annotated[
        str | None, typer.Option(help="Generation to pin.", show_default="the published one")
    ] = None,
    note: Annotated[str, typer.Option(help="What it is for.")] = "",
    as_json: Json = False,
) -> None:
    """Pin the settings, the prompts and an index generation as a release; it doesn't serve yet."""
    from app.releases.candidate import create_release  # noqa: PLC0415 — `--help` stays fast
    from app.releases.release import RELEASE  # noqa: PLC0415 — as above
    from app.releases.report import evaluation_told  # noqa: PLC0415 — as above

    created = create_release(_settings(), generation, note)
    if as_json:
        typer.echo(RELEASE.dump_json(created).decode())
        return
    typer.echo(f"Release {created.id}: {evaluation_told(created)}.")


@release.command("list")
def show_list(*, as_json: Json = False) -> None:
    """Show all releases, the newest first, with the share that each one serves."""
    from app.releases.release import RELEASES_ROW  # noqa: PLC0415 — as above
    from app.releases.report import list_lines  # noqa: PLC0415 — as above

    releases = _releases()
    if as_json:
        typer.echo(RELEASES_ROW.dump_json(releases.listed()).decode())
        return
    for line in list_lines(releases, _evidence()):
        typer.echo(line)


@release.command()
def show(name: Id, *, as_json: Json = False) -> None:
    """Show what a release pins, what let it through, and what became of it."""
    from app.releases.release import RELEASE  # noqa: PLC0415 — as above
    from app.releases.report import show_lines  # noqa: PLC0415 — as above

    releases = _releases()
    found = releases.release(name)
    if as_json:
        typer.echo(RELEASE.dump_json(found).decode())
        return
    for line in show_lines(found, releases.log(), _evidence().of(found.pinned)):
        typer.echo(line)


@release.command()
def diff(
    before: Id,
    after: Annotated[
        str | None,
        typer.Argument(help="Id of another one.", show_default="what the settings make now"),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Show what two releases pin otherwise, prompts with their lines."""
    from app.releases.candidate import candidate  # noqa: PLC0415 — as above
    from app.releases.difference import differences  # noqa: PLC0415 — as above
    from app.releases.report import diff_lines, diff_row  # noqa: PLC0415 — as above

    releases = _releases()
    old = releases.release(before).pinned
    new = releases.release(after).pinned if after else candidate(_settings())
    found = differences(old, new)
    if as_json:
        typer.echo(json.dumps([diff_row(one) for one in found], ensure_ascii=False))
        return
    for line in diff_lines(found):
        typer.echo(line)


@release.command()
def promote(
    name: Id,
    *,
    share: Annotated[
        float | None,
        typer.Option(
            help="Share of the conversations that it gets beside what serves, above 0 and below 1.",
            show_default="all of them",
        ),
    ] = None,
    override: Annotated[
        str | None,
        typer.Option(help="Promote it without a gate that passes; the reason stays on record."),
    ] = None,
    why: Why = "",
) -> None:
    """Let a release serve; refused unless the evaluation gate has passed exactly its set."""
    from app.releases.promotion import Promotions, Reason  # noqa: PLC0415 — as above
    from app.releases.report import serving_told  # noqa: PLC0415 — as above

    serving = Promotions(_settings()).promote(name, Reason(acting_user(), why, override), share)
    typer.echo(serving_told(serving))


@release.command()
def rollback(*, why: Why = "") -> None:
    """Let what served before the last promotion serve again, in every process within a moment."""
    from app.releases.promotion import Promotions, Reason  # noqa: PLC0415 — as above
    from app.releases.report import serving_told  # noqa: PLC0415 — as above

    typer.echo(serving_told(Promotions(_settings()).roll_back(Reason(acting_user(), why))))


@release.command()
def key(
    folder: Annotated[Path, typer.Argument(help="Folder to write the pair to.")],
) -> None:
    """Make the pair of keys that bundles are signed with and verified by."""
    from app.releases.keys import PRIVATE, PUBLIC, SigningKey  # noqa: PLC0415 — as above

    SigningKey.generate().write(folder)
    typer.echo(f"Keep {folder / PRIVATE} secret (CANDOR_SIGNING_KEY); hand out {folder / PUBLIC}.")


@release.command()
def export(
    name: Id,
    bundle: Annotated[Path, typer.Argument(help="New folder to write the bundle to.")],
) -> None:
    """Write all that a release pins as a signed bundle, without a secret in it."""
    from app.releases.export import export_release  # noqa: PLC0415 — as above

    manifest = export_release(_settings(), name, bundle)
    typer.echo(f"{len(manifest.files)} files of release {name} written to {bundle}.")


@release.command()
def verify(
    bundle: Annotated[Path, typer.Argument(help="Folder of a bundle.", exists=True)],
    *,
    key: Annotated[Path, typer.Option(help="The signer's public key, a PEM file.")],
) -> None:
    """Name every byte of a bundle that isn't what was signed; exits with 1 where one isn't."""
    from app.releases.keys import VerifyingKey  # noqa: PLC0415 — as above
    from app.releases.verification import problems  # noqa: PLC0415 — as above

    found = list(problems(bundle, VerifyingKey.read(key)))
    for problem in found:
        typer.secho(printable_line(problem), err=True, fg=typer.colors.RED)
    if found:
        raise typer.Exit(1)
    typer.echo(f"{bundle} is what was signed.")


@release.command()
def compare(before: Id, after: Id) -> None:
    """Show how the conversations of two releases went, with intervals of what lies between them."""
    from app.releases.arms import compare_arms, comparison_lines  # noqa: PLC0415 — as above
    from app.store.database import open_database  # noqa: PLC0415 — as above
    from app.store.sql_arms import SqlArmTurns  # noqa: PLC0415 — as above

    settings, releases = _settings(), _releases()
    named = [releases.release(one).id for one in (before, after)]
    engine = open_database(settings.data_dir, settings.database_url)
    turns = SqlArmTurns(engine).of_releases(named)
    for line in comparison_lines(compare_arms(turns, *named)):
        typer.echo(line)


@release.command()
def freeze(reason: Annotated[str, typer.Argument(help="Why nothing may be promoted.")]) -> None:
    """Let nothing be promoted until `thaw`; a rollback works all the same."""
    if not reason.strip():
        raise typer.BadParameter("a freeze wants a reason: who is refused reads it")
    _releases().freeze(reason, acting_user())
    typer.echo("Promotion is frozen.")


@release.command()
def thaw(*, why: Why = "") -> None:
    """Let releases be promoted again."""
    _releases().thaw(why, acting_user())
    typer.echo("Releases can be promoted.")


@release.command()
def log(*, as_json: Json = False) -> None:
    """Show who let what serve, when and why, the latest first."""
    from app.releases.report import entry_line  # noqa: PLC0415 — as above

    for entry in _releases().log():
        typer.echo(entry.model_dump_json(exclude_none=True) if as_json else entry_line(entry))


def _settings() -> "AppSettings":
    from app.settings import AppSettings  # noqa: PLC0415 — as above

    return AppSettings()


def _evidence() -> "Evidence":
    from app.releases.evidence import open_evidence  # noqa: PLC0415 — as above

    return open_evidence(_settings())


def _releases() -> "Releases":
    from app.releases.store import Releases  # noqa: PLC0415 — as above

    return Releases(_settings().data_dir)
