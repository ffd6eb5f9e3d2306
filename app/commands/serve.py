"""The `candor serve` command: starts the API."""

from typing import Annotated

import typer


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; CANDOR_HOST by default.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(help="Port to listen on; CANDOR_PORT by default.", min=0, max=65535),
    ] = None,
) -> None:
    """Serve the API until Ctrl-C."""
    from app.settings import AppSettings  # noqa: PLC0415 — keeps `candor --help` fast

    settings = AppSettings()  # before the long import: a mistake in it is told at once
    from app.api.server import run_server  # noqa: PLC0415

    chosen = {"host": host, "port": port}
    given = {name: value for name, value in chosen.items() if value is not None}
    run_server(settings.model_copy(update=given))
