"""Scores that take several cases: what asks the same must get the same answer."""

from collections.abc import Sequence
from dataclasses import replace

from evals.metrics.consistency import Asked, consistency_scores
from evals.results import Result


def with_consistency(results: Sequence[Result]) -> tuple[Result, ...]:
    """Return the results, each with its consistency added; one that ended in an error has none."""
    asked = [
        Asked(
            case=one.case,
            outcome=one.answer.outcome if one.answer else None,
            text=one.answer.text if one.answer else "",
            again=tuple(Asked(one.case, each.outcome, each.text) for each in one.repeats),
        )
        for one in results
    ]
    return tuple(
        replace(result, scores=(*result.scores, score)) if result.answer else result
        for result, score in zip(results, consistency_scores(asked), strict=True)
    )
