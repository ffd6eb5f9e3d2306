"""Builds the virtual environment from the lock, with nothing but Python's standard library.

torch comes first and with its dependencies, so that a CPU and a CUDA build both work;
everything else comes from the lock as it stands there.
`TORCH_INDEX` names another index to take torch from.
"""

from __future__ import annotations  # so that an old Python gets as far as being told

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
NEEDED_BYTES = 4 * 1024**3  # the environment takes 2.7 GB, its downloads the rest


def main() -> None:
    """Build the environment named on the command line, or say in one line what is missing."""
    venv = ROOT / sys.argv[1]
    _check_python()
    _check_disk()
    _create(venv)
    steps = (
        ("installing torch (1/3)", _torch_arguments()),
        ("installing the locked packages (2/3)", ["--no-deps", "-r", "requirements.lock"]),
        ("installing candor (3/3)", ["--no-deps", "--no-build-isolation", "-e", "."]),
    )
    for title, arguments in steps:
        _pip(venv, title, arguments)
    (venv / ".complete").touch()
    print("setup: .venv is ready", flush=True)


def _check_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        _stop(
            f"Candor needs Python 3.11 or newer, and {sys.executable} is {found}; "
            "name another one with `make PYTHON=/path/to/python3.11 …`"
        )


def _check_disk() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED_BYTES:
        _stop(
            f"the environment needs {NEEDED_BYTES / 1024**3:.0f} GB of free disk, "
            f"and {ROOT} has {free / 1024**3:.1f} GB; free some space and try again"
        )


def _create(venv: Path) -> None:
    command = [sys.executable, "-m", "venv", "--clear", str(venv)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        _stop(
            f"{sys.executable} can't make a virtual environment; "
            "on Debian or Ubuntu install the package python3-venv"
        )


def _torch_arguments() -> list[str]:
    requirement = (ROOT / "requirements-torch.lock").read_text(encoding="utf-8").strip()
    index = os.environ.get("TORCH_INDEX")  # noqa: TID251
    return [requirement, *(["--index-url", index] if index else [])]


def _pip(venv: Path, title: str, arguments: list[str]) -> None:
    print(f"setup: {title} …", flush=True)
    log = venv / "setup.log"
    command = [str(venv / "bin" / "python"), "-m", "pip", "install", "--progress-bar", "off"]
    with log.open("a", encoding="utf-8") as stream:
        code = subprocess.call(  # noqa: S603
            [*command, *arguments], cwd=ROOT, stdout=stream, stderr=subprocess.STDOUT
        )
    if code:
        errors = [line for line in log.read_text().splitlines() if line.startswith("ERROR")]
        _stop(f"{title} failed: {errors[-1] if errors else f'exit code {code}'} (see {log})")


def _stop(message: str) -> None:
    sys.exit(f"setup: {message}")


if __name__ == "__main__":
    main()
