"""Cases on the page: what was asked, what came out and why it fell short, beside the articles."""

from collections.abc import Mapping, Sequence

import streamlit as st

from app.api.admin.evaluation_schemas import CaseBody, RunBody
from app.api.schemas import ArticleBody
from ui.answer import plain
from ui.client import ApiClient
from ui.evaluations.client import EvaluationsClient
from ui.evaluations.figures import ALL
from ui.markup import Mark, to_html
from ui.transport import ApiProblemError

_PAGE = "case-page"
_PAGE_SIZE = 10
_ANY = "any outcome"


def show(client: EvaluationsClient, articles: ApiClient, run: RunBody) -> None:
    """Draw the cases of a run, by default those that fell short in its first metric.

    Articles stand beside them as the run's generation has them, where it is kept.
    """
    st.markdown("#### Cases")
    metrics = list(run.groups[ALL].metrics) if ALL in run.groups else []
    failed = st.selectbox(
        "That fell short in", [*metrics, _ANY], key="failed-metric", on_change=_to_first_page
    )
    first = (st.session_state.get(_PAGE, 1) - 1) * _PAGE_SIZE
    found = client.cases(
        run.run,
        kind=None,
        failed=None if failed == _ANY else failed,
        offset=first,
        limit=_PAGE_SIZE,
    )
    st.caption("1 case" if found.total == 1 else f"{found.total:,} cases")
    for case in found.cases:
        with st.expander(plain(f"{case.id} · {case.question}")):
            _case(articles, case, run.generation)
    pages = -(-found.total // _PAGE_SIZE)
    if pages > 1:
        st.pagination(pages, key=_PAGE, persist_state="page")


def _to_first_page() -> None:
    st.session_state.pop(_PAGE, None)


def _case(articles: ApiClient, case: CaseBody, generation: str) -> None:
    answer, beside = st.columns([3, 2], gap="large")
    with answer:
        for earlier in case.history:
            st.caption(plain(f"Asked before: {earlier}"))
        st.html(f'<div class="candor-text">{to_html(case.text or case.error or "")}</div>')
        st.caption(plain(_outcomes(case)))
        _scores(case)
    with beside:
        _cited(articles, case, generation)


def _outcomes(case: CaseBody) -> str:
    right = " or ".join(case.expected.outcomes) or "anything"
    gold = f", from {', '.join(case.expected.articles)}" if case.expected.articles else ""
    return f"{case.outcome or 'ERROR'}; right would be {right}{gold}."


def _scores(case: CaseBody) -> None:
    short = {
        name: score
        for name, score in case.scores.items()
        if score.state != "not_applicable" and (score.value is None or score.value < 1)
    }
    for name, score in short.items():
        value = "unscored" if score.value is None else f"{score.value:.2f}"
        st.markdown(f"**{plain(name)}** {value}: {plain(score.reason or 'no reason given')}")


def _cited(articles: ApiClient, case: CaseBody, generation: str) -> None:
    marks = _marks(case)
    for article in dict.fromkeys((*marks, *case.expected.articles)):
        found, is_published_now = _found(articles, article, generation), False
        if found is None:
            found, is_published_now = _found(articles, article), True
        if found is None:
            st.caption(plain(f"{article} isn't in the index that serves."))
            continue
        st.markdown(f"**{plain(found.title)}**")
        if is_published_now:
            st.caption(plain(f"As published now, nothing marked: {generation} is gone."))
        shown = to_html(found.body, () if is_published_now else marks.get(article, ()))
        st.html(f'<div class="candor-text" style="max-height:40vh;overflow-y:auto">{shown}</div>')


def _found(articles: ApiClient, article: str, generation: str | None = None) -> ArticleBody | None:
    try:
        return articles.article(article, generation)
    except ApiProblemError:
        return None


def _marks(case: CaseBody) -> Mapping[str, Sequence[Mark]]:
    marks: dict[str, list[Mark]] = {}
    for sentence in case.sentences:
        for cited in sentence.citations:
            marks.setdefault(cited.article, []).append(Mark(cited.start, cited.end))
    return marks
