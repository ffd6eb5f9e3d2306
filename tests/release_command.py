"""`candor release` as the tests of its sub-commands give it."""

import json

from app.commands.release import release
from tests.command import Said, candor

UNKNOWN = "r9-1a2b3c4d"


def asked(*arguments: str) -> Said:
    return candor(release, *arguments)


def created() -> str:
    """Create a release as a person would, and return its id."""
    return str(json.loads(asked("create", "--json").out)["id"])


def one_line(said: Said) -> str:
    """Return the one line in which a command failed."""
    assert said.is_one_line, said
    return said.err
