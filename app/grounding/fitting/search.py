"""Searches thresholds: the most caught among those that block no more than a stated share.

One threshold after the other is moved along its grid while the rest stand still, in an order drawn
by the seed, until no move helps (coordinate ascent). Of settings that catch as much, the one that
blocks less wins, and of those the one that stands already: what the claims don't tell apart isn't
moved.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace

from app.grounding.fitting.case_judge import CaseJudge
from app.grounding.fitting.labelled_case import LabelledCase, Tally
from app.grounding.thresholds import Thresholds

ROUNDS = 3
"""Rounds at most; the second one rarely moves anything."""
_CLOSE = (0.1, 0.2, 0.3, 0.35, 0.4, 0.5, 0.6)
_NEAR = (0.0, 0.02, 0.04, 0.05, 0.07, 0.1)
_SHARE = (0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9)
HALF = 0.5
"""A claim that has half of a restriction's words hasn't kept it: "members" for "Summit members"."""
GRIDS = {
    "scope_close": _CLOSE,
    "scope_near": _NEAR,
    "rests_close": _CLOSE,
    "rests_near": _NEAR,
    "facts_close": _CLOSE,
    "facts_near": _NEAR,
    "benefits_near": _NEAR,
    "kept": tuple(share for share in _SHARE if share > HALF),
    "as_told": _SHARE,
    "alike": _SHARE,
    "opposed": _SHARE,
}
"""What is tried of each threshold of the rules; the support model's has a fit of its own."""


def search(
    cases: Sequence[LabelledCase],
    start: Thresholds,
    judge: CaseJudge,
    *,
    false_block_rate: float,
    seed: int,
) -> Thresholds:
    """Return the thresholds that are chosen on the cases, beginning at `start`."""
    most = int(false_block_rate * sum(one.supported for one in cases))
    draw = random.Random(seed)  # noqa: S311 — the order of a search, not a secret
    best, reached = start, judge.tally(cases, start)
    for _ in range(ROUNDS):
        before = best
        for name in draw.sample(sorted(GRIDS), len(GRIDS)):
            for tried in _moved(best, name):
                found = judge.tally(cases, tried)
                if _worth(found, most) > _worth(reached, most):
                    best, reached = tried, found
        if best == before:
            break
    return best


def _moved(standing: Thresholds, name: str) -> Iterator[Thresholds]:
    held = asdict(standing)[name]
    return (replace(standing, **{name: value}) for value in GRIDS[name] if value != held)


def _worth(found: Tally, most: int) -> tuple[int, int, int]:
    """Return what ranks a setting: one that blocks too much is as bad as it blocks."""
    excess = max(0, found.blocked - most)
    return (-excess, found.caught, -found.blocked)
