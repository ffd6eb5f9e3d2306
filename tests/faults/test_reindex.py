"""A reindex that is killed, or finds the disk full, leaves one whole generation serving."""

import random
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledge_base.generation import Generation
from knowledge_base.publication import current_generation_id

ROOT = Path(__file__).parents[2]
KILLS = 12
SMALLEST_LIMITS = (0, 2_000, 40_000, 120_000)


def write_articles(source: Path, edition: str, count: int = 40) -> None:
    """Write articles that all say which edition they belong to."""
    source.mkdir(exist_ok=True)
    for number in range(count):
        words = f"# Page {number} of it\n\nEdition {edition} says rule {number}: it takes 5 days.\n"
        (source / f"{number}.md").write_text(words, "utf-8")


def command(data_dir: Path, source: Path) -> list[str]:
    return [sys.executable, "-m", "tests.faults.reindex_child", str(data_dir), str(source)]


def reindex(
    data_dir: Path, source: Path, largest_file: int = resource.RLIM_INFINITY
) -> "subprocess.CompletedProcess[str]":
    """Reindex in a process that may write no larger file, as if the disk were full there."""
    return subprocess.run(
        command(data_dir, source),
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file,) * 2),
    )


def kill_reindex(data_dir: Path, source: Path, after_seconds: float) -> None:
    with subprocess.Popen(command(data_dir, source), cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(after_seconds)
        child.send_signal(signal.SIGKILL)


def editions(generation: Generation) -> set[str]:
    bodies = "".join(article.body for article in generation.articles.values())
    return set(re.findall(r"Edition (\w+) says", bodies))


def served(data_dir: Path) -> Generation:
    """Open the generation that serves, and make sure that it is whole."""
    generation = Generation.open(data_dir, current_generation_id(data_dir))
    assert len(generation.articles) == 40
    assert len(generation.vectors) == len(generation.chunks)
    return generation


class TestReindexThatIsKilled:
    @pytest.mark.timeout(600)
    def test_leaves_the_old_generation_or_the_new_one(self, tmp_path: Path) -> None:
        data_dir, source = tmp_path / "data", tmp_path / "source"
        write_articles(source, "0")
        began = time.monotonic()
        reindex(data_dir, source)
        whole_run = time.monotonic() - began
        moments = random.Random(1)
        edition = "0"

        for kill in range(1, KILLS + 1):
            write_articles(source, str(kill))
            kill_reindex(data_dir, source, moments.uniform(0, whole_run / 2))

            (found,) = editions(served(data_dir))
            assert found in {edition, str(kill)}
            edition = found

    def test_is_followed_by_one_that_cleans_up(self, tmp_path: Path) -> None:
        data_dir, source = tmp_path / "data", tmp_path / "source"
        write_articles(source, "1")
        left = data_dir / "generations" / ".building-12345"
        left.mkdir(parents=True)

        done = reindex(data_dir, source)

        assert done.returncode == 0
        assert not left.exists()
        assert editions(served(data_dir)) == {"1"}


class TestReindexOnAFullDisk:
    @pytest.mark.parametrize("largest_file", SMALLEST_LIMITS)
    def test_says_so_in_one_line_and_leaves_the_old_generation(
        self, tmp_path: Path, largest_file: int
    ) -> None:
        data_dir, source = tmp_path / "data", tmp_path / "source"
        write_articles(source, "1")
        reindex(data_dir, source)
        write_articles(source, "2")

        done = reindex(data_dir, source, largest_file)

        assert done.returncode == 1, done.stderr
        assert done.stderr.count("\n") == 1, done.stderr
        assert editions(served(data_dir)) == {"1"}
        assert len(list((data_dir / "generations").iterdir())) == 1
