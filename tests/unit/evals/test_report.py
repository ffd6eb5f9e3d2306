import io

from rich.console import Console

from app.answer import Answer
from app.statistics import rate
from evals.metrics.roster import METRICS
from evals.metrics.score import Metric
from evals.report import print_report, written
from evals.results import Result
from evals.summary import summarise
from tests.eval_builders import a_case, a_sentence, an_abstention, an_answer, an_uncovered_case

WIDTH = 100


def scored(result: Result, metrics: tuple[Metric, ...] = METRICS) -> Result:
    answer = result.answer
    if not isinstance(answer, Answer):
        return result
    scores = tuple(metric.score(result.case, answer) for metric in metrics)
    return Result(result.case, result.latency_ms, answer, scores=scores)


def printed(*results: Result) -> str:
    kept = tuple(scored(result) for result in results)
    summary = summarise("mine.v1", kept, [metric.name for metric in METRICS], {})
    console = Console(file=io.StringIO(), width=WIDTH)
    print_report(console, summary, kept)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


class TestPrintReport:
    def test_shows_rates_with_interval_and_n(self) -> None:
        text = printed(Result(a_case(), 10.0, an_answer(a_sentence("30 days."))))

        (line,) = [line for line in text.splitlines() if line.strip().startswith("passed ")]
        assert line.split() == ["passed", "100.0%", "20.7", "…", "100.0%", "1", "0", "0", "0", "0"]

    def test_shows_a_dash_where_nothing_was_scored(self) -> None:
        text = printed(Result(an_uncovered_case(), 10.0, an_abstention()))

        (line,) = [line for line in text.splitlines() if line.strip().startswith("all_facts ")]
        assert line.split() == ["all_facts", "–", "–", "0", "1", "0", "0", "0"]

    def test_lists_what_went_wrong_the_worst_first(self) -> None:
        text = printed(
            Result(a_case("missing", must=(("30 days",),)), 1.0, an_answer(a_sentence("Yes."))),
            Result(a_case("broken"), 1.0, error="ModelTimeoutError: no [answer]"),
            Result(an_uncovered_case("sure"), 1.0, an_answer(a_sentence("Of course."))),
            Result(a_case("wrong", must_not=("45 days",)), 1.0, an_answer(a_sentence("45 days."))),
        )

        places = [text.index(f"\n{case_id} ") for case_id in ("wrong", "broken", "sure", "missing")]
        assert places == sorted(places)
        assert "4 wrong" in text
        assert "error: ModelTimeoutError: no [answer]" in text
        assert "missing: 30 days" in text

    def test_says_that_nothing_went_wrong(self) -> None:
        assert "Nothing went wrong" in printed(Result(an_uncovered_case(), 1.0, an_abstention()))

    def test_fits_a_terminal_of_a_hundred_columns(self) -> None:
        long = a_case("long", question="Why " * 100, must=(("30 days",),))

        text = printed(Result(long, 1.0, an_answer(a_sentence("Because " * 50))))

        assert max(len(line) for line in text.splitlines()) <= WIDTH
        assert "…" in text


class TestWritten:
    def test_gives_percent(self) -> None:
        assert written(rate(9, 10)) == ("90.0%", "59.6 … 98.2%")
