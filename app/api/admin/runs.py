"""Evaluation runs: listed, and read down to the cases."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.admin.desk import AtDesk
from app.api.admin.evaluation_schemas import CasesBody, ComparisonBody, RunBody
from app.evaluation_runs import Run
from app.run_comparison import compare

router = APIRouter()


@router.get("")
def list_runs(desk: AtDesk) -> list[RunBody]:
    """Return the runs below the data folder, the latest first."""
    return list(map(_run_body, desk.runs.listed()))


@router.get("/{run}")
def read_run(run: str, desk: AtDesk) -> RunBody:
    """Return what a run measured."""
    return _run_body(desk.runs.run(run))


@router.get("/{run}/compared-with/{before}")
def compare_runs(run: str, before: str, desk: AtDesk) -> ComparisonBody:
    """Return what changed from the run `before` to this one, pair by pair; 409 says why not."""
    return compare(desk.runs.folder(before), desk.runs.folder(run))


@router.get("/{run}/cases")
def find_cases(
    run: str,
    desk: AtDesk,
    *,
    kind: Annotated[str | None, Query(max_length=64)] = None,
    failed: Annotated[str | None, Query(max_length=64)] = None,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> CasesBody:
    """Return cases of a run: of one kind, or those that fell short in the metric `failed`."""
    found = [
        case
        for case in desk.runs.results(run)
        if (kind is None or case.kind == kind) and (failed is None or failed in case.failed)
    ]
    return CasesBody(total=len(found), cases=tuple(found[offset : offset + limit]))


def _run_body(run: Run) -> RunBody:
    config, summary = run.config, run.summary
    return RunBody(
        run=run.id,
        suite=config.suite.name,
        state=run.state,
        day=config.day,
        started=config.started,
        seconds=config.seconds,
        models=config.models,
        generation=config.generation,
        cases=config.cases,
        errors=summary.errors if summary else None,
        groups=summary.groups if summary else {},
    )
