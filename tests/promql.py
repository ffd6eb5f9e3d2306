"""What queries in Prometheus's language ask of metrics: names, labels, and values of labels.

It reads as much of the language as `deploy/` uses, and refuses the rest.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prometheus_client.parser import text_string_to_metric_families

Labels = Mapping[str, frozenset[str]]
"""The values of each label of a metric."""
_SELECTOR = re.compile(r"\b(candor_\w+)(?:\s*\{([^}]*)\})?")
_MATCHER = re.compile(r'\s*(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"\s*(?:,|$)')
_GROUPED = re.compile(r"\bby\s*\(([^)]*)\)\s*\(")
_UNREAD = re.compile(r"\b(without|on|ignoring|group_left|group_right|label_replace)\s*\(")


@dataclass(frozen=True)
class Exported:
    """The metrics of a process, as Prometheus reads them."""

    metrics: Mapping[str, Labels]

    @classmethod
    def read(cls, written: str) -> "Exported":
        """Return what a text in Prometheus's format exports."""
        found: dict[str, dict[str, set[str]]] = {}
        for family in text_string_to_metric_families(written):
            for sample in family.samples:
                labels = found.setdefault(sample.name, {})
                for label, value in sample.labels.items():
                    labels.setdefault(label, set()).add(value)
        return cls(
            {
                metric: {label: frozenset(values) for label, values in labels.items()}
                for metric, labels in found.items()
            }
        )

    def faults(self, query: str, told: str = "") -> list[str]:
        """Return what a query asks for that isn't exported; `told` is a text with its labels."""
        if _UNREAD.search(query):
            return [f"this isn't read here: {query}"]
        return [*self._unmatched(query), *self._ungrouped(query), *_untold(query, told)]

    def _unmatched(self, query: str) -> Iterator[str]:
        for metric, matchers in _SELECTOR.findall(query):
            labels = self.metrics.get(metric)
            if labels is None:
                yield f"there is no {metric}"
                continue
            if _MATCHER.sub("", matchers).strip():
                yield f"this isn't read here: {matchers}"
            for label, sign, value in _MATCHER.findall(matchers):
                yield from _missing(
                    metric, labels, label, value.split("|") if "~" in sign else [value]
                )

    def _ungrouped(self, query: str) -> Iterator[str]:
        for found in _GROUPED.finditer(query):
            inside = _closed(query[found.end() :])
            for label in _names(found[1]):
                for metric, _ in _SELECTOR.findall(inside):
                    if label not in self.metrics.get(metric, {}):
                        yield f"{metric} has no label {label}"


def _missing(metric: str, labels: Labels, label: str, values: list[str]) -> Iterator[str]:
    if label not in labels:
        yield f"{metric} has no label {label}"
        return
    for value in values:
        if value not in labels[label]:
            yield f"{metric} has no {label} {value}"


def _untold(query: str, told: str) -> Iterator[str]:
    """Yield the labels that a text wants to name and the query doesn't keep."""
    kept = {label for found in _GROUPED.findall(query) for label in _names(found)}
    for label in re.findall(r"\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}", told):
        if label not in kept:
            yield f"the query keeps no label {label}"


def _closed(rest: str) -> str:
    """Return what stands before the parenthesis that closes the one just opened."""
    depth = 1
    for place, sign in enumerate(rest):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth == 0:
            return rest[:place]
    return rest


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]
