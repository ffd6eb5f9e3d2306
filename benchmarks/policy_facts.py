"""Measures how well policy facts are read, on the sentences of `policy_annotations`.

The half to report on is read only where `--half report` asks for it, and its misses can't be
shown, so that nobody fits the reader to it.

    python -m benchmarks.policy_facts "$CANDOR_BENCH_DATA" [--half develop2|report] [--show]
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.statistics import Rate, rate
from benchmarks.policy_agreement import Aspect, Pair, pairs
from benchmarks.policy_annotations import AnnotatedSentence, load
from benchmarks.policy_sample import Half, articles, digest
from knowledge_base.policy.fact import WORDED, FactKind, PolicyFact
from knowledge_base.policy.reader import read_facts

GROUPS: Mapping[str, frozenset[FactKind]] = {
    "values with units": frozenset(FactKind) - WORDED,
    "exclusions": frozenset({FactKind.EXCLUSION}),
    "conditions": frozenset({FactKind.CONDITION}),
}


@dataclass(frozen=True, slots=True)
class Score:
    """How much of what was found is right, and how much of what was marked was found."""

    precision: Rate | None
    """In sentences that hold a fact; None where nothing was found."""
    precision_in_all: Rate | None
    """In all that were drawn: what is found in one without a fact is wrong."""
    recall: Rate | None
    """None where nothing was marked."""


@dataclass(frozen=True, slots=True)
class Compared:
    """An annotated sentence beside what was read from it."""

    sentence: AnnotatedSentence
    pairs: tuple[Pair, ...]


def main() -> None:
    """Print the scores as JSON, and as a table to people."""
    arguments = _arguments()
    compared = tuple(_compared(load(arguments.half), arguments.bench_data / "help_centres"))
    if arguments.show:
        _show(compared)
        return
    scores = {
        group: {aspect: _score(aspect, compared, kinds) for aspect in Aspect}
        for group, kinds in GROUPS.items()
    }
    print(json.dumps(_report(arguments.half, compared, scores), indent=2))
    Console(stderr=True).print(_table(arguments.half, scores))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path, help="folder of help_centres/")
    parser.add_argument("--half", type=Half, choices=tuple(Half), default=Half.DEVELOP)
    parser.add_argument("--show", action="store_true", help="list what disagrees, with its text")
    arguments = parser.parse_args()
    if arguments.show and arguments.half is Half.REPORT:
        parser.error("the half to report on is not shown: leave out --show or --half report")
    return arguments


def _compared(sentences: Sequence[AnnotatedSentence], folder: Path) -> Iterator[Compared]:
    for help_centre, drawn in groupby(sentences, lambda sentence: sentence.help_centre):
        listed = tuple(articles(folder / help_centre))
        bodies = {article.id: article.body for article in listed}
        facts: dict[str, list[PolicyFact]] = {article.id: [] for article in listed}
        for fact in read_facts(listed):
            facts[fact.article_id].append(fact)
        for one in drawn:
            yield _beside(one, bodies[one.article], facts[one.article])


def _beside(sentence: AnnotatedSentence, body: str, facts: Sequence[PolicyFact]) -> Compared:
    if digest(body[sentence.start : sentence.end]) != sentence.digest:
        sys.exit(
            f"sentence {sentence.id} of {sentence.help_centre} isn't the one that was annotated: "
            "annotate again what `python -m benchmarks.policy_sample` draws now"
        )
    inside = [fact for fact in facts if fact.start < sentence.end and fact.end > sentence.start]
    return Compared(sentence, pairs(body, sentence.facts, inside))


def _score(aspect: Aspect, compared: Sequence[Compared], kinds: frozenset[FactKind]) -> Score:
    policies = [one for one in compared if one.sentence.facts]
    of_kind = [pair for one in policies for pair in one.pairs if pair.kind in kinds]
    right = sum(pair.is_right(aspect) for pair in of_kind)
    return Score(
        precision=_share(right, _read(policies, kinds)),
        precision_in_all=_share(right, _read(compared, kinds)),
        recall=_share(right, sum(pair.annotated is not None for pair in of_kind)),
    )


def _read(compared: Iterable[Compared], kinds: frozenset[FactKind]) -> int:
    return sum(
        pair.found is not None and pair.kind in kinds for one in compared for pair in one.pairs
    )


def _share(right: int, n: int) -> Rate | None:
    return rate(right, n) if n else None


def _report(
    half: Half, compared: Sequence[Compared], scores: Mapping[str, Mapping[Aspect, Score]]
) -> dict[str, object]:
    return {
        "half": half,
        "sentences": len(compared),
        "with a fact": sum(bool(one.sentence.facts) for one in compared),
        "scores": {
            group: {aspect: _plain(score) for aspect, score in of_group.items()}
            for group, of_group in scores.items()
        },
    }


def _plain(score: Score) -> dict[str, object]:
    shares = {field.name: getattr(score, field.name) for field in fields(score)}
    return {
        name: {"value": share.value, **asdict(share)} if share else None
        for name, share in shares.items()
    }


def _table(half: Half, scores: Mapping[str, Mapping[Aspect, Score]]) -> Table:
    columns = ("", "right in", "precision", "precision in all", "recall")
    table = Table(*columns, title=f"Policy facts, half: {half}")
    for group, of_group in scores.items():
        for aspect, score in of_group.items():
            shares = (score.precision, score.precision_in_all, score.recall)
            table.add_row(group, aspect, *map(_cell, shares))
    return table


def _cell(share: Rate | None) -> str:
    if share is None:
        return "none"
    return f"{share.value:.3f} [{share.low:.3f}, {share.high:.3f}] of {share.n}"


def _show(compared: Iterable[Compared]) -> None:
    console = Console(markup=False, highlight=False, soft_wrap=True)
    for one in compared:
        for pair in one.pairs:
            wrong = [aspect for aspect in Aspect if not pair.is_right(aspect)]
            if wrong:
                console.print(
                    f"{one.sentence.id} {one.sentence.help_centre}/{one.sentence.article} "
                    f"{pair.kind}: {', '.join(wrong)}\n"
                    f"  {pair.body[one.sentence.start : one.sentence.end]}\n"
                    f"  marked {pair.annotated}\n  found  {pair.found}"
                )


if __name__ == "__main__":
    main()
