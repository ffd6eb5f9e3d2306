"""How often the canary sees that a provider's model got worse, and how often it cries for nothing.

A simulated provider (`drifting_model.py`) is asked the default set over a socket, the whole way
through search, model and gate: several times as it is, and as it is when it has drifted all the
way. Whole runs keep a reference and look at it; for the rates, references and looks are drawn anew
from what was recorded, question by question.

    python -m benchmarks.canary record FILE     # the passes, about a quarter of an hour
    python -m benchmarks.canary rates FILE      # detection and false alarms, from these passes
    python -m benchmarks.canary whole FILE      # five whole runs of each drift, over the socket
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from app.bootstrap import build_assistant
from app.drift.canaries import Canaries, Reference, moment_id
from app.drift.canary import Canary
from app.drift.comparison import alarms_of, measured, needed_draws, signal_tests
from app.drift.likeness import likeness
from app.drift.observation import CanaryQuestion, Pass
from app.drift.observing import Answering, asked
from app.drift.questions import QUESTIONS, drawn, from_articles
from app.drift.spending import PLANNED_LOOKS, spent
from app.guardrails.personal_data import Masker
from app.price import Price
from app.settings import AppSettings
from app.statistics import rate
from benchmarks.drifting_model import Drift, DriftingModel
from benchmarks.reindexing import silent_reindexing
from ingestion.bootstrap import open_sources
from ingestion.settings import IngestionSettings
from knowledge_base.bootstrap import open_embedder
from knowledge_base.embedding.embedder import Embedder
from knowledge_base.generations.generation import read_articles
from knowledge_base.generations.publication import GENERATIONS, current_generation_id
from knowledge_base.sample import SAMPLE_ARTICLES
from tests.openai_server import an_openai_server

Places = NDArray[np.int64]
"""Numbers of recorded passes: one row a question."""
AS_IT_IS = "as it is"
PASSES = 3
RECORDED = 6
"""Passes of the model as it is."""
DAY = date(2026, 11, 1)
SHIFTS = (0.05, 0.1, 0.2)
REPETITIONS = 500
FALSE_ALARM_REPETITIONS = 2_000
WHOLE_RUNS = 5
FULL: Mapping[str, Drift] = {
    "worse": Drift(worse=1.0),
    "longer": Drift(longer=True),
    "slower": Drift(slower=2.0),
    "renamed": Drift(model="simulated-2"),
}
WHOLE: Mapping[str, Drift] = {
    "nothing": Drift(),
    **{f"{share:.0%} worse": Drift(worse=share) for share in SHIFTS},
    **{name: drift for name, drift in FULL.items() if name != "worse"},
}
_PASSES = TypeAdapter(dict[str, tuple[Pass, ...]])


@dataclass(frozen=True, slots=True)
class Setting:
    """A help centre, an assistant over it, and the model that it asks."""

    assistant: Answering
    questions: tuple[CanaryQuestion, ...]
    model: DriftingModel
    embedder: Embedder
    folder: Path

    async def asked(self, drift: Drift) -> Pass:
        """Return a pass with the model as it has drifted."""
        self.model.drift = drift
        return await asked(self.assistant, self.questions, DAY, concurrency=8)


def main() -> None:
    """Record, or measure what was recorded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("record", "rates", "whole"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--repetitions", type=int, default=REPETITIONS)
    parser.add_argument("--false-alarms", type=int, default=FALSE_ALARM_REPETITIONS)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--runs", type=int, default=WHOLE_RUNS)
    parser.add_argument("--drifts", nargs="+", choices=WHOLE, default=tuple(WHOLE))
    given = parser.parse_args()
    if given.what == "record":
        _record(given.file, given.questions)
    elif given.what == "rates":
        _rates(given.file, given.repetitions, given.false_alarms)
    else:
        _whole(given.questions, given.runs, given.drifts)


def _record(file: Path, questions: int) -> None:
    with a_setting(questions) as setting, asyncio.Runner() as loop:
        recorded: dict[str, tuple[Pass, ...]] = {}
        plan = [*((AS_IT_IS, Drift()),) * RECORDED]
        plan += FULL.items()
        for name, drift in plan:
            started = time.perf_counter()
            one = loop.run(setting.asked(drift))
            recorded[name] = (*recorded.get(name, ()), one)
            held = sum(each.holds for each in one.observations)
            print(
                f"{name}: {time.perf_counter() - started:.0f} s, {one.failed} failed, "
                f"{held} of {len(one.observations)} held",
                flush=True,
            )
            file.write_bytes(_PASSES.dump_json(recorded))


def _rates(file: Path, repetitions: int, false_alarms: int) -> None:
    recorded = _PASSES.validate_json(file.read_bytes())
    pools = Pools(recorded, open_embedder(AppSettings()))
    for name, share in (
        *(("worse", share) for share in SHIFTS),
        *((name, 1.0) for name in FULL if name != "worse"),
    ):
        seen = sum(pools.is_seen(seed, name, share) for seed in range(repetitions))
        found = rate(seen, repetitions)
        print(
            f"{name} {share:.0%}: seen at one look {found.value:.3f} "
            f"({found.low:.3f}-{found.high:.3f}, n = {found.n})",
            flush=True,
        )
    crying = sum(pools.cries(seed, PLANNED_LOOKS) for seed in range(false_alarms))
    found = rate(crying, false_alarms)
    print(
        f"false alarms over {PLANNED_LOOKS} looks: {found.successes} of {found.n} "
        f"({found.low:.4f}-{found.high:.4f})"
    )


def _whole(questions: int, runs: int, drifts: Sequence[str]) -> None:
    with a_setting(questions) as setting, asyncio.Runner() as loop:
        for name in drifts:
            for run in range(1, runs + 1):
                started = time.perf_counter()
                alarm = loop.run(_one_run(setting, WHOLE[name])) or "no alarm"
                spent_seconds = time.perf_counter() - started
                print(f"{name}, {run} of {runs}: {alarm} ({spent_seconds:.0f} s)", flush=True)


async def _one_run(setting: Setting, drift: Drift) -> str | None:
    """Return the summary of the alarm that a look at a fresh reference raised, if it did."""
    now = datetime.now(UTC)
    passes = tuple([await setting.asked(Drift()) for _ in range(PASSES)])
    reference = Reference(
        id=moment_id(now),
        created=now,
        release="unreleased",
        generation="simulated",
        model="openai:simulated-1",
        day=DAY,
        seed=0,
        questions=setting.questions,
        passes=passes,
    )
    canaries = Canaries(setting.folder)
    canaries.keep_reference(reference)
    judge = Canary(canaries, setting.embedder, _NoFreezer(), now=lambda: datetime.now(UTC))
    _, alarm = judge.look(reference, await setting.asked(drift))
    return alarm.summary if alarm else None


class Pools:
    """Recorded answers by question, from which references and looks are drawn anew."""

    def __init__(self, recorded: Mapping[str, Sequence[Pass]], embedder: Embedder) -> None:
        passes = [one for each in recorded.values() for one in each]
        names = [name for name, each in recorded.items() for _ in each]
        self._places = {name: np.flatnonzero([one == name for one in names]) for name in recorded}
        self._measures = measured(list(zip(*(one.observations for one in passes), strict=True)))
        self._closeness = likeness(passes, embedder)
        self._models = {
            name: {told for one in each for seen in one.observations for told in seen.models}
            for name, each in recorded.items()
        }
        self._questions = np.arange(len(passes[0].observations))

    def is_seen(self, seed: int, name: str, share: float) -> bool:
        """Tell whether the first look at a fresh reference is an alarm.

        A share of the look's answers are of the drifted model.
        """
        if self._models[name] - self._models[AS_IT_IS]:
            return True
        generator = np.random.default_rng(seed)
        reference, others = self._dealt(generator)
        good, bad = _one_of(generator, others), _one_of(generator, self._all(name))
        is_bad = generator.random(good.shape) < share
        return self._is_alarm(np.hstack([reference, np.where(is_bad, bad, good)]), 1)

    def cries(self, seed: int, looks: int) -> bool:
        """Tell whether one of so many looks is an alarm, while nothing has changed."""
        generator = np.random.default_rng(seed)
        reference, others = self._dealt(generator)
        return any(
            self._is_alarm(np.hstack([reference, _one_of(generator, others)]), number)
            for number in range(1, looks + 1)
        )

    def _dealt(self, generator: np.random.Generator) -> tuple[Places, Places]:
        """Deal the recorded passes, question by question, to a reference and to its looks.

        No look has an answer of the reference: one that is compared with itself has no noise.
        """
        dealt = generator.permuted(self._all(AS_IT_IS), axis=1)
        return dealt[:, :PASSES], dealt[:, PASSES:]

    def _all(self, name: str) -> Places:
        return np.tile(self._places[name], (len(self._questions), 1))

    def _is_alarm(self, places: Places, look: int) -> bool:
        """Tell whether the look, in the last column, is an alarm, as `compared` would.

        The smallest p-value decides whether there is one, so one that is small enough will do;
        where it belongs to a shift that is too small to act on, all are looked at.
        """
        level = spent(look)
        rows = self._questions[:, None]
        measures = {signal: values[rows, places] for signal, values in self._measures.items()}
        closeness = self._closeness[rows[:, :, None], places[:, :, None], places[:, None, :]]
        tests = signal_tests(measures, closeness, look, most_draws=needed_draws(level))
        shifts = []
        for test in tests.values():
            shifts.append(test())
            if shifts[-1].is_notable and shifts[-1].p <= level / len(tests):
                return True
        return bool(alarms_of(shifts, level))


def _one_of(generator: np.random.Generator, places: Places) -> Places:
    """Draw one of each question's places."""
    return generator.permuted(places, axis=1)[:, :1]


class _NoFreezer:
    def freeze(self, reason: str) -> object:
        """Freeze nothing: there is no release here."""
        return reason


@contextmanager
def a_setting(questions: int) -> Iterator[Setting]:
    """Set up the sample help centre, and an assistant that asks the simulated model."""
    model = DriftingModel(seed=1)
    with tempfile.TemporaryDirectory() as name, an_openai_server(model.behaviour()) as server:
        folder = Path(name)
        settings = AppSettings(
            data_dir=folder,
            model="openai:simulated-1",
            model_base_url=server.base_url,
            model_api_key="none",  # type: ignore[arg-type] # pydantic makes it a secret
            repairs=False,
            prices={"openai:simulated-1": Price(prompt=1, cached=0.5, completion=4, as_of=DAY)},
        )
        embedder = open_embedder(settings)
        sources = open_sources(IngestionSettings(data_dir=folder), [SAMPLE_ARTICLES])
        silent_reindexing(folder, embedder).run(sources)
        articles = read_articles(folder / GENERATIONS / current_generation_id(folder))
        chosen = drawn(from_articles(articles), questions, seed=0)
        yield Setting(build_assistant(settings, Masker(())), chosen, model, embedder, folder)


if __name__ == "__main__":
    main()
