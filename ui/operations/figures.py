"""Figures of days and releases in words: a rate never without its n and its interval."""

from app.api.admin.operation_schemas import DayBody, RateBody

NONE = "–"
LABELS = {
    "abstained": "Abstained",
    "blocked": "Sentences not shown as drafted",
    "disliked": "Thumbs down",
    "failed": "Failed",
    "unknown": "Unknown topics",
    "similarity": "Likeness of question and best passage (median)",
    "seconds": "Seconds to the whole answer (median)",
    "cost": "US dollars a turn",
}
"""What each signal is called."""


def said(rate: RateBody | None) -> str:
    """Return a rate with its interval and n, in percent."""
    if rate is None:
        return NONE
    return f"{rate.value:.1%} ({rate.low:.1%} – {rate.high:.1%}, n = {rate.n})"


def dollars(amount: float | None) -> str:
    """Return an amount in US dollars; small ones with enough digits to tell them apart."""
    if amount is None:
        return NONE
    return f"{amount:,.2f} USD" if amount >= 1 else f"{amount:.4f} USD"


def seconds(amount: float | None) -> str:
    """Return a time."""
    return NONE if amount is None else f"{amount:.1f} s"


def value_of(day: DayBody, signal: str) -> float | None:
    """Return a day's value of a signal, None where there is none."""
    rate: RateBody | None = getattr(day, signal, None) if signal in _RATES else None
    if signal in _RATES:
        return rate.value if rate else None
    if signal == "cost":
        return None if day.cost_usd is None else day.cost_usd / day.turns
    return day.seconds_p50 if signal == "seconds" else day.similarity


_RATES = ("abstained", "blocked", "disliked", "failed", "unknown")


def row_of(day: DayBody) -> dict[str, object]:
    """Return a row of a table of days or releases."""
    return {
        "Turns": day.turns,
        "Abstained": said(day.abstained),
        "Not as drafted": said(day.blocked),
        "Thumbs down": said(day.disliked),
        "Failed": said(day.failed),
        "Unknown": said(day.unknown),
        "p50": seconds(day.seconds_p50),
        "p95": seconds(day.seconds_p95),
        "Cost": dollars(day.cost_usd),
        "Tokens": day.tokens,
    }
