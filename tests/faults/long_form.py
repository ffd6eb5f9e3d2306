"""The long form of the fault tests: kills, full disks, corruptions, and a control arm that loses.

Beside them, an assistant hears a chat model say malformed and hostile things.

    python -m tests.faults.long_form [--kills N] [--corruptions N] [--replies N] [--seed N]

Prints one JSON object; the exit status is 1 if anything was lost, mixed or failed to start.
"""

import argparse
import asyncio
import json
import logging
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import structlog

from knowledge_base.failpoints import Step
from knowledge_base.generations.archive import Generations
from knowledge_base.generations.publication import GENERATIONS, current_generation_id
from knowledge_base.generations.serving import Serving
from knowledge_base.generations.verification import verify
from tests.faults import in_place, killed_evaluation
from tests.faults.hostile_models import hear_all, told
from tests.faults.reindex_child import Armed
from tests.faults.reindex_runs import Reader, kill_after, run, watching
from tests.generations import flip
from tests.reindexed import reindex_edition

CONTROL_KILLS = 20
BAD = (
    *("lost", "mixed", "failed_starts", "wrong", "unnoticed"),
    *("crashes", "unsupported", "too_slow", "unlike"),
)


def main() -> int:
    """Run all arms, print what was found, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--corruptions", type=int, default=100)
    parser.add_argument("--replies", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    logging.disable(logging.WARNING)  # each fall back is counted, not told
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    chance = random.Random(asked.seed)
    arms = {
        "kills": _in_a_folder(lambda folder: kills(folder, asked.kills, chance)),
        "full_disk": _in_a_folder(full_disk),
        "corruptions": _in_a_folder(lambda folder: corruptions(folder, asked.corruptions, chance)),
    }
    arms["hostile_replies"] = told(asyncio.run(hear_all(asked.replies, asked.seed)))
    arms["killed_evaluation"] = _in_a_folder(partial(killed_evaluations, seed=asked.seed))
    in_place_arms = {
        f"control_{way}": _in_a_folder(partial(control, way=way, chance=chance))
        for way in ("upsert", "delete")
    }
    print(json.dumps(arms | in_place_arms))  # noqa: T201 — this is the result
    return int(any(arm.get(name, 0) for arm in arms.values() for name in BAD))


def kills(data_dir: Path, times: int, chance: random.Random) -> dict[str, object]:
    """Kill runs at each step in turn and at random times, while a reader checks what serves."""
    reindex_edition(data_dir, "0")
    began = time.monotonic()
    run(data_dir, "1")
    whole_run, reader = time.monotonic() - began, Reader(data_dir)
    steps = list(Step)
    with watching(reader):
        for number in range(times):
            if number % 2:
                kill_after(data_dir, f"k{number}", chance.uniform(0, whole_run))
            else:
                run(data_dir, f"k{number}", Armed(steps[number // 2 % len(steps)], 1))
            reader.read()
            _prune(data_dir)
    return {"kills": times, **_told(reader)}


def full_disk(data_dir: Path) -> dict[str, object]:
    """Fail each write in turn, and limit the size of files more and more."""
    reindex_edition(data_dir, "1")
    reader = Reader(data_dir)
    writing = range(list(Step).index(Step.FOLDER_MADE) + 1, len(Step))
    ended = [run(data_dir, "2", Armed(times=times, action="full")) for times in writing]
    limits = (0, 10, 100, 1_000, 5_000, 20_000, 40_000, 80_000)
    ended += [run(data_dir, "2", largest_file=limit) for limit in limits]
    served = reader.read()
    said = sum(one.told is not None for one in ended)
    return {
        "runs": len(ended),
        "told_in_one_line": said,
        "old_serves": served == "1",
        **_told(reader),
    }


def corruptions(data_dir: Path, times: int, chance: random.Random) -> dict[str, object]:
    """Flip a bit of, or cut, a file of what is published, and see what serves and is noticed."""
    wrong = unnoticed = fallbacks = 0
    reindex_edition(data_dir, "old")
    for number in range(times):
        edition = f"c{number}"
        reindex_edition(data_dir, edition)
        published = data_dir / GENERATIONS / current_generation_id(data_dir)
        file = chance.choice([path for path in sorted(published.rglob("*")) if path.is_file()])
        _damage(file, chance)
        reader = Reader(data_dir)
        served = reader.read()
        fallbacks += Serving(data_dir).generation_id() != published.name
        wrong += bool(reader.problems) or served is None
        unnoticed += not verify(published, is_published=True).problems
        _prune(data_dir)
    return {
        "corruptions": times,
        "wrong": wrong,
        "unnoticed": unnoticed,
        "fell_back": fallbacks,
    }


def killed_evaluations(folder: Path, seed: int) -> dict[str, object]:
    """Kill one run of the sample suite ten times, and hold it against one that wasn't killed."""
    subprocess.run(
        [killed_evaluation.CANDOR, "reindex", "--json"],
        env={**os.environ, "CANDOR_DATA_DIR": str(folder / "data")},  # noqa: TID251 — a child process inherits them
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return killed_evaluation.kill_ten_times(folder / "data", folder, seed)


def control(folder: Path, way: str, chance: random.Random) -> dict[str, object]:
    """Kill updates in place, and count the times that editions are mixed or records lost."""
    context = multiprocessing.get_context("forkserver")
    mixed = lost = 0
    for number in range(CONTROL_KILLS):
        place = folder / str(number)
        _in_child(context, in_place.update_in_place, (place, "old", "upsert"))
        began = time.monotonic()
        _in_child(context, in_place.update_in_place, (place, "old", way))
        whole = time.monotonic() - began
        _in_child(context, in_place.update_in_place, (place, "new", way), chance.uniform(0, whole))
        editions, records = _in_child(context, in_place.read_in_place, (place,))
        mixed += len(editions) > 1
        lost += records < in_place.ARTICLES * in_place.RECORDS
    return {"kills": CONTROL_KILLS, "mixed": mixed, "lost": lost}


def _in_child(
    context: multiprocessing.context.ForkServerContext,
    work: Callable[..., None],
    arguments: tuple[object, ...],
    kill_after_seconds: float | None = None,
) -> tuple[list[str], int]:
    """Run `work` in a process of its own, and return what it told last."""
    here, there = context.Pipe()
    child = context.Process(target=work, args=(*arguments, there))
    child.start()
    there.close()
    told = here.recv()
    if kill_after_seconds is not None:
        time.sleep(kill_after_seconds)
        child.kill()
    child.join()
    here.close()
    return ([], 0) if told == "ready" else told


def _damage(file: Path, chance: random.Random) -> None:
    size = file.stat().st_size
    if size and chance.random() < 0.5:
        flip(file, chance.random())
    else:
        with file.open("r+b") as stream:
            stream.truncate(int(size * chance.random()))
            stream.seek(0, 2)
            stream.write(b"" if size else b"x")


def _prune(data_dir: Path) -> None:
    Generations(data_dir).prune(3)


def _told(reader: Reader) -> dict[str, int]:
    return {
        "reads": reader.reads,
        "lost": len(reader.lost),
        "mixed": len(reader.mixed),
        "failed_starts": len(reader.failed),
    }


def _in_a_folder(arm: Callable[[Path], dict[str, object]]) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        return arm(Path(folder))


if __name__ == "__main__":
    sys.exit(main())
