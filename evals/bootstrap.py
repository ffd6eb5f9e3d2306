"""Puts an evaluation together from settings and runs it: a suite in, a written run out."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import typer

from app.price import Price
from app.telemetry.cost import price_of
from evals.budget import Budget, Calls, Limits
from evals.case import Case, Suite, load_suite
from evals.errors import EvalsError, UnknownArticleError
from evals.group_scores import with_consistency
from evals.judge_records import judge_records
from evals.judges.agreement_files import FOLDER
from evals.judges.roster import judging_calls, open_judges
from evals.kept import kept_replies
from evals.metrics.consistency import CONSISTENCY
from evals.recorded import CONFIG, read_config
from evals.results import Result, written_answer
from evals.run import RunFolder, new_run_dir
from evals.runner import (
    MeasuredAssistant,
    Runner,
    questions_of,
    spent_by_question,
    spent_on_judging,
)
from evals.settings import EvalsSettings
from evals.summary import Summary, summarise
from evals.target import Target, open_target
from knowledge_base.article import Article
from knowledge_base.progress_bar import ProgressBar, progress_bar
from knowledge_base.progress_lines import ProgressLines

_SHOWN_IDS = 5


@dataclass(frozen=True, slots=True)
class SuiteRequest:
    """What to run."""

    suite: Path
    run_dir: Path | None
    """None for a folder of its own below the data folder's `runs/`."""
    day: date
    """The day that a case without its own is asked as of."""
    limit: int | None
    """How many cases are asked, from the first on; None means all."""
    concurrency: int
    limits: Limits = field(default_factory=Limits)
    url: str | None = None
    """Address of the API that is asked; None for the assistant in this process."""
    release: str | None = None
    """Id of the release that is measured; None for the settings and the published generation."""
    tells_progress: bool = False
    """Whether it says on standard output how far it is, a JSON object a line."""
    resumes: bool = False
    """Whether `run_dir` holds a run that was interrupted and goes on."""
    uses_cache: bool = True
    """Whether replies come from earlier calls with the same content."""
    repeats: int = 1
    """How often each case is asked; all but the first count for its consistency alone."""


@dataclass(frozen=True, slots=True)
class MeasuredSuite:
    """A run that has ended and is written."""

    folder: Path
    summary: Summary
    results: tuple[Result, ...]


def run_suite(settings: EvalsSettings, request: SuiteRequest) -> MeasuredSuite:
    """Ask the cases of a suite from the published generation, and return the written run.

    Raises:
        CandorError: The suite, the index, the judge or the run's folder can't be used.
    """
    suite = load_suite(request.suite)
    replies = kept_replies(settings) if request.uses_cache else None
    target = open_target(settings, request.url, request.day, request.release, replies)
    check_articles(suite, target.articles)
    budget = _budget(settings, request, target)
    judges = open_judges(settings, replies)
    runner = Runner(
        assistant=target.assistant,
        day=request.day,
        clock=time.perf_counter,
        metrics=target.metrics,
        judges=judges,
        budget=budget,
        again=_again(settings, request, target),
    )
    started = datetime.now(UTC)
    config = _config(request, suite, target, started)
    records = judge_records([judge.identity for judge in judges], settings.data_dir / FOLDER)
    config |= {"judges": records}
    folder = RunFolder(request.run_dir or new_run_dir(settings.data_dir, suite.name, started))
    with folder.locked():
        if request.resumes:
            folder.resume(config)
        else:
            folder.begin(config)
        results = with_consistency(_ask(runner, suite.cases[: request.limit], request, folder))
        titles = {article.id: article.title for article in target.articles.values()}
        names = (*runner.metric_names, CONSISTENCY)
        summary = summarise(suite.name, results, names, titles)
        seconds = (datetime.now(UTC) - started).total_seconds()
        folder.finish(config | _seen(results) | {"seconds": round(seconds, 1)}, results, summary)
    return MeasuredSuite(folder.path, summary, results)


def resuming(request: SuiteRequest, folder: Path) -> SuiteRequest:
    """Return the request that goes on with the run in a folder: of its day and its many cases.

    Raises:
        RunFolderError: The folder's configuration can't be read.
    """
    if not (folder / CONFIG).is_file() and folder.is_dir():
        return replace(request, run_dir=folder, resumes=True)
    asked = read_config(folder)
    is_part = asked.get("cases") != asked.get("cases_in_suite")
    limit = asked.get("cases") if is_part else None
    day = date.fromisoformat(asked["day"])
    repeats = asked.get("repeats", 1)
    return replace(request, run_dir=folder, resumes=True, day=day, limit=limit, repeats=repeats)


def check_articles(suite: Suite, articles: Mapping[str, Article]) -> None:
    """Refuse a suite whose gold articles aren't in the index.

    Raises:
        UnknownArticleError: Some aren't; the message names the first.
    """
    missing = [gold for gold in suite.article_ids if gold not in articles]
    if missing:
        shown = ", ".join(missing[:_SHOWN_IDS]) + (", …" if len(missing) > _SHOWN_IDS else "")
        raise UnknownArticleError(
            f"{len(missing)} of the {len(suite.article_ids)} articles that {suite.name} asks about "
            f"aren't in the published index ({shown}): run `candor reindex` on its help centre"
        )


def _again(
    settings: EvalsSettings, request: SuiteRequest, target: Target
) -> tuple[MeasuredAssistant, ...]:
    """Return who is asked again: with kept replies, an assistant for each time with its own."""
    times = range(1, request.repeats)
    if request.url or not request.uses_cache or kept_replies(settings) is None:
        return tuple(target.assistant for _ in times)
    return tuple(
        open_target(
            settings, None, request.day, request.release, kept_replies(settings, number)
        ).assistant
        for number in times
    )


def _shown(*, told: bool) -> AbstractContextManager[ProgressBar | ProgressLines]:
    return nullcontext(ProgressLines(typer.echo, time.monotonic)) if told else progress_bar()


def _ask(
    runner: Runner, cases: Sequence[Case], request: SuiteRequest, folder: RunFolder
) -> tuple[Result, ...]:
    """Return the results of all cases, in their order, as the folder holds them.

    They are read back, so that a run which was interrupted ends like one that wasn't. A case that
    ended in an error is asked again.
    """
    kept = folder.results()
    known = {result.case.id for result in kept if result.is_whole}
    for result in kept:
        runner.budget.restore(
            questions_of(result.case, request.repeats),
            spent_by_question(result),
            spent_on_judging(result),
        )
    with _shown(told=request.tells_progress) as progress:
        progress.begin("cases", len(cases))
        progress.advance(len(known))

        def note(result: Result) -> None:
            folder.append(result)
            progress.note(runner.budget.told())
            progress.advance()

        open_cases = [case for case in cases if case.id not in known]
        asked = asyncio.run(runner.run(open_cases, concurrency=request.concurrency, on_result=note))
    come = {result.case.id: result for result in (*asked, *folder.results())}
    return tuple(replace(come[case.id], case=case) for case in cases)


def _budget(settings: EvalsSettings, request: SuiteRequest, target: Target) -> Budget:
    """Return the budget of a run; one that asks no model has no need of limits.

    Raises:
        EvalsError: The cost is limited, and the model has no known price, or what an API takes
            is.
    """
    limits = request.limits
    if not target.tells_usage and limits != Limits():
        raise EvalsError(
            "the API doesn't tell what an answer takes: leave out the budget, or set "
            "CANDOR_EVAL_API_KEY to its admin key"
        )
    if request.url is not None and limits.cost_usd is not None:
        raise EvalsError("what an API's model costs isn't known before: limit --max-tokens")
    calls = judging_calls(settings)
    price = _price(settings, limits, settings.model)
    judging = Calls(calls, _price(settings, limits, settings.judge_model if calls else None))
    own = settings.model is not None or settings.gate_judge_model is not None
    asks_models = own or request.url is not None
    return Budget(limits, Calls(int(asks_models), price), judging)


def _price(settings: EvalsSettings, limits: Limits, model: str | None) -> Price | None:
    price = price_of(model, settings.prices) if model else None
    if limits.cost_usd is not None and model and price is None:
        raise EvalsError(
            f"the cost of {model} can't be limited, as its price isn't known: "
            "set CANDOR_PRICES, or limit tokens with --max-tokens"
        )
    return price


def _config(
    request: SuiteRequest, suite: Suite, target: Target, started: datetime
) -> dict[str, object]:
    return {
        "suite": {"name": suite.name, "sha256": suite.sha256},
        "cases": len(suite.cases[: request.limit]),
        "cases_in_suite": len(suite.cases),
        "day": request.day.isoformat(),
        "concurrency": request.concurrency,
        "budget": asdict(request.limits),
        "cache": request.uses_cache,
        **({"repeats": request.repeats} if request.repeats > 1 else {}),
        **target.config,
        "candor": version("candor"),
        "started": started.isoformat(timespec="seconds"),
    }


def _seen(results: Sequence[Result]) -> dict[str, object]:
    """Return what the answers say they were made with, which no setting can promise."""
    answers = [answer for result in results if (answer := written_answer(result))]
    return {
        "models": sorted({answer.model for answer in answers}),
        "prompts": sorted(
            {f"{answer.prompt} {answer.prompt_fingerprint}" for answer in answers if answer.prompt}
        ),
        "generations": sorted({answer.generation for answer in answers if answer.generation}),
    }
