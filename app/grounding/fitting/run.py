"""One run that chooses the thresholds of the rules, with the figures that belong to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.grounding.fit_record import Figure, LabelFile, ThresholdRun, rate_figure
from app.grounding.fitting.case_judge import CaseJudge
from app.grounding.fitting.labelled_case import LabelledCase, Tally
from app.grounding.fitting.search import search
from app.grounding.thresholds import Thresholds
from app.grounding.verifier import Check
from knowledge_base.errors import BadInputError


@dataclass(frozen=True, slots=True)
class CaseSet:
    """The labelled cases of one file."""

    name: str
    sha256: str
    cases: tuple[LabelledCase, ...]

    @property
    def chosen_on(self) -> tuple[LabelledCase, ...]:
        """Those that thresholds are chosen on."""
        return tuple(one for one in self.cases if not one.is_held_out)

    @property
    def held_out(self) -> tuple[LabelledCase, ...]:
        """Those that are only reported on."""
        return tuple(one for one in self.cases if one.is_held_out)


@dataclass(frozen=True, slots=True)
class ChosenRules:
    """Thresholds, and the run that chose them."""

    thresholds: Thresholds
    run: ThresholdRun


def choose_rules(
    sets: Sequence[CaseSet],
    start: Thresholds,
    support: Check,
    *,
    false_block_rate: float,
    seed: int,
    day: date,
) -> ChosenRules:
    """Return the thresholds that the sets' halves to choose on speak for.

    Raises:
        BadInputError: Those halves hold no supported claim, or no unsupported one.
    """
    judge = CaseJudge(support)
    pool = [case for one in sets for case in one.chosen_on]
    if len({case.supported for case in pool}) != 2:  # noqa: PLR2004 — both kinds
        raise BadInputError(
            "the thresholds can't be chosen: give claims that are supported and claims that "
            "aren't, with an even sha256(origin) among each"
        )
    chosen = search(pool, start, judge, false_block_rate=false_block_rate, seed=seed)
    run = ThresholdRun(
        day=day,
        seed=seed,
        false_block_rate=false_block_rate,
        rule=(
            f"the most caught while at most {false_block_rate:.1%} of the supported claims are "
            "blocked, by coordinate ascent from what stood before"
        ),
        labels=tuple(map(_file, sets)),
        figures=tuple(_figures(sets, chosen, judge)),
    )
    return ChosenRules(chosen, run)


def _figures(sets: Sequence[CaseSet], chosen: Thresholds, judge: CaseJudge) -> Iterator[Figure]:
    pool = [case for one in sets for case in one.chosen_on]
    yield from _told("all, chosen on", judge.tally(pool, chosen))
    for one in sets:
        yield from _told(f"{one.name}, chosen on", judge.tally(one.chosen_on, chosen))
        yield from _told(f"{one.name}, held out", judge.tally(one.held_out, chosen))


def _told(name: str, found: Tally) -> Iterator[Figure]:
    if found.catch_rate:
        yield rate_figure(f"{name}: unsupported claims caught", found.catch_rate)
    if found.false_block_rate:
        yield rate_figure(f"{name}: supported claims blocked", found.false_block_rate)


def _file(one: CaseSet) -> LabelFile:
    return LabelFile(
        name=one.name,
        sha256=one.sha256,
        claims=len(one.cases),
        unsupported=sum(not case.supported for case in one.cases),
        use="rows whose sha256(origin) is even",
    )
