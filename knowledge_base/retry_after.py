"""How long a server asks to wait before it is asked again: the `Retry-After` of its answer."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_SECONDS = re.compile(r"\d+(?:\.\d+)?")


def asked_wait_seconds(headers: Mapping[str, str]) -> float:
    """Return what `retry-after` asks for, in seconds or as a date; 0 where it asks nothing.

    A date counts from the server's own `date`, so that a clock that is wrong does no harm
    (RFC 9110, 10.2.3).

    Args:
        headers: An answer's, by their names in small letters.
    """
    asked = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(asked):
        return float(asked)
    try:
        until = _moment(asked)
        now = _moment(headers["date"]) if "date" in headers else datetime.now(UTC)
    except (TypeError, ValueError):
        return 0.0
    return max((until - now).total_seconds(), 0.0)


def _moment(http_date: str) -> datetime:
    moment = parsedate_to_datetime(http_date)
    # A date in the zone -0000 comes without one; it is UTC (RFC 5322, 3.3).
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
