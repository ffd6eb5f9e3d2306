from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.answer import Answer, Budget, CacheHit, CallEnd, Guarded, Outcome, Purpose, Usage
from app.telemetry.metrics import LEFT_ALONE_SECONDS, Metrics
from app.telemetry.turn_report import TurnReport
from tests.live_server import a_receipt, a_refusal, a_sentence

NOW = datetime(2026, 11, 1, tzinfo=UTC)
CALL = Usage("openai:gpt", 100, 20, 0.25, cached_tokens=60)
ANSWER = Answer(
    Outcome.ANSWERED, "Yes.", release="r1", cache_hit=CacheHit.NEAR, timings_ms={"cache": 1.0}
)


def a_report(answer: Answer | None = ANSWER, *calls: Usage, left_alone: str = "") -> TurnReport:
    return TurnReport(
        conversation="c",
        client="shop",
        state="done" if answer else "failed",
        answer=answer,
        receipts=(a_receipt(a_sentence(), "Blocked."), a_refusal("No.")),
        usage=calls,
        budget=None if answer else Budget.DAY,
        left_alone=[left_alone] if left_alone else [],
        seconds=3.0,
        first_sentence_seconds=0.3,
    )


def written(*reports: TurnReport) -> list[str]:
    metrics = Metrics(lambda: NOW - timedelta(hours=1), lambda: NOW)
    for report in reports:
        metrics.count(report)
    return metrics.written().decode().splitlines()


class TestMetrics:
    def test_counts_what_guardrails_decided_without_the_reason(self) -> None:
        guarded = (
            Guarded("injection", "BLOCK", "asks for the prompt"),
            Guarded("small_talk", "REPLY", "a greeting"),
        )

        lines = written(a_report(replace(ANSWER, guarded=guarded)))

        assert 'candor_guarded_total{action="BLOCK",guard="injection"} 1.0' in lines
        assert 'candor_guarded_total{action="REPLY",guard="small_talk"} 1.0' in lines

    def test_counts_turns_by_outcome(self) -> None:
        lines = written(a_report(), a_report(), a_report(None))

        assert 'candor_turns_total{outcome="ANSWERED",release="r1"} 2.0' in lines
        assert 'candor_turns_total{outcome="FAILED",release=""} 1.0' in lines
        assert 'candor_budget_reached_total{budget="day"} 1.0' in lines
        assert 'candor_answer_cache_total{result="near"} 2.0' in lines

    def test_shows_what_an_alert_waits_for_before_it_happens(self) -> None:
        lines = written()

        assert 'candor_turns_total{outcome="FAILED",release=""} 0.0' in lines
        for one in Budget:
            assert f'candor_budget_reached_total{{budget="{one}"}} 0.0' in lines

    def test_counts_sentences_claims_and_what_was_blocked(self) -> None:
        lines = written(a_report())

        assert 'candor_sentences_total{ruling="quoted"} 1.0' in lines
        assert 'candor_sentences_total{ruling="dropped"} 1.0' in lines
        assert 'candor_claims_total{verdict="CONTRADICTED"} 2.0' in lines
        assert 'candor_sentences_blocked_total{check="policy facts"} 2.0' in lines

    def test_counts_what_calls_took(self) -> None:
        repair = Usage("local:m", 5, 6, None, purpose=Purpose.REPAIR, ending=CallEnd.FAILED)

        lines = written(a_report(ANSWER, CALL, CALL, repair))

        assert 'candor_model_tokens_total{kind="prompt",model="openai:gpt"} 80.0' in lines
        assert 'candor_model_tokens_total{kind="cached",model="openai:gpt"} 120.0' in lines
        assert 'candor_model_cost_usd_total{model="openai:gpt"} 0.5' in lines
        assert (
            'candor_model_calls_total{ending="failed",model="local:m",purpose="repair"} 1.0'
            in lines
        )

    def test_measures_how_long_customers_wait(self) -> None:
        lines = written(a_report())

        assert 'candor_first_sentence_seconds_bucket{le="0.5"} 1.0' in lines
        assert "candor_turn_seconds_sum 3.0" in lines

    def test_says_which_model_is_left_alone_until_it_answers_again(self) -> None:
        alone, back = a_report(left_alone="openai:gpt"), a_report(ANSWER, CALL)

        assert 'candor_breaker_open{model="openai:gpt"} 1.0' in written(alone)
        assert 'candor_breaker_open{model="openai:gpt"} 0.0' in written(alone, back)

    def test_says_no_longer_that_a_model_is_left_alone_that_nobody_has_wanted_since(self) -> None:
        times = [NOW]
        metrics = Metrics(lambda: NOW, lambda: times[-1])
        metrics.count(a_report(left_alone="openai:gpt"))
        alone = metrics.written().decode().splitlines()
        times.append(NOW + timedelta(seconds=LEFT_ALONE_SECONDS))

        later = metrics.written().decode().splitlines()

        assert 'candor_breaker_open{model="openai:gpt"} 1.0' in alone
        assert 'candor_breaker_open{model="openai:gpt"} 0.0' in later

    def test_says_how_old_the_index_is(self) -> None:
        assert "candor_generation_age_seconds 3600.0" in written()
