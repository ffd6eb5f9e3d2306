"""Jobs on the page: started by a button, and watched until they end."""

import streamlit as st

from app.api.admin.schemas import JobBody, JobKindName
from ui.answer import plain
from ui.editor.client import AdminClient
from ui.transport import ApiAwayError, ApiProblemError

_SECONDS_BETWEEN_LOOKS = 1.0


def button(
    admin: AdminClient,
    kind: JobKindName,
    label: str,
    latest: JobBody | None,
    max_cost_usd: float | None = None,
) -> None:
    """Draw the button that starts a job, and say where the API refuses to."""
    busy = latest is not None and latest.state == "running"
    if not st.button(label, key=f"start-{kind}", disabled=busy):
        return
    try:
        admin.start(kind, max_cost_usd)
    except ApiProblemError as problem:
        st.error(plain(str(problem)), icon=":material/error:")
    else:
        st.rerun()


@st.fragment(run_every=_SECONDS_BETWEEN_LOOKS)
def watch(admin: AdminClient, job_id: str, doing: str) -> None:
    """Draw how far a job is, with a way to cancel it; the page runs again when it has ended."""
    try:
        job = admin.job(job_id)
        if job.state == "running":
            _progress(job, doing)
            if st.button("Cancel", key=f"cancel-{job_id}", icon=":material/cancel:"):
                admin.cancel(job_id)
                st.rerun()
            return
    except (ApiAwayError, ApiProblemError):
        pass  # the whole page says it better
    st.rerun()


def _progress(job: JobBody, doing: str) -> None:
    step = job.step
    if step is None:
        st.progress(0.0, text=f"{doing} …")
    elif step.total:
        share = min(step.done / step.total, 1.0)
        text = f"{doing}: {plain(step.step)}, {step.done:,} of {step.total:,}"
        st.progress(share, text=f"{text}; {plain(step.note)} so far" if step.note else text)
    else:
        st.progress(0.0, text=f"{doing}: {plain(step.step)}, {step.done:,}")
