"""A throw-away PostgreSQL, where its binaries are installed."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WHY_NOT = "PostgreSQL isn't installed: `apt install postgresql` makes this run"


def binaries() -> Path | None:
    """Return the folder with `initdb` and `pg_ctl`, or None where there is none."""
    on_path = shutil.which("pg_ctl")
    folders = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    if on_path:
        folders.append(Path(on_path).parent)
    return next((each for each in folders if (each / "initdb").exists()), None)


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Yield the SQLAlchemy URL of a server that lives as long as the context.

    PostgreSQL refuses to run as root; there, it runs as `postgres` or as `nobody`.
    """
    # Below /tmp, because a test's own folder is closed to other users.
    home = Path(tempfile.mkdtemp(prefix="candor-postgres-"))
    user = _unprivileged()
    if user is not None:
        os.chown(home, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    options = f"-c listen_addresses='' -k {home} -c fsync=off"  # its socket is a file, no port
    log = folder / "postgres.log"
    _run(home, user, "initdb", "-D", f"{home}/data", "-U", "candor", "-A", "trust", "-E", "UTF8")
    _run(
        home,
        user,
        "pg_ctl",
        "-D",
        f"{home}/data",
        "-o",
        options,
        "-l",
        f"{home}/log",
        "-w",
        "-t",
        "180",
        "start",
    )
    try:
        yield f"postgresql+psycopg://candor@/postgres?host={home}"
    finally:
        _run(home, user, "pg_ctl", "-D", f"{home}/data", "-m", "immediate", "stop")
        shutil.move(home / "log", log)
        shutil.rmtree(home)


def _unprivileged() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _run(home: Path, user: str | None, program: str, *arguments: str) -> None:
    folder = binaries()
    assert folder is not None
    subprocess.run(
        [str(folder / program), *arguments],
        cwd=home,
        user=user,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=200,
    )
