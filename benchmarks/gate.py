"""Measures the gate on what the quoting answerer quotes, and how long it takes a sentence.

Each question is put to the assistant; a quote that isn't released is counted by the check that
objects to it. Then each quote is judged twice more as a model would have written it, citing five
passages of its answer: copied, and with an opening that sends it on to a quote. That is what the
processor's time is measured on.

    candor reindex && python -m benchmarks.gate --questions FILE
"""

import argparse
import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median, quantiles

from app.answer import Answer, Citation, DraftSentence, Sentence
from app.bootstrap import build_assistant, build_library
from app.grounding.case import Hearing
from app.grounding.gate import Gate
from app.grounding.receipt import Receipt, Ruling
from app.grounding.sources import Sources
from app.library import OpenGeneration
from app.settings import AppSettings
from app.statistics import rate
from evals.case import load_suite
from knowledge_base.article import Passage

SUITE = Path("evals/suites/sample.v1.jsonl")
PASSAGES = 5
OPENINGS = {"copied": "", "reworded": "Good to know: "}


def main() -> None:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=Path, help="JSONL with `question`; else the suite")
    chosen = parser.parse_args()
    settings = AppSettings()
    opened = build_library(settings).current()
    answered = asyncio.run(_answered(settings, _questions(chosen.questions)))
    receipts = [receipt for _, kept in answered for receipt in kept]
    report = quotes_report(receipts)
    for name, opening in OPENINGS.items():
        report[name] = asyncio.run(_times(opened, answered, opening))
    print(json.dumps(report))


def quotes_report(receipts: Sequence[Receipt]) -> dict[str, object]:
    """Return how many quotes weren't released, in all and by check, with a 95 % interval."""
    blocked = [one for one in receipts if one.objection is not None]
    checks = Counter(one.objection.check for one in blocked if one.objection is not None)
    return {
        "quotes": len(receipts),
        "repeated": sum(one.ruling is Ruling.REPEATED for one in receipts),
        "blocked": asdict(rate(len(blocked), len(receipts))),
        "by_check": dict(checks),
        "reasons": [one.objection.reason for one in blocked if one.objection][:20],
    }


def written(sentence: Sentence, found: Sequence[Passage], opening: str) -> DraftSentence:
    """Return what was quoted as a model would write it, citing five of the passages found."""
    main = sentence.citations[0]
    cited = list(found[:PASSAGES])
    if main.passage not in cited:
        cited = [main.passage, *cited[:-1]]
    citations = tuple(Citation(one, one.chunk.start, one.chunk.end) for one in cited)
    return DraftSentence(f"{opening}{main.quote}", citations)


def _questions(file: Path | None) -> Iterator[str]:
    if file is None:
        yield from (case.question for case in load_suite(SUITE).cases)
        return
    with file.open(encoding="utf-8") as lines:
        yield from (str(json.loads(line)["question"]) for line in lines)


async def _answered(
    settings: AppSettings, questions: Iterable[str]
) -> list[tuple[Answer, tuple[Receipt, ...]]]:
    assistant, answered = build_assistant(settings), []
    for question in questions:
        receipts: list[Receipt] = []
        *_, answer = [one async for one in assistant.answer(question, on_receipt=receipts.append)]
        if isinstance(answer, Answer):
            answered.append((answer, tuple(receipts)))
    return answered


async def _times(
    opened: OpenGeneration, answered: Sequence[tuple[Answer, Sequence[Receipt]]], opening: str
) -> dict[str, object]:
    """Return the milliseconds that the gate takes a written sentence with five passages."""
    gate, times, rulings = Gate(), [], Counter[str]()
    for answer, receipts in answered:
        prepared: dict[tuple[str, ...], Sources] = {}
        for receipt in receipts:
            if answer.question is None or receipt.sentence is None:
                continue
            draft = written(receipt.sentence, answer.passages, opening)
            passages = [cited.passage for cited in draft.citations]
            hearing = Hearing(answer.question, passages, opened.grounds, (), prepared)
            began = time.process_time()
            judged = await gate.release(draft, hearing)
            times.append((time.process_time() - began) * 1000)
            rulings[judged.ruling] += 1
    return {
        "sentences": len(times),
        "rulings": dict(rulings),
        "p50_ms": round(median(times), 2),
        "p95_ms": round(quantiles(times, n=20)[-1], 2),
    }


if __name__ == "__main__":
    main()
