"""The content editor's jobs: started, followed and cancelled."""

from http import HTTPStatus

from fastapi import APIRouter

from app.api.admin.bodies import job_body
from app.api.admin.desk import AtDesk
from app.api.admin.schemas import JobBody, JobRequest
from app.editor_jobs import JobKind

router = APIRouter()


@router.get("")
def list_jobs(desk: AtDesk) -> list[JobBody]:
    """Return the latest job of each kind."""
    return list(map(job_body, desk.jobs.latest()))


@router.post("", status_code=HTTPStatus.ACCEPTED)
def start_job(asked: JobRequest, desk: AtDesk) -> JobBody:
    """Start a job in a process of its own; 409 where one of its kind is running already."""
    return job_body(desk.jobs.start(JobKind(asked.kind), asked.max_cost_usd))


@router.get("/{job}")
def read_job(job: str, desk: AtDesk) -> JobBody:
    """Return how far a job is, and what came of it."""
    return job_body(desk.jobs.job(job))


@router.delete("/{job}")
def cancel_job(job: str, desk: AtDesk) -> JobBody:
    """End a job if it still runs, and return what came of it."""
    return job_body(desk.jobs.cancel(job))
