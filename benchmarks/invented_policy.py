"""What the invented-policy metric sees of claims whose number was swapped, rightly and wrongly.

Each claim is put to it as an answer to a case that doesn't know its answer: once with the passages
beside the claim as the articles that it was made from, once without, so that a number passes that
stands anywhere in the help centre in the same unit.

    python -m benchmarks.invented_policy "$CANDOR_BENCH_DATA"
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from app.answer import Answer, Outcome, Sentence
from app.statistics import rate
from benchmarks.policy_sample import articles
from evals.case import Case, Kind, Part
from evals.metrics.invented_policy import NoInventedPolicy
from knowledge_base.article import Article

_DAY = date(2026, 11, 28)
_FILES = ("policy_number_swaps", "policy_number_swaps_paraphrased")

Row = Mapping[str, Any]


def main() -> None:
    """Print the share of claims of each kind that the metric calls invented, as JSON."""
    bench_data = Path(sys.argv[1])
    found = {}
    for name in _FILES:
        rows = _read(bench_data / "grounding" / f"{name}.jsonl")
        found[name] = {
            "no article named": _shares(rows, _in_help_centre(bench_data, rows)),
            "passages named": _shares(rows, [_in_passages(row) for row in rows]),
        }
    print(json.dumps(found, indent=2))


def _in_help_centre(bench_data: Path, rows: Sequence[Row]) -> list[bool]:
    metrics = {
        name: NoInventedPolicy(articles(bench_data / "help_centres" / name), _DAY)
        for name in {row["corpus"] for row in rows}
    }
    return [_is_invented(metrics[row["corpus"]], row) for row in rows]


def _in_passages(row: Row) -> bool:
    texts = enumerate(row["passages"])
    beside = [Article(str(number), "", text, f"{number}.md") for number, text in texts]
    return _is_invented(NoInventedPolicy(beside, _DAY), row)


def _is_invented(metric: NoInventedPolicy, row: Row) -> bool:
    answer = Answer(Outcome.ANSWERED, row["claim"], (Sentence(row["claim"], ()),))
    return metric.score(_case(row), answer).value == 0


def _case(row: Row) -> Case:
    return Case(
        id=row["id"],
        kind=Kind.ANSWERABLE,
        part=Part.HELD_OUT,
        question=row["question"],
        history=(),
        at=None,
        outcomes=(Outcome.ANSWERED,),
        articles=(),
        must=(),
        must_not=(),
        note="",
    )


def _shares(rows: Iterable[Row], invented: Iterable[bool]) -> dict[str, Any]:
    by_kind: defaultdict[str, list[bool]] = defaultdict(list)
    for row, flag in zip(rows, invented, strict=True):
        by_kind[row["kind"]].append(flag)
    return {kind: _share(flags) for kind, flags in sorted(by_kind.items())}


def _share(flags: Sequence[bool]) -> dict[str, float]:
    found = rate(sum(flags), len(flags))
    return {"value": round(found.value, 3)} | {k: round(v, 3) for k, v in asdict(found).items()}


def _read(path: Path) -> list[Row]:
    def rows() -> Iterator[Row]:
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)

    return list(rows())


if __name__ == "__main__":
    main()
