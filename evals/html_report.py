"""The report of a run as one HTML file that needs no network and no script.

Everything that comes from a run or an article is text to the template, which escapes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.statistics import Mean, Rate
from evals.article_texts import ArticleTexts, Piece
from evals.comparison import ChangedCase, Comparison, MetricComparison, Standing
from evals.comparison_report import change_reason, overlap, written_difference, written_p
from evals.failures import Failure, failures
from evals.recorded import RecordedRun
from evals.report import written
from evals.results import Span, WrittenAnswer, written_answer
from evals.summary import ALL_CASES, Group, MetricSummary, summarise

_TEMPLATES = Path(__file__).parent / "templates"
_BY_KIND = ("passed", "no_invented_policy", "all_facts", "no_forbidden_fact", "faithfulness")


@dataclass(frozen=True, slots=True)
class _Bar:
    """A metric's row, with where its value and interval lie on a scale from 0 to 100."""

    name: str
    value: str
    interval: str
    n: int
    at: float | None
    """None where there is no value."""
    low: float
    high: float
    not_applicable: int
    unscored: int
    errors: int
    not_asked: int


@dataclass(frozen=True, slots=True)
class _Source:
    """An article beside an answer."""

    id: str
    title: str
    is_cited: bool
    is_expected: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A failure as the page shows it."""

    failure: Failure
    answer: WrittenAnswer | None
    sources: tuple[_Source, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """A metric beside the baseline's."""

    metric: str
    before: str
    after: str
    difference: str
    interval: str
    p: str
    pairs: int
    gained: int
    lost: int
    without: str
    """How many cases have no value, before and after."""
    changed: tuple[ChangedCase, ...]


def html_report(run: RecordedRun, texts: ArticleTexts, compared: Comparison | None) -> str:
    """Return the page."""
    titles = {article.id: article.title for article in texts.articles.values()}
    summary = summarise(run.suite, run.results, run.metrics, titles)
    wrong = failures(run.results)
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(
        run=run,
        summary=summary,
        bars_all=[_bar(metric.metric, metric) for metric in summary.group(ALL_CASES).metrics],
        kinds={name: _kind_bars(summary.groups, name) for name in _BY_KIND if name in run.metrics},
        failures=[_shown(failure, texts) for failure in wrong],
        texts=texts,
        compared=compared,
        overlap=overlap(compared) if compared else "",
        changes=[_change(metric) for metric in compared.metrics] if compared else [],
        change_reason=change_reason,
    )


def _bar(name: str, metric: MetricSummary) -> _Bar:
    estimate: Rate | Mean | None = metric.estimate
    value, interval = written(estimate)
    return _Bar(
        name=name,
        value=value,
        interval=interval,
        n=estimate.n if estimate else 0,
        at=100 * estimate.value if estimate else None,
        low=100 * estimate.low if estimate else 0,
        high=100 * estimate.high if estimate else 0,
        not_applicable=metric.not_applicable,
        unscored=metric.unscored,
        errors=metric.errors,
        not_asked=metric.not_asked,
    )


def _kind_bars(groups: tuple[Group, ...], metric: str) -> list[_Bar]:
    """Return a metric's bars by group, without the groups that it asks nothing of."""
    bars = (_bar(group.name, group.metric(metric)) for group in groups)
    return [bar for bar in bars if bar.n or bar.unscored or bar.errors or bar.not_asked]


def _shown(failure: Failure, texts: ArticleTexts) -> _Shown:
    answer = written_answer(failure.result)
    return _Shown(failure, answer, tuple(_sources(failure, answer, texts)))


def _sources(
    failure: Failure, answer: WrittenAnswer | None, texts: ArticleTexts
) -> Iterator[_Source]:
    """Yield the articles that are cited, then those that should have been."""
    spans: dict[str, list[Span]] = {}
    for sentence in answer.sentences if answer else ():
        for span in sentence.citations:
            spans.setdefault(span.article, []).append(span)
    expected = failure.result.case.articles
    for article_id in dict.fromkeys((*spans, *expected)):
        yield _Source(
            id=article_id,
            title=texts.title(article_id),
            is_cited=article_id in spans,
            is_expected=article_id in expected,
            pieces=texts.pieces(article_id, spans.get(article_id, [])),
        )


def _change(metric: MetricComparison) -> _Change:
    found = metric.difference
    difference, interval = written_difference(found) if found else ("–", "–")
    return _Change(
        metric=metric.metric,
        before=written(found.before)[0] if found else "–",
        after=written(found.after)[0] if found else "–",
        difference=difference,
        interval=interval,
        p=written_p(found.p) if found else "–",
        pairs=metric.pairs,
        gained=found.gained if found else 0,
        lost=found.lost if found else 0,
        without=_without(metric),
        changed=metric.changed,
    )


def _without(metric: MetricComparison) -> str:
    named = (
        (standing.replace("_", " "), metric.before.get(standing, 0), metric.after.get(standing, 0))
        for standing in Standing
        if standing is not Standing.SCORED
    )
    told = (f"{name} {before} → {after}" for name, before, after in named if before or after)
    return ", ".join(told) or "none"
