"""Starts everything on this machine: indexes the sample articles, then serves the API and the page.

Each part is a `candor …` child process, as it would be in production; Ctrl-C ends them all.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from app.settings import AppSettings
from knowledge_base.command_line import one_line_errors
from ui.settings import UiSettings

START_SECONDS = 120
STOP_SECONDS = 10


def main() -> None:
    """Run the demo until Ctrl-C, or until a part of it ends by itself."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with one_line_errors("demo"):
            _run(AppSettings(), UiSettings())
    except KeyboardInterrupt:
        print("\ndemo: ended", flush=True)


def _run(app: AppSettings, ui: UiSettings) -> None:
    _check_port(app.host, app.port, "API", "CANDOR_PORT")
    _check_port(ui.ui_host, ui.ui_port, "page", "CANDOR_UI_PORT")
    if not (app.data_dir / "current.json").exists():
        _index()
    api, page = f"http://{app.host}:{app.port}", f"http://{ui.ui_host}:{ui.ui_port}"
    variables = {**os.environ, "CANDOR_API_URL": ui.api_url if _is_set(ui) else api}  # noqa: TID251 — child processes inherit them
    parts: list[subprocess.Popen[bytes]] = []
    try:
        parts += [_start("serve", variables)]
        parts += [_start("ui", variables)]
        _wait_until_ready({f"{api}/readyz": parts[0], f"{page}/_stcore/health": parts[1]})
        print(f"\n  Page  {page}\n  API   {api}\n\nCtrl-C ends both.", flush=True)
        _watch(parts)
    finally:
        _end(parts)


def _check_port(host: str, port: int, name: str, variable: str) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            sys.exit(
                f"demo: the {name} can't listen on {host}:{port} ({reason}); "
                f"end what uses that port, or set {variable} to another"
            )


def _index() -> None:
    if code := subprocess.call(_candor("reindex")):  # noqa: S603
        sys.exit(code)


def _candor(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("candor")), *arguments]


def _is_set(ui: UiSettings) -> bool:
    return "api_url" in ui.model_fields_set


def _start(command: str, variables: dict[str, str]) -> subprocess.Popen[bytes]:
    # In a session of its own, so that Ctrl-C reaches this process alone, which ends the parts.
    return subprocess.Popen(_candor(command), env=variables, start_new_session=True)  # noqa: S603


def _wait_until_ready(parts: dict[str, subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + START_SECONDS
    for url, part in parts.items():
        while not _answers(url):
            if part.poll() is not None:
                sys.exit(f"demo: a part ended with exit code {part.returncode}; see its last line")
            if time.monotonic() > deadline:
                sys.exit(f"demo: {url} didn't answer within {START_SECONDS} s")
            time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310
            return bool(response.status == 200)  # noqa: PLR2004
    except (urllib.error.URLError, OSError):
        return False


def _watch(parts: Sequence[subprocess.Popen[bytes]]) -> None:
    while all(part.poll() is None for part in parts):
        time.sleep(0.5)
    sys.exit("demo: a part ended by itself; see its last line above")


def _end(parts: Sequence[subprocess.Popen[bytes]]) -> None:
    for part in parts:
        part.terminate()
    for part in parts:
        try:
            part.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            part.kill()
            part.wait()


if __name__ == "__main__":
    main()
