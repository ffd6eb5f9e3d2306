"""The canary of a deployment: one random mark for the prompts of all its processes.

A provider keeps the beginning of a prompt from call to call, up to the first character that
differs. With a mark for each process, two of them, or one before and after a restart, would share
no more than the words above it.
"""

import os
import secrets
from pathlib import Path

import structlog

FILE = "canary"
_BYTES = 8

_log = structlog.get_logger(__name__)


def deployment_canary(data_dir: Path) -> str:
    """Return the mark that the data folder holds, made with the first call.

    Where it can't be kept, each call returns another one. Deleting the file changes it.
    """
    file = data_dir / FILE
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        _make(file)
        kept = file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        _log.warning("canary_not_kept", reason=type(error).__name__)
        return _fresh()
    return kept if len(kept) == 2 * _BYTES else _fresh()


def _make(file: Path) -> None:
    """Write a new mark where there is none; of several processes, the first one's stays."""
    draft = file.with_name(f".{FILE}.{secrets.token_hex(4)}")
    if file.exists():
        return
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            opened.write(_fresh())
        os.link(draft, file)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)


def _fresh() -> str:
    return secrets.token_hex(_BYTES)
