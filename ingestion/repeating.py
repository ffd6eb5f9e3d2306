"""Commands that run again and again: an error is told, and the next run goes on."""

import re
import time
from collections.abc import Callable, Iterator
from itertools import count

import typer

from knowledge_base.errors import BadInputError, CandorError

_INTERVAL = re.compile(r"(\d+)\s*([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def interval_seconds(words: str) -> int:
    """Return the seconds in an interval such as `90s`, `15m`, `6h` or `1d`.

    Raises:
        BadInputError: It is no such interval.
    """
    match = _INTERVAL.fullmatch(words.strip())
    if match is None or int(match.group(1)) == 0:
        raise BadInputError(f"{words!r} is no interval such as 90s, 15m, 6h or 1d")
    return int(match.group(1)) * _SECONDS[match.group(2)]


def run_every(words: str, run: Callable[[], object]) -> None:
    """Call `run` at an interval such as `15m` until Ctrl-C, and tell its errors on stderr.

    Raises:
        BadInputError: It is no such interval.
    """
    seconds = interval_seconds(words)
    try:
        repeat(run, seconds=seconds, tell=_print_error, sleep=time.sleep)
    except KeyboardInterrupt:
        typer.echo("Ended.", err=True)


def repeat(
    run: Callable[[], object],
    *,
    seconds: float,
    tell: Callable[[CandorError], None],
    sleep: Callable[[float], None],
    times: Iterator[int] | None = None,
) -> None:
    """Call `run` each so many seconds after the end of the call before, until Ctrl-C.

    Args:
        run: One run; the errors that a person can mend are told, others end the loop.
        seconds: From the end of a run to the beginning of the next.
        tell: Hears of errors.
        sleep: Waits.
        times: One item a run; endless by default.
    """
    for number in times or count():
        if number:
            sleep(seconds)
        try:
            run()
        except CandorError as error:
            tell(error)


def _print_error(error: CandorError) -> None:
    typer.secho(f"candor: {error}", err=True, fg=typer.colors.RED)
