"""Commands that run again and again outlive what a person can mend."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

CANDOR = Path(sys.executable).with_name("candor")
INTERRUPTIBLE = (
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)
"""Runs a command that hears of Ctrl-C, also below a shell's background job, which doesn't."""


class TestEvery:
    @pytest.mark.parametrize(
        ("command", "told"),
        [
            (("canary", "run"), "candor: there is no index"),
            (("eval", "live"), "candor: the database"),
        ],
    )
    def test_tells_an_error_and_goes_on_until_ctrl_c(
        self, tmp_path: Path, command: tuple[str, ...], told: str
    ) -> None:
        (tmp_path / "candor.db").write_text("no database, whatever its name says")

        running = subprocess.Popen(
            [sys.executable, "-c", INTERRUPTIBLE, CANDOR, *command, "--every", "1s"],
            env={**os.environ, "CANDOR_DATA_DIR": str(tmp_path)},  # noqa: TID251 — a child process inherits them
            stderr=subprocess.PIPE,
            text=True,
        )
        assert running.stderr is not None
        heard = [running.stderr.readline() for _ in range(2)]
        running.send_signal(signal.SIGINT)
        _, rest = running.communicate()

        assert [line.casefold().startswith(told) for line in heard] == [True, True]
        assert rest.endswith("Ended.\n")
        assert running.returncode == 0
