"""What lints find, on the page: the run over all articles, and the findings of one."""

import streamlit as st

from app.api.admin.schemas import FindingBody, JobBody, ReviewedArticle
from ui.answer import plain
from ui.editor import jobs
from ui.editor.client import AdminClient

_ICONS = {"error": ":red[:material/error:]", "warning": ":orange[:material/warning:]"}
_NOTE = ":blue[:material/info:]"


def show_run(admin: AdminClient) -> None:
    """Draw the button that checks all articles, and what the latest check came to."""
    latest = next((job for job in admin.jobs() if job.kind == "lint"), None)
    with st.container(horizontal=True, vertical_alignment="center"):
        jobs.button(admin, "lint", "Check all articles", latest)
        if latest is not None:
            _outcome(latest)
    if latest is not None and latest.state == "running":
        jobs.watch(admin, latest.job, "Checking")


def show_of(article: ReviewedArticle) -> None:
    """Draw what the latest check found in one article."""
    if article.findings is None:
        st.markdown("**Findings**")
        st.caption("The articles haven't been checked yet.")
        return
    st.markdown(f"**Findings** ({len(article.findings)})")
    for finding in article.findings:
        _finding(finding)
    if not article.findings:
        st.caption("The latest check found nothing in this article.")


def _outcome(job: JobBody) -> None:
    if job.state == "failed":
        st.error(plain(f"The check failed: {job.error}"), icon=":material/error:")
    elif job.lint is not None:
        found = job.lint
        st.caption(
            f"{found.articles:,} articles checked: {_counted(found.errors, 'error')}, "
            f"{_counted(found.warnings, 'warning')}, {_counted(found.notes, 'note')}."
        )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _finding(finding: FindingBody) -> None:
    with st.container(border=True):
        st.markdown(f"{_ICONS.get(finding.level, _NOTE)} {plain(finding.message)}")
        for place in finding.places:
            line = f", line {place.line}" if place.line is not None else ""
            quote = f": “{place.quote}”" if place.quote else ""
            st.caption(plain(f"{place.path}{line}{quote}"))
        st.caption(plain(f"{finding.advice} ({finding.rule})"))
