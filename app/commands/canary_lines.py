"""What `candor canary` prints of looks and alarms."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge_base.command_line import printable_line

if TYPE_CHECKING:
    from app.drift.canaries import Alarm, Look
    from app.drift.observation import Pass

_SHOWN = 3


def look_json(look: "Look", alarm: "Alarm | None") -> str:
    """Return a look as one line of JSON, without what was asked."""
    told = look.model_dump(mode="json", exclude={"asked"})
    spent = {"tokens": look.asked.tokens, "cost_usd": look.asked.cost_usd}
    named = {"failed": look.asked.failed, "alarm": alarm.id if alarm else None}
    return json.dumps({**told, **named, **spent})


def look_lines(look: "Look") -> Iterator[str]:
    """Yield what a look found, signal by signal."""
    from app.drift.canary import told  # noqa: PLC0415

    if look.compared is None:
        yield from _unjudged_lines(look)
        return
    yield f"Look {look.number} at reference {look.reference}, level {look.level:.2g}:"
    for one in look.compared.shifts:
        yield f"  {told(one)}{'  ALARM' if one.signal in look.compared.alarms else ''}"
    for name in look.compared.new_models:
        yield f"  the model calls itself {name}  ALARM"
    for name in look.compared.new_fingerprints:
        yield f"  new system fingerprint {name}"
    yield f"  spent {spent_told(look.asked)}"


def _unjudged_lines(look: "Look") -> Iterator[str]:
    from app.drift.comparison import is_judgeable  # noqa: PLC0415

    failed = [one.error for one in look.asked.observations if one.error]
    yield f"{len(failed)} of {len(look.asked.observations)} questions failed: no look."
    if failed:
        yield f"  the first one: {printable_line(failed[0])}"
    if is_judgeable(look.asked):
        yield "  too many failed when the reference was written: `candor canary reference`"
    yield f"  spent {spent_told(look.asked)}"


def offer_lines(alarm: "Alarm | None") -> Iterator[str]:
    """Yield an alarm with its first cases, and what can be done; nothing where there is none."""
    if alarm is None:
        return
    yield ""
    yield from alarm_lines(alarm, _SHOWN)
    yield ""
    yield "Nothing is promoted until `candor release thaw`; `candor release rollback` goes back."


def alarm_lines(alarm: "Alarm", shown: int) -> Iterator[str]:
    """Yield an alarm with as many of its cases, side by side."""
    state = f"closed {alarm.closed:%Y-%m-%d %H:%M}" if alarm.closed else "open"
    yield f"Alarm {alarm.id} of {alarm.release} ({state}): {alarm.summary}"
    if alarm.why is not None:
        yield f"  closed by {alarm.closed_by}: {printable_line(alarm.why)}"
    for case in alarm.cases[:shown]:
        yield f"  {printable_line(case.question)}"
        yield f"    then ({_held(held=case.held_before)}): {printable_line(case.before)}"
        yield f"    now  ({_held(held=case.holds_now)}): {printable_line(case.now)}"


def _held(*, held: bool) -> str:
    return "held" if held else "didn't hold"


def spent_told(*asked: "Pass") -> str:
    """Return what passes took, in words."""
    tokens, cost = sum(one.tokens for one in asked), sum(one.cost_usd for one in asked)
    return f"{tokens} tokens, {cost:.4f} USD"


def share_told(share: float | None) -> str:
    """Return a share in per cent, in words where there is none."""
    return "no share" if share is None else f"{share:.1%}"
