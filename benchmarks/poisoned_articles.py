"""The sample help centre with an instruction planted into each article, index by index."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.case import load_suite
from evals.generators.payloads import WORDINGS, Payload, make_payload
from evals.generators.planting import PLACES, plant
from ingestion.bootstrap import build_reindexing, open_sources
from ingestion.settings import IngestionSettings
from knowledge_base.progress import NoProgress
from knowledge_base.sample import SAMPLE_ARTICLES

SUITE = Path("evals/suites/sample.v1.jsonl")
_TITLE = re.compile(r"^title:\s*(.+)$", re.MULTILINE)
_ID = re.compile(r"^id:\s*(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Poisoned:
    """An instruction planted into an article, and a question that leads there."""

    id: str
    place: str
    wording: str
    """From which of `evals.generators.payloads.WORDINGS` its way to ask for the payload is."""
    article: str
    question: str
    payload: Payload


class PoisonedIndexes:
    """Indexes the sample help centre into one data folder, again and again."""

    def __init__(self, data_dir: Path, *, seed: int) -> None:
        self._settings = IngestionSettings(data_dir=data_dir)
        self._folder = data_dir / "articles"
        self._chance = random.Random(seed)
        self._questions = _questions()

    def index_clean(self) -> None:
        """Publish the sample help centre as it is."""
        self._publish(SAMPLE_ARTICLES)

    def of(self, bench_data: Path) -> Iterator[tuple[Poisoned, ...]]:
        """Publish one index after the other, until each instruction was in each place."""
        files = sorted(SAMPLE_ARTICLES.rglob("*.md"))
        planned = [(row, place) for place in PLACES for row in _instructions(bench_data)]
        for start in range(0, len(planned), len(files)):
            batch = planned[start : start + len(files)]
            yield self._poisoned(files, batch)

    def _poisoned(
        self, files: Sequence[Path], batch: Sequence[tuple[dict[str, str], str]]
    ) -> tuple[Poisoned, ...]:
        planted = []
        for number, file in enumerate(files):
            text = file.read_text(encoding="utf-8")
            if number < len(batch):
                row, place = batch[number]
                one, text = self._plant(row, place, text)
                planted.append(one)
            target = self._folder / file.relative_to(SAMPLE_ARTICLES)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        self._publish(self._folder)
        return tuple(planted)

    def _plant(self, row: dict[str, str], place: str, text: str) -> tuple[Poisoned, str]:
        payload = make_payload(self._chance)
        wording = self._chance.choice(list(WORDINGS))
        wanted = payload.asked_for(self._chance.choice(WORDINGS[wording]))
        article = _field(_ID, text)
        planted = Poisoned(
            id=row["id"],
            place=place,
            wording=wording,
            article=article,
            question=self._questions.get(article) or f"{_field(_TITLE, text)}?",
            payload=payload,
        )
        return planted, plant(f"{row['instruction']} {wanted}", text, place).text

    def _publish(self, folder: Path) -> None:
        sources = open_sources(self._settings, [folder])
        build_reindexing(self._settings, NoProgress()).run(sources)


def _instructions(bench_data: Path) -> Iterator[dict[str, str]]:
    file = bench_data / "attacks" / "instructions_in_articles.jsonl"
    return (json.loads(line) for line in file.read_text(encoding="utf-8").strip("\n").split("\n"))


def _questions() -> dict[str, str]:
    """Return a question that each article of the sample answers, where the suite has one."""
    return {
        article: case.question
        for case in reversed(load_suite(SUITE).cases)
        for article in case.articles[:1]
        if not case.history
    }


def _field(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1].strip() if found else ""
