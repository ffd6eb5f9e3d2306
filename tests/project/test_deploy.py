"""What `deploy/` asks of Prometheus is what the API tells it."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from app.answer import Answer, Budget, CacheHit, Guarded, Outcome, Usage
from app.telemetry.metrics import Metrics
from app.telemetry.turn_report import TurnReport
from tests.live_server import a_receipt, a_refusal, a_sentence
from tests.promql import Exported

DEPLOY = Path(__file__).resolve().parent.parent.parent / "deploy"
BEHAVIOUR = Path(__file__).with_name("alerts.test.yml")
_NAME = re.compile(r"\bcandor_\w+")
_SHARE = re.compile(r" / |histogram_quantile")
_ENOUGH = re.compile(r"\band sum\(increase\(candor_\w+_(?:total|count)\b[^)]*\)\) >= [1-9]\d*")


@dataclass(frozen=True)
class Query:
    """A query, and the text that names its labels."""

    asked: str
    told: str


def known() -> frozenset[str]:
    return Metrics(lambda: None, lambda: datetime.now(UTC)).names()


def exported() -> Exported:
    """Return what a process exports in which every kind of turn has ended."""
    now = datetime(2026, 11, 1, tzinfo=UTC)
    metrics = Metrics(lambda: now, lambda: now)
    for outcome in Outcome:
        metrics.count(a_report(Answer(outcome, "", release="r1", timings_ms={"cache": 1.0})))
    for state in ("failed", "cancelled"):
        metrics.count(replace(a_report(None), state=state))
    known_before = Answer(Outcome.ANSWERED, "", cache_hit=CacheHit.NEAR, timings_ms={"cache": 1.0})
    metrics.count(a_report(replace(known_before, guarded=(Guarded("size", "BLOCK", ""),))))
    return Exported.read(metrics.written().decode())


def a_report(answer: Answer | None) -> TurnReport:
    return TurnReport(
        conversation="c",
        client=None,
        state="done",
        answer=answer,
        receipts=(a_receipt(a_sentence(), "Blocked."), a_refusal("No.")),
        usage=(Usage("openai:gpt", 100, 20, 0.25),),
        budget=Budget.DAY,
        left_alone=("openai:gpt",),
        seconds=3.0,
        first_sentence_seconds=0.3,
    )


def alerts() -> list[dict[str, str]]:
    groups = yaml.safe_load((DEPLOY / "alerts.yml").read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def alert_queries() -> Iterator[Query]:
    for rule in alerts():
        yield Query(rule["expr"], str(rule["annotations"]))


def panel_queries() -> Iterator[Query]:
    for panel in json.loads((DEPLOY / "grafana-dashboard.json").read_text("utf-8"))["panels"]:
        for target in panel["targets"]:
            yield Query(target["expr"], target["legendFormat"])


class TestTheAlerts:
    def test_ask_for_metrics_that_exist(self) -> None:
        asked = {name for query in alert_queries() for name in _NAME.findall(query.asked)}

        assert asked
        assert asked <= known()

    def test_ask_for_labels_and_values_that_exist(self) -> None:
        metrics = exported()

        faults = [metrics.faults(query.asked, query.told) for query in alert_queries()]

        assert faults == [[]] * len(alerts())

    def test_judge_no_share_of_a_few_events(self) -> None:
        shares = {rule["alert"]: rule["expr"] for rule in alerts() if _SHARE.search(rule["expr"])}

        assert {
            "CandorTurnsFail",
            "CandorAbstainsMore",
            "CandorBlocksMore",
            "CandorIsSlow",
        } <= set(shares)
        assert [name for name, asked in shares.items() if not _ENOUGH.search(asked)] == []

    @pytest.mark.skipif(
        shutil.which("promtool") is None,
        reason="promtool isn't here: it comes with Debian's package prometheus",
    )
    @pytest.mark.parametrize(
        "asked",
        [
            ("check", "rules", "alerts.yml"),
            ("check", "config", "--syntax-only", "prometheus.yml"),
            ("test", "rules", str(BEHAVIOUR)),
        ],
        ids=["rules", "config", "behaviour"],
    )
    def test_are_read_by_prometheus_and_do_what_they_say(self, asked: tuple[str, ...]) -> None:
        done = subprocess.run(
            ["promtool", *asked], cwd=DEPLOY, capture_output=True, text=True, check=False
        )

        assert done.returncode == 0, done.stdout + done.stderr


class TestTheDashboard:
    def test_shows_every_metric_and_none_that_does_not_exist(self) -> None:
        asked = {name for query in panel_queries() for name in _NAME.findall(query.asked)}

        assert asked <= known()
        unshown = {name for name in known() - asked if not name.endswith(("_sum", "_count"))}
        assert unshown == set()

    def test_asks_for_labels_and_values_that_exist(self) -> None:
        metrics = exported()

        faults = [fault for one in panel_queries() for fault in metrics.faults(one.asked, one.told)]

        assert faults == []


class TestTheCheck:
    """Of queries: that it finds what it is there for."""

    @pytest.mark.parametrize(
        ("asked", "told", "fault"),
        [
            ("rate(candor_turn_total[1m])", "", "there is no candor_turn_total"),
            ('candor_turns_total{result="FAILED"}', "", "candor_turns_total has no label result"),
            ('candor_turns_total{outcome="FAIL"}', "", "candor_turns_total has no outcome FAIL"),
            (
                'candor_turns_total{release="r1", outcome=~"ABSTAINED|HANDED_OVER"}',
                "",
                "candor_turns_total has no outcome HANDED_OVER",
            ),
            (
                "sum by (outcome, kind) (rate(candor_turns_total[1m]))",
                "",
                "candor_turns_total has no label kind",
            ),
            (
                "histogram_quantile(0.5, sum by (le) (rate(candor_turn_seconds_count[1m])))",
                "",
                "candor_turn_seconds_count has no label le",
            ),
            (
                "sum(rate(candor_model_tokens_total[1m]))",
                "{{model}}",
                "the query keeps no label model",
            ),
            (
                "sum by (budget) (candor_budget_reached_total)",
                "The budget by {{ $labels.key }}.",
                "the query keeps no label key",
            ),
            (
                "sum without (model) (candor_model_tokens_total)",
                "",
                "this isn't read here: sum without (model) (candor_model_tokens_total)",
            ),
        ],
    )
    def test_finds_what_does_not_exist(self, asked: str, told: str, fault: str) -> None:
        assert exported().faults(asked, told) == [fault]
