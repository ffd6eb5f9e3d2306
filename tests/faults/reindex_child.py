"""Reindexes an edition of articles without a model; a test ends it at a step, or fails its disk."""

import errno
import os
import resource
import signal
import sys
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from knowledge_base.errors import CandorError
from knowledge_base.failpoints import Step
from tests.reindexed import EditionSource, reindexing

LONGEST_WAIT_SECONDS = 60


@dataclass(slots=True)
class Armed:
    """Acts when a step is reached for the `times`-th time."""

    step: Step | None = None
    """None stands for any step."""
    times: int = 0
    """Never, where it is 0."""
    action: str = "kill"
    """`kill`, `full` for a full disk, or `wait`."""

    def reach(self, step: Step) -> None:
        """Count the step, and act if it is the one."""
        if self.step in (None, step):
            self.times -= 1
            if self.times == 0:
                self._act()

    def _act(self) -> None:
        if self.action == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.action == "full":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        time.sleep(LONGEST_WAIT_SECONDS)


def reindex_here(
    data_dir: Path, edition: str, armed: Armed, largest_file: int, told: Connection
) -> None:
    """Reindex in this process, say `ready` when that begins, and exit with 1 for an error.

    No file may grow above `largest_file` bytes, as if the disk were full there.
    """
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file,) * 2)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    told.send("ready")
    try:
        reindexing(data_dir, armed).run({"source": EditionSource(edition)})
    except CandorError as error:
        told.send(str(error))
        sys.exit(1)
