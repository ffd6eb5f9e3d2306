"""A reindex that is killed, or finds the disk full, leaves one whole generation serving.

`make faults` runs the long form of this.
"""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingestion.reindex_lock import LOCK_FILE
from knowledge_base.failpoints import Step
from knowledge_base.generations.publication import current_generation_id
from tests.faults.reindex_child import Armed
from tests.faults.reindex_runs import Reader, kill_after, run, started, watching
from tests.generations import flip
from tests.reindexed import reindex_edition

RANDOM_KILLS = 6
OTHERS = 7
LONGEST_WAIT_SECONDS = 5
SMALLEST_LIMITS = (0, 20, 30_000)


class TestReindexThatIsKilled:
    @pytest.mark.timeout(600)  # a process a step, beside a reader that never rests
    def test_leaves_the_old_generation_until_it_is_published(self, tmp_path: Path) -> None:
        reindex_edition(tmp_path, "old")
        reader = Reader(tmp_path)

        served = {}
        with watching(reader):
            for step in Step:
                killed = run(tmp_path, "new", Armed(step, 1))
                served[step] = (killed.exit_code, reader.read())

        *earlier, last = Step
        assert served == dict.fromkeys(earlier, (-9, "old")) | {last: (-9, "new")}
        assert reader.problems == []

    def test_leaves_one_of_the_two_at_any_moment(self, tmp_path: Path) -> None:
        reindex_edition(tmp_path, "0")
        began = time.monotonic()
        run(tmp_path, "1")
        whole_run, moments, reader = time.monotonic() - began, random.Random(1), Reader(tmp_path)

        for kill in range(RANDOM_KILLS):
            kill_after(tmp_path, f"k{kill}", moments.uniform(0, whole_run))
            reader.read()

        assert reader.problems == []

    def test_is_followed_by_one_that_cleans_up(self, tmp_path: Path) -> None:
        left = tmp_path / "generations" / ".building-12345"
        left.mkdir(parents=True)

        reindex_edition(tmp_path, "1")

        assert not left.exists()
        assert Reader(tmp_path).read() == "1"


class TestReindexOnAFullDisk:
    def test_says_so_in_one_line_and_leaves_the_old_generation(self, tmp_path: Path) -> None:
        reindex_edition(tmp_path, "1")

        ended = [run(tmp_path, "2", largest_file=limit) for limit in SMALLEST_LIMITS]

        for one in ended:
            assert one.exit_code == 1
            assert "\n" not in str(one.told)
        assert Reader(tmp_path).read() == "1"
        assert len(list((tmp_path / "generations").iterdir())) == 1

    @pytest.mark.timeout(600)
    def test_leaves_the_old_generation_at_any_step_and_can_be_repeated(
        self, tmp_path: Path
    ) -> None:
        reindex_edition(tmp_path, "1")
        reader = Reader(tmp_path)

        writing = range(list(Step).index(Step.FOLDER_MADE) + 1, len(Step))
        served = set()
        for times in writing:
            ended = run(tmp_path, "2", Armed(times=times, action="full"))
            served.add((ended.told is not None, reader.read()))
        reindex_edition(tmp_path, "2")

        assert served == {(True, "1")}
        assert reader.read() == "2"
        assert reader.problems == []


class TestServingWhatIsCorrupted:
    @pytest.mark.parametrize("name", ["manifest.json", "articles.jsonl", "vectors.npy"])
    def test_falls_back_to_the_whole_one_before(self, tmp_path: Path, name: str) -> None:
        reindex_edition(tmp_path, "1")
        second = reindex_edition(tmp_path, "2")
        flip(tmp_path / "generations" / second.generation / name)
        reader = Reader(tmp_path)

        edition = reader.read()

        assert edition == "1"
        assert reader.problems == []
        assert current_generation_id(tmp_path) == second.generation


def wait_for_lock(data_dir: Path) -> None:
    """Wait until a run holds the folder's lock and has said so."""
    lock = data_dir / LOCK_FILE
    while not lock.is_file() or not lock.read_text("utf-8"):
        time.sleep(0.01)


class TestReindexingAtOnce:
    def test_lets_one_run_and_tells_the_others_who_it_is(self, tmp_path: Path) -> None:
        with (
            started(tmp_path, "1", Armed(Step.LOCKED, 1, "wait")) as (holder, _),
            ThreadPoolExecutor(OTHERS) as pool,
        ):
            wait_for_lock(tmp_path)
            others = list(pool.map(lambda _: run(tmp_path, "2"), range(OTHERS)))
            is_still_held = holder.is_alive()

        assert is_still_held
        assert [one.exit_code for one in others] == [1] * OTHERS
        for one in others:
            assert f"process {holder.pid}, since 20" in str(one.told)
            assert one.seconds < LONGEST_WAIT_SECONDS

    def test_takes_over_from_one_that_died(self, tmp_path: Path) -> None:
        run(tmp_path, "1", Armed(Step.LOCKED, 1))

        ended = run(tmp_path, "2")

        assert ended.exit_code == 0
        assert Reader(tmp_path).read() == "2"
