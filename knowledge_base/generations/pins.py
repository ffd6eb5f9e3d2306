"""Which generations a release holds fast: one small file, written by what decides on releases.

Where one is held to serve, the generation that is published last waits; those that are kept aren't
pruned. Without the file, what is published serves.
"""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge_base.errors import StorageError, in_one_line
from knowledge_base.whole_files import replace_file

PINS = "pins.json"


class Pins(BaseModel):
    """What `pins.json` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    releases: tuple[str, ...] = ()
    """Ids of the releases that serve."""
    serving: tuple[str, ...] = ()
    """Ids of the generations that they serve."""
    kept: tuple[str, ...] = ()
    """Ids of those that must not go: what serves, and what a rollback can go back to."""


def read_pins(data_dir: Path) -> Pins:
    """Return what is held fast, nothing where no release decides.

    Raises:
        StorageError: The file can't be read.
    """
    file = data_dir / PINS
    try:
        return Pins.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return Pins()
    except (OSError, ValidationError) as error:
        raise StorageError(
            f"{file} can't be read ({in_one_line(error)}); `candor release promote` writes it again"
        ) from error


def write_pins(data_dir: Path, pins: Pins) -> None:
    """Hold these generations fast from now on.

    Raises:
        StorageError: The file can't be written; the one before it stays.
    """
    try:
        replace_file(data_dir / PINS, pins.model_dump_json().encode())
    except OSError as error:
        raise StorageError(f"{data_dir / PINS} can't be written ({error.strerror})") from error
