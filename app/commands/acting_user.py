"""Who gives a command, for what stays on record."""

import os
from collections.abc import Callable
from getpass import getuser


def acting_user(name: Callable[[], str] = getuser) -> str:
    """Return who asks, for the log; in a container a user's number may have no name."""
    try:
        return name()
    except (KeyError, OSError):  # before and from Python 3.13 on
        return f"uid {os.getuid()}"
