"""What the gate makes of the quoting answerer's own sentences, over real help centres.

Each help centre is indexed and asked: the questions that are known for it, elsewhere the titles and
headings of its articles, drawn at random. Every sentence that is drafted is followed to what became
of it; none of them should be blocked, because each stands in an article word for word.

    python -m benchmarks.quoted_answers "$CANDOR_BENCH_DATA"
    python -m benchmarks.quoted_answers "$CANDOR_BENCH_DATA" --word-vectors

With `--word-vectors` an embedder that compares nothing but words, made on the spot, stands in for
the embedding model: it finds worse passages in a hundredth of the time, and what becomes of a quote
doesn't depend on how well it was chosen.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.assistant import Assistant
from app.bootstrap import build_assistant
from app.grounding.receipt import Receipt, Ruling
from app.settings import AppSettings
from app.statistics import rate
from app.telemetry.logs import log_to_stderr
from benchmarks.reindexing import silent_reindexing
from benchmarks.word_vectors import write_word_vectors
from ingestion.bootstrap import open_sources
from ingestion.settings import IngestionSettings
from knowledge_base.bootstrap import open_embedder, open_ingestion_embedder
from knowledge_base.generations.generation import Generation
from knowledge_base.lines import LineKind, read_lines

MOST_QUESTIONS = 60


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one drafted sentence."""

    question: str
    """Id of the question file's row, or else the number of the heading."""
    receipt: Receipt

    @property
    def is_blocked(self) -> bool:
        """Whether the gate kept it back or showed other words in its place."""
        return self.receipt.ruling not in {Ruling.RELEASED, Ruling.REPEATED}

    @property
    def reason(self) -> str:
        """The check that spoke against it."""
        return self.receipt.objection.check if self.receipt.objection else "not told"


def main() -> int:
    """Ask, print what became of the sentences as JSON, and return 1 where any was blocked."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.data_dir or Path(temporary)
        embedder = str(write_word_vectors(folder / "words")) if asked.word_vectors else None
        centres = sorted(path for path in (asked.bench_data / "help_centres").iterdir())
        rows = {}
        for centre in centres:
            if not asked.only or centre.name in asked.only:
                fates, questions = _measured(centre, folder / centre.name, embedder, asked)
                rows[centre.name] = _counted(fates, questions)
                print(centre.name, json.dumps(rows[centre.name]), file=sys.stderr, flush=True)
    print(json.dumps(rows | {"all": _total(rows)}, indent=2))
    return int(any(row["blocked"] for row in rows.values()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path, help="folder of help_centres/ and questions/")
    parser.add_argument("--only", action="append", help="name of a help centre; else all")
    parser.add_argument("--questions", type=int, default=MOST_QUESTIONS, help="most of each")
    parser.add_argument("--word-vectors", action="store_true")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--data-dir", type=Path, help="folder to index in; else a temporary one")
    return parser.parse_args()


def _measured(
    centre: Path, data_dir: Path, embedder: str | None, asked: argparse.Namespace
) -> tuple[list[Fate], int]:
    given = {"data_dir": data_dir} | ({"embedder": embedder} if embedder else {})
    settings = IngestionSettings().model_copy(update=given)
    loaded = open_embedder(settings) if embedder else open_ingestion_embedder(settings)
    indexed = silent_reindexing(data_dir, loaded).run(open_sources(settings, [centre]))
    generation = Generation.open(data_dir, indexed.generation)
    questions = _questions(asked, centre.name, generation)
    assistant = build_assistant(AppSettings().model_copy(update=given))
    with asyncio.Runner() as runner:
        fates = [
            fate for name, text in questions for fate in runner.run(_asked(assistant, name, text))
        ]
    return fates, len(questions)


def _questions(
    asked: argparse.Namespace, centre: str, generation: Generation
) -> list[tuple[str, str]]:
    """Return ids and questions, at most as many as are asked for, drawn at random."""
    known = asked.bench_data / "questions" / f"{centre}.jsonl"
    if known.is_file():
        rows = [json.loads(line) for line in known.read_text("utf-8").strip("\n").split("\n")]
        every = [(str(row["id"]), str(row["question"])) for row in rows]
    else:
        every = list(_headings(generation))
    chance = random.Random(asked.seed)
    return chance.sample(every, min(asked.questions, len(every)))


def _headings(generation: Generation) -> Iterator[tuple[str, str]]:
    for article in generation.articles.values():
        yield article.id, f"{article.title.rstrip('?')}?"
        for line in read_lines(article.body):
            if line.kind is LineKind.HEADING:
                heading = article.body[line.content : line.end].rstrip("?")
                yield f"{article.id}#{line.start}", f"{article.title}: {heading}?"


async def _asked(assistant: Assistant, name: str, question: str) -> list[Fate]:
    receipts: list[Receipt] = []
    async for _ in assistant.answer(question, on_receipt=receipts.append):
        pass
    return [Fate(name, receipt) for receipt in receipts]


def _counted(fates: Sequence[Fate], questions: int) -> dict[str, object]:
    counts = Counter(fate.receipt.ruling.value for fate in fates)
    blocked = [fate for fate in fates if fate.is_blocked]
    return {
        "questions": questions,
        "answered": len({fate.question for fate in fates}),
        "drafted": len(fates),
        **{what: counts[what] for what in ("released", "repeated")},
        "blocked": len(blocked),
        "reasons": Counter(fate.reason for fate in blocked),
        "blocked_at": [fate.question for fate in blocked],
    }


def _total(rows: dict[str, dict[str, object]]) -> dict[str, object]:
    names = ("questions", "answered", "drafted", "released", "repeated", "blocked")
    whole = {name: sum(int(str(row[name])) for row in rows.values()) for name in names}
    blocked = rate(whole["blocked"], whole["drafted"]) if whole["drafted"] else None
    return whole | {"blocked_at_most": round(blocked.high, 5) if blocked else None}


if __name__ == "__main__":
    log_to_stderr()
    sys.exit(main())
