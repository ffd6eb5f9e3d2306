"""Releases as lines for the terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from app.releases.difference import Difference, prompt_lines
from app.releases.evidence import Evidence, GateResult, counted
from app.releases.pointer import Serving
from app.releases.promotion_log import Entry
from app.releases.release import Release
from app.releases.store import Releases

_SHOWN_FINGERPRINT = 12


def evaluation_told(release: Release) -> str:
    """Return in a few words what let a release through when it was created."""
    if release.evaluation is None:
        return "not evaluated yet"
    return f"run {release.evaluation.run} passed the gate with exactly this set"


def serving_told(serving: Serving) -> str:
    """Return in a sentence what serves."""
    if not serving.arms:
        return "No release serves: the settings and the published generation do."
    arms = " and ".join(f"{arm.release} ({arm.weight:.0%})" for arm in serving.arms)
    return f"{arms} {'serve' if len(serving.arms) > 1 else 'serves'}."


def list_lines(releases: Releases, evidence: Evidence) -> Iterator[str]:
    """Yield a line a release, the newest first, after what serves and whether it is frozen."""
    frozen = releases.frozen()
    serving = releases.serving()
    yield serving_told(serving)
    if frozen:
        yield f"Promotion is frozen since {frozen.since:%Y-%m-%d %H:%M} UTC: {frozen.reason}"
    shares = {arm.release: f"{arm.weight:.0%}" for arm in serving.arms}
    for one in releases.listed():
        share = shares.get(one.id, "")
        told = _judged(evidence.of(one.pinned)) + (f"  {one.note}" if one.note else "")
        yield f"{share:>4}  {one.id}  {one.created:%Y-%m-%d %H:%M}  {told}"


def _judged(found: Sequence[GateResult]) -> str:
    if not found:
        return "not evaluated"
    counting = counted(found)
    problem = next((one.problem for one in counting or found if one.problem), None)
    return f"can't be promoted: {problem}" if problem else "passed the gate"


def show_lines(
    release: Release, log: Sequence[Entry], evidence: Sequence[GateResult]
) -> Iterator[str]:
    """Yield what a release pins, what speaks for and against it, and what was done with it."""
    yield f"{release.id}, created {release.created:%Y-%m-%d %H:%M} UTC"
    if release.note:
        yield release.note
    yield f"fingerprint: {release.pinned.fingerprint}"
    for name, value in asdict(release.pinned).items():
        if isinstance(value, dict):
            yield f"{name}:"
            yield from (f"  {key}: {each}" for key, each in value.items())
        else:
            yield f"{name}: {value}"
    yield from evidence_lines(evidence)
    for entry in log:
        if entry.release == release.id:
            yield entry_line(entry)


def evidence_lines(evidence: Sequence[GateResult]) -> Iterator[str]:
    """Yield what the gate said of the latest run of each suite."""
    if not evidence:
        yield "evaluation: no run has measured exactly this set"
    for one in evidence:
        failed = "doesn't pass" if one.counts else "says nothing"
        verdict = "passes" if one.passes else f"{failed}: {one.problem}"
        yield f"evaluation: {one.run.config.suite.name}, run {one.run.id} {verdict}"


def diff_lines(found: Sequence[Difference]) -> Iterator[str]:
    """Yield what differs, a thing a line, prompts with their changed lines."""
    if not found:
        yield "Both pin the same set."
    for one in found:
        yield f"{one.name}: {_short(one.before)} → {_short(one.after)}"
        yield from (f"  {line}" for line in prompt_lines(one))


def diff_row(one: Difference) -> dict[str, str | None]:
    """Return a difference as JSON has it."""
    return asdict(one)


def entry_line(entry: Entry) -> str:
    """Return a line of the log of promotions."""
    arms = ", ".join(f"{arm.release} {arm.weight:.0%}" for arm in entry.arms or ())
    parts = [
        f"{entry.at:%Y-%m-%d %H:%M:%S}",
        entry.act.value,
        f"by {entry.who}",
        f"→ {arms or 'no release'}" if entry.arms is not None else "",
        f"let through by {entry.run}" if entry.run else "",
        f"OVERRIDE: {entry.override}" if entry.override else "",
        entry.why,
    ]
    return "  ".join(part for part in parts if part)


def _short(value: str | None) -> str:
    """Return the value with a fingerprint cut: a reader wants to see that it differs."""
    if value is None:
        return "nothing"
    name, _, fingerprint = value.partition(" ")
    return f"{name} {fingerprint[:_SHOWN_FINGERPRINT]}" if name.count(".v") else value
