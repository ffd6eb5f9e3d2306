"""Times the gate's checks: a sentence against five passages, one process, no judge.

    python -m benchmarks.gate_time "$CANDOR_BENCH_DATA"

The passages are whole sections of Rho-Bank's articles, the sentences are statements of theirs with
words and a number added, so that none is settled by being a quote. The sources are prepared once
for each set of passages, as in an answer; that is timed apart. Processor time, so that other work
on the machine doesn't count.
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from app.answer import Question
from app.grounding.grounds import Grounds
from app.grounding.sources import Sources
from app.settings import AppSettings
from benchmarks.policy_sample import articles
from knowledge_base.article import Article, Chunk, Passage
from knowledge_base.bootstrap import open_embedder

PASSAGES = 5
LONGEST = 1500
"""Code points of a passage: about what a chunk holds."""
SENTENCES = 4
"""Sentences that are checked against each set of passages."""
SEED = 11


def main() -> None:
    """Print the times as JSON."""
    arguments = _arguments()
    held = tuple(articles(arguments.bench_data / "help_centres" / "rhobank"))
    grounds = Grounds.of(held, {}, embedder=open_embedder(AppSettings()))
    prepared, checked = [], []
    choice = random.Random(SEED)
    for _ in range(arguments.rounds):
        passages = [_passage(one) for one in choice.sample(held, PASSAGES)]
        begun = time.process_time()
        sources = grounds.sources(passages)
        count = len(sources.stated)
        prepared.append(time.process_time() - begun)
        checked += _times(grounds, sources, choice) if count else []
    json.dump({"prepare_ms": _summary(prepared), "sentence_ms": _summary(checked)}, sys.stdout)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path)
    parser.add_argument("--rounds", type=int, default=100)
    return parser.parse_args()


def _passage(article: Article) -> Passage:
    end = min(LONGEST, len(article.body))
    chunk = Chunk(article.id, (), 0, end, article.body[:end])
    return Passage(chunk=chunk, article=article, score=1.0)


def _times(grounds: Grounds, sources: Sources, choice: random.Random) -> Iterator[float]:
    """Yield the seconds that each of a few sentences takes."""
    asked = Question("What is the fee?", "What is the fee?", date(2026, 11, 1))
    for _ in range(SENTENCES):
        sentence = f"In our bank, {choice.choice(sources.stated).text} within 17 days"
        begun = time.process_time()
        grounds.verifier.verify(sentence, sources, asked)
        yield time.process_time() - begun


def _summary(seconds: Sequence[float]) -> dict[str, float]:
    ranked = sorted(1000 * one for one in seconds)
    return {
        "n": len(ranked),
        "p50": round(statistics.median(ranked), 2),
        "p95": round(ranked[int(0.95 * (len(ranked) - 1))], 2),
    }


if __name__ == "__main__":
    main()
