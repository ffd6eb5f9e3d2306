"""The `candor ui` command: starts the page."""

import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer


def ui(
    port: Annotated[
        int | None,
        typer.Option(help="Port to listen on; CANDOR_UI_PORT by default.", min=1, max=65535),
    ] = None,
) -> None:
    """Serve the chat page; it speaks to the API at CANDOR_API_URL."""
    from ui.settings import UiSettings  # noqa: PLC0415 — keeps `candor --help` fast

    settings = UiSettings()
    chosen = port or settings.ui_port
    _check_port(settings.ui_host, chosen)
    options = {
        "server.address": settings.ui_host,
        "server.port": chosen,
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "theme.primaryColor": "#1f6f54",
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    page = Path(__file__).with_name("pages.py")
    os.execv(  # noqa: S606 — the same interpreter, no shell
        sys.executable, [sys.executable, "-m", "streamlit", "run", str(page), *flags]
    )


def _check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            typer.secho(
                f"candor: the page can't listen on {host}:{port} ({reason}); "
                "end what uses that port, or choose another with --port",
                err=True,
                fg=typer.colors.RED,
            )
            raise typer.Exit(1) from error
