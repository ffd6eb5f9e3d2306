"""What verdicts on labelled claims come to: shares caught and blocked, each with its interval.

"Caught" means that a claim that isn't supported got another verdict than SUPPORTED; "blocked"
that a supported one did.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from app.statistics import rate

Labelled = Mapping[str, Any]
"""A row as it went in: an id, a label, and what it is grouped by."""
Verdicts = Mapping[str, Mapping[str, Any]]
"""What came out, by the row's id."""
Report = dict[str, Any]

_SUPPORTED = "SUPPORTED"


def is_stopped(verdict: Mapping[str, Any]) -> bool:
    """Say whether a claim or an answer with this verdict would not be released as it is."""
    return bool(verdict["verdict"] != _SUPPORTED)


def mutations(rows: Sequence[Labelled], verdicts: Verdicts) -> Report:
    """Return how many changed claims were caught, and how many unchanged ones were blocked."""
    false = [row for row in rows if not row["supported"]]
    true = [row for row in rows if row["supported"]]
    by_kind = {
        kind: _by_wording(of_kind, verdicts) for kind, of_kind in grouped(false, "kind").items()
    }
    return {
        "caught": _by_wording(false, verdicts),
        "caught by kind": by_kind,
        "blocked": _by_wording(true, verdicts),
        "by help centre": {
            name: {
                "caught": share([row for row in of_name if not row["supported"]], verdicts),
                "blocked": share([row for row in of_name if row["supported"]], verdicts),
            }
            for name, of_name in grouped(rows, "help_centre").items()
        },
        "by template": {
            name: {
                "caught": share([row for row in using if not row["supported"]], verdicts),
                "blocked": share([row for row in using if row["supported"]], verdicts),
            }
            for name, using in _by_template(rows).items()
        },
    }


def swaps(rows: Sequence[Labelled], verdicts: Verdicts) -> Report:
    """Return how many swapped numbers were caught, by kind, and true claims blocked."""
    by_kind = grouped(rows, "kind")
    return {
        "caught": {
            kind: share(of_kind, verdicts) for kind, of_kind in by_kind.items() if kind != "true"
        },
        "blocked": share(by_kind.get("true", ()), verdicts),
    }


def answers(rows: Sequence[Labelled], verdicts: Verdicts) -> Report:
    """Return how well the support of answers tells the hallucinated ones, at the threshold too.

    A row with `hallucinated` is a positive; its score is what its support lacks to 1.
    """
    positive = [bool(row["hallucinated"]) for row in rows]
    missing = [1 - float(verdicts[row["id"]]["support"]) for row in rows]
    stopped = [is_stopped(verdicts[row["id"]]) for row in rows]
    return {
        "n": len(rows),
        "hallucinated": sum(positive),
        "auroc": auroc(positive, missing),
        "at the threshold": f1(positive, stopped),
    }


def sentences(rows: Sequence[Labelled], verdicts: Verdicts) -> Report:
    """Return the AUROC over the claims of all answers: one that overlaps a marked span is false.

    Claims whose words don't stand in the answer are counted apart: they can't be placed.
    """
    positive, missing = [], []
    claims = sum(len(verdicts[row["id"]]["claims"]) for row in rows)
    for row in rows:
        for text, support in _placed(row["answer"], verdicts[row["id"]]["claims"]):
            positive.append(any(_overlaps(text, span) for span in row["spans"]))
            missing.append(1 - support)
    return {
        "n": len(positive),
        "not placed": claims - len(positive),
        "false": sum(positive),
        "auroc": auroc(positive, missing),
    }


def attribution(rows: Sequence[Labelled], verdicts: Verdicts) -> Report:
    """Return the balanced accuracy of the verdicts: the mean of both classes' shares of right."""
    false = [row for row in rows if not row["supported"]]
    true = [row for row in rows if row["supported"]]
    caught, blocked = share(false, verdicts), share(true, verdicts)
    balanced = None
    if caught and blocked:
        balanced = (caught["value"] + 1 - blocked["value"]) / 2
    missing = [1 - float(verdicts[row["id"]]["support"]) for row in rows]
    return {
        "balanced accuracy": balanced,
        "caught": caught,
        "blocked": blocked,
        "auroc": auroc([not row["supported"] for row in rows], missing),
    }


def experts(rows: Sequence[Labelled], verdicts: Verdicts) -> Report:
    """Return how many answers lose every claim, and how many lose one or more."""
    stopped = [[is_stopped(one) for one in verdicts[row["id"]]["claims"]] for row in rows]
    claims = [one for of_answer in stopped for one in of_answer]
    return {
        "blocked entirely": _rate(sum(bool(one) and all(one) for one in stopped), len(rows)),
        "with a sentence not supported": _rate(sum(map(any, stopped)), len(rows)),
        "claims not supported": _rate(sum(claims), len(claims)),
    }


def share(rows: Sequence[Labelled], verdicts: Verdicts) -> Report | None:
    """Return the share of rows that were stopped, None where there is no row."""
    return _rate(sum(is_stopped(verdicts[row["id"]]) for row in rows), len(rows))


def grouped(rows: Iterable[Labelled], name: str) -> dict[str, list[Labelled]]:
    """Return the rows by what they say under a name."""
    found: defaultdict[str, list[Labelled]] = defaultdict(list)
    for row in rows:
        found[str(row[name])].append(row)
    return dict(found)


def auroc(positive: Sequence[bool], scores: Sequence[float]) -> float | None:
    """Return how often a positive has the higher score than a negative, ties counting half.

    That is Mann and Whitney's U over all pairs (Hanley & McNeil 1982); None without both classes.
    """
    labels, values = np.asarray(positive, dtype=bool), np.asarray(scores, dtype=np.float64)
    high, low = values[labels], values[~labels]
    if not len(high) or not len(low):
        return None
    ordered = np.sort(low)
    below = np.searchsorted(ordered, high, side="left")
    ties = np.searchsorted(ordered, high, side="right") - below
    return float((below + ties / 2).sum() / (len(high) * len(low)))


def f1(positive: Sequence[bool], told: Sequence[bool]) -> Report:
    """Return precision, recall and their harmonic mean, each 0 where it has no denominator."""
    hits = sum(one and other for one, other in zip(positive, told, strict=True))
    precision = hits / sum(told) if any(told) else 0.0
    recall = hits / sum(positive) if any(positive) else 0.0
    total = precision + recall
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / total if total else 0.0,
    }


def _by_wording(rows: Sequence[Labelled], verdicts: Verdicts) -> Report:
    groups: Mapping[str, Callable[[Labelled], bool]] = {
        "all": lambda _: True,
        "as it stands": lambda row: row["wording"] == "as_it_stands",
        "rewritten": lambda row: row["wording"] == "rewritten",
        "rewritten, before": lambda row: row["template_part"] == "before",
        "rewritten, after": lambda row: row["template_part"] == "after",
        "rewritten, fresh": lambda row: row["template_part"] == "fresh",
        "rewritten, developing": lambda row: row["template_part"] == "developing",
        "all but fresh": lambda row: row["template_part"] not in {"fresh", "developing"},
    }
    return {
        name: share([row for row in rows if belongs(row)], verdicts)
        for name, belongs in groups.items()
    }


def _by_template(rows: Iterable[Labelled]) -> dict[str, list[Labelled]]:
    found: defaultdict[str, list[Labelled]] = defaultdict(list)
    for row in rows:
        for template in filter(None, row["template"].split("+")):
            found[template].append(row)
    return dict(sorted(found.items()))


def _placed(
    answer: str, claims: Iterable[Mapping[str, Any]]
) -> Iterable[tuple[tuple[int, int], float]]:
    """Yield where each claim stands in the answer, with its support, if it can be found there."""
    begin = 0
    for claim in claims:
        start = answer.find(claim["text"], begin)
        if start >= 0:
            begin = start + len(claim["text"])
            yield (start, begin), float(claim["support"])


def _overlaps(place: tuple[int, int], span: Mapping[str, int]) -> bool:
    return place[0] < span["end"] and span["start"] < place[1]


def _rate(successes: int, n: int) -> Report | None:
    if not n:
        return None
    share = rate(successes, n)
    return {"value": share.value, **asdict(share)}
