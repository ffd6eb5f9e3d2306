"""The tab *Reindex*: what it would change, then the run itself, watched until it ends."""

import streamlit as st

from app.api.admin.schemas import JobBody, ReindexedBody
from ui.answer import plain
from ui.editor import jobs, plans
from ui.editor.client import AdminClient


def show(admin: AdminClient) -> None:
    """Draw what can be started, what runs, and what came of the latest runs."""
    latest = {job.kind: job for job in admin.jobs()}
    plan, reindex = latest.get("plan"), latest.get("reindex")
    st.write(
        "A reindex reads the help articles again, builds a new generation of the index from what "
        "has changed, checks it, and lets it serve. Until then the one before it answers."
    )
    with st.container(horizontal=True):
        jobs.button(admin, "plan", "Show what would change", plan)
        jobs.button(admin, "reindex", "Reindex now", reindex)
    if reindex is not None:
        _reindex(admin, reindex)
    if plan is not None and (reindex is None or plan.started > reindex.started):
        _plan(admin, plan)


def _reindex(admin: AdminClient, job: JobBody) -> None:
    if job.state == "running":
        jobs.watch(admin, job.job, "Reindexing")
    elif job.state == "failed":
        st.error(plain(f"The reindex failed: {job.error}"), icon=":material/error:")
    elif job.state == "cancelled":
        st.info("The reindex was cancelled. What served before still serves.")
    elif job.reindexed is not None:
        _reindexed(job.reindexed)


def _reindexed(done: ReindexedBody) -> None:
    if done.published:
        said = (
            f"Generation {done.generation} was published: {done.articles:,} articles, "
            f"{done.chunks:,} chunks, {done.embedded:,} texts embedded, {done.seconds:.1f} s."
        )
    else:
        said = f"Nothing had changed since generation {done.generation}."
    if not done.serves:
        said += " It waits until a release with it is promoted on the page Releases."
    st.success(plain(said), icon=":material/check_circle:")
    plans.show(done.plan)


def _plan(admin: AdminClient, job: JobBody) -> None:
    if job.state == "running":
        jobs.watch(admin, job.job, "Looking what would change")
    elif job.state == "failed":
        st.error(plain(f"The plan failed: {job.error}"), icon=":material/error:")
    elif job.plan is not None:
        st.markdown("#### What would change")
        st.write(plain(plans.time_of(job.plan)))
        plans.show(job.plan)
