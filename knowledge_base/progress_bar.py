"""Progress shown as a bar on standard error, with rate and time left."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars
from rich.text import Text


class ProgressBar:
    """Shows each step as one bar below the other; see `Progress`."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def begin(self, step: str, total: int | None) -> None:
        """Begin a step of `total` pieces, and end the one before it."""
        self.end()
        self._task = self._bars.add_task(step, total=total, note="")

    def advance(self, pieces: int = 1) -> None:
        """Count pieces of the present step as done."""
        if self._task is not None:
            self._bars.advance(self._task, pieces)

    def note(self, text: str) -> None:
        """Show a few words behind the present step: what it has cost so far."""
        if self._task is not None:
            self._bars.update(self._task, note=text)

    def end(self) -> None:
        """End the present step; one whose total wasn't known had as many pieces as were done."""
        if self._task is not None:
            task = next(task for task in self._bars.tasks if task.id == self._task)
            if task.total is None:
                self._bars.update(self._task, total=task.completed)
            self._bars.stop_task(self._task)


@contextmanager
def progress_bar() -> Iterator[ProgressBar]:
    """Show a progress bar on standard error as long as the block runs."""
    bars = Bars(
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description:<10}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
        console=Console(stderr=True),
    )
    with bars:
        bar = ProgressBar(bars)
        yield bar
        bar.end()


class _RateColumn(ProgressColumn):
    """Pieces a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f}/s", style="progress.data.speed")
