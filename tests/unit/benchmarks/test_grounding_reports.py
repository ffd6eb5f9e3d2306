from typing import Any

import pytest

from benchmarks.grounding_reports import (
    answers,
    attribution,
    auroc,
    experts,
    f1,
    mutations,
    sentences,
    swaps,
)


class TestMutations:
    def test_counts_what_was_caught_by_kind_wording_and_part(self) -> None:
        rows = [
            _row("a", "changed_unit"),
            _row("b", "changed_unit", template="contracted", part="before"),
            _row("c", "flipped_negation", template="contracted", part="after"),
        ]
        verdicts = _verdicts(a="CONTRADICTED", b="SUPPORTED", c="NOT_ENOUGH_INFO")

        report = mutations(rows, verdicts)

        assert report["caught"]["all"]["value"] == pytest.approx(2 / 3)
        assert report["caught"]["rewritten, before"]["successes"] == 0
        assert report["caught"]["rewritten, after"]["successes"] == 1
        assert report["caught by kind"]["changed_unit"]["all"]["n"] == 2
        assert report["by template"]["contracted"]["caught"]["n"] == 2

    def test_counts_unchanged_claims_that_were_blocked_apart(self) -> None:
        rows = [_row("a", "unchanged", supported=True), _row("b", "unchanged", supported=True)]

        report = mutations(rows, _verdicts(a="SUPPORTED", b="NOT_ENOUGH_INFO"))

        assert report["blocked"]["all"]["value"] == 0.5
        assert report["caught"]["all"] is None

    def test_gives_every_share_its_interval(self) -> None:
        report = mutations([_row("a", "changed_unit")], _verdicts(a="CONTRADICTED"))

        caught = report["caught"]["all"]
        assert caught["low"] < caught["value"] == caught["high"] == 1


class TestSwaps:
    def test_keeps_true_claims_apart_from_the_kinds_of_swaps(self) -> None:
        rows: list[dict[str, Any]] = [
            {"id": "a", "kind": "true"},
            {"id": "b", "kind": "absent"},
            {"id": "c", "kind": "sibling"},
        ]

        report = swaps(rows, _verdicts(a="SUPPORTED", b="CONTRADICTED", c="SUPPORTED"))

        assert report["blocked"]["successes"] == 0
        assert {kind: one["successes"] for kind, one in report["caught"].items()} == {
            "absent": 1,
            "sibling": 0,
        }


class TestAnswers:
    def test_takes_missing_support_for_the_score_of_a_hallucination(self) -> None:
        rows = [{"id": "a", "hallucinated": True}, {"id": "b", "hallucinated": False}]
        verdicts = {
            "a": {"verdict": "CONTRADICTED", "support": 0.1},
            "b": {"verdict": "NOT_ENOUGH_INFO", "support": 0.4},
        }

        report = answers(rows, verdicts)

        assert report["auroc"] == 1.0
        assert report["at the threshold"] == pytest.approx(
            {"precision": 0.5, "recall": 1.0, "f1": 2 / 3}
        )


class TestSentences:
    def test_takes_a_claim_that_overlaps_a_marked_span_for_false(self) -> None:
        rows = [
            {"id": "a", "answer": "It is free. It is red.", "spans": [{"start": 12, "end": 20}]}
        ]
        claims = [
            {"text": "It is free.", "support": 0.9},
            {"text": "It is red.", "support": 0.2},
            {"text": "said otherwise", "support": 0.2},
        ]

        report = sentences(rows, {"a": {"claims": claims}})

        assert report == {"n": 2, "not placed": 1, "false": 1, "auroc": 1.0}


class TestAttribution:
    def test_weighs_both_classes_alike(self) -> None:
        rows = [
            {"id": "a", "supported": False},
            {"id": "b", "supported": True},
            {"id": "c", "supported": True},
        ]
        verdicts = _verdicts(a="CONTRADICTED", b="SUPPORTED", c="CONTRADICTED")

        assert attribution(rows, verdicts)["balanced accuracy"] == 0.75


class TestExperts:
    def test_tells_an_answer_that_loses_all_from_one_that_loses_a_sentence(self) -> None:
        good, bad = {"verdict": "SUPPORTED"}, {"verdict": "NOT_ENOUGH_INFO"}
        verdicts: dict[str, dict[str, Any]] = {
            "a": {"claims": [bad, bad]},
            "b": {"claims": [good, bad]},
            "c": {"claims": [good]},
            "d": {"claims": []},
        }

        report = experts([{"id": one} for one in verdicts], verdicts)

        assert report["blocked entirely"]["value"] == 0.25
        assert report["with a sentence not supported"]["value"] == 0.5
        assert report["claims not supported"]["n"] == 5


class TestAuroc:
    def test_counts_ties_half(self) -> None:
        assert auroc([True, False, False], [0.5, 0.5, 0.1]) == 0.75

    def test_has_none_without_both_classes(self) -> None:
        assert auroc([True], [0.5]) is None


class TestF1:
    def test_is_0_where_nothing_was_told(self) -> None:
        assert f1([True, False], [False, False])["f1"] == 0.0


def _row(
    name: str,
    kind: str,
    *,
    supported: bool = False,
    template: str = "",
    part: str | None = None,
) -> dict[str, Any]:
    return {
        "id": name,
        "kind": kind,
        "supported": supported,
        "wording": "rewritten" if part else "as_it_stands",
        "template": template,
        "template_part": part,
        "help_centre": "sample",
    }


def _verdicts(**told: str) -> dict[str, dict[str, Any]]:
    return {
        name: {"verdict": verdict, "support": 0.9 if verdict == "SUPPORTED" else 0.1}
        for name, verdict in told.items()
    }
