"""What `make demo` and `make setup` say when the machine isn't ready for them."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **variables},  # noqa: TID251 — a child process inherits them
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


class TestDemo:
    @pytest.mark.parametrize("variable", ["CANDOR_PORT", "CANDOR_UI_PORT"])
    def test_says_in_one_line_that_a_port_is_taken(self, variable: str, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = str(taken.getsockname()[1])

            done = run(
                sys.executable,
                "scripts/demo.py",
                **{"CANDOR_DATA_DIR": str(tmp_path), variable: port},
            )

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert f"127.0.0.1:{port}" in done.stderr
        assert variable in done.stderr

    def test_says_in_one_line_which_setting_cannot_be_used(self) -> None:
        done = run(sys.executable, "scripts/demo.py", CANDOR_PORT="abc")

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert "CANDOR_PORT" in done.stderr


class TestEnvironment:
    def test_says_in_one_line_that_python_is_too_old(self) -> None:
        code = (
            "import sys, runpy; sys.version_info = (3, 9, 1); sys.argv = ['x', 'venv'];"
            "runpy.run_path('scripts/environment.py', run_name='__main__')"
        )

        done = run(sys.executable, "-c", code)

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert "needs Python 3.11 or newer" in done.stderr
        assert "is 3.9.1" in done.stderr

    def test_says_in_one_line_that_the_disk_is_full(self) -> None:
        code = (
            "import sys, shutil, runpy, collections; sys.argv = ['x', 'venv'];"
            "Usage = collections.namedtuple('Usage', 'total used free');"
            "shutil.disk_usage = lambda path: Usage(1, 1, 10**9);"
            "runpy.run_path('scripts/environment.py', run_name='__main__')"
        )

        done = run(sys.executable, "-c", code)

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert "4 GB of free disk" in done.stderr
