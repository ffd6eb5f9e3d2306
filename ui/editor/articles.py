"""The tab *Articles*: found by any word, read with what is known of them beside the text."""

import html

import streamlit as st

from app.api.admin.schemas import ListedArticle, ReviewedArticle
from ui.answer import plain
from ui.editor import findings
from ui.editor.client import AdminClient
from ui.markup import Mark, to_html

_OPENED = "opened-article"
_PAGE = "article-page"
_PAGE_SIZE = 20


def show(admin: AdminClient) -> None:
    """Draw the list of articles, or the one that was opened from it."""
    opened = st.session_state.get(_OPENED)
    if opened is None:
        _list(admin)
    else:
        st.button("All articles", icon=":material/arrow_back:", on_click=_open, args=(None,))
        _article(admin.article(opened))


def _open(article: str | None) -> None:
    st.session_state[_OPENED] = article


def _list(admin: AdminClient) -> None:
    findings.show_run(admin)
    query = st.text_input(
        "Search",
        key="article-query",
        type="search",
        max_chars=200,
        placeholder="Words in titles and texts, such as “refund” or “30 days”",
        label_visibility="collapsed",
        icon=":material/search:",
        on_change=_to_first_page,
        persist_state="page",
    )
    with_findings = st.toggle(
        "Only with findings", key="with-findings", on_change=_to_first_page, persist_state="page"
    )
    first = (st.session_state.get(_PAGE, 1) - 1) * _PAGE_SIZE
    page = admin.articles(query or "", with_findings=with_findings, offset=first, limit=_PAGE_SIZE)
    st.caption(_count(page.total))
    with st.container(gap=None):
        for article in page.articles:
            _entry(article)
    pages = -(-page.total // _PAGE_SIZE)
    if pages > 1:
        st.pagination(pages, key=_PAGE, persist_state="page")


def _to_first_page() -> None:
    st.session_state.pop(_PAGE, None)


def _count(total: int) -> str:
    if total == 0:
        return "No articles found."
    return "1 article" if total == 1 else f"{total:,} articles"


def _entry(article: ListedArticle) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            plain(article.title),
            key=f"open-{article.article}",
            type="tertiary",
            on_click=_open,
            args=(article.article,),
        )
        st.caption(plain(_beside(article)))


def _beside(article: ListedArticle) -> str:
    if not article.findings:
        return article.article
    return f"{article.article} · {article.findings} finding{'s' * (article.findings != 1)}"


def _article(article: ReviewedArticle) -> None:
    st.markdown(f"### {plain(article.title)}")
    st.caption(plain(" · ".join(_particulars(article))))
    text, beside = st.columns([3, 2], gap="large")
    with text:
        marks = [Mark(fact.start, fact.end) for fact in article.facts]
        st.html(f'<div class="candor-text">{to_html(article.body, marks)}</div>')
    with beside:
        findings.show_of(article)
        _facts(article)


def _particulars(article: ReviewedArticle) -> list[str]:
    said = {
        "updated": article.updated,
        "in force from": article.valid_from,
        "in force until": article.valid_to,
        "replaces": ", ".join(article.supersedes),
    }
    scopes = (f"{name}: {', '.join(values)}" for name, values in article.applies_to.items())
    dated = (f"{name} {value}" for name, value in said.items() if value)
    return [article.article, *dated, *scopes]


def _facts(article: ReviewedArticle) -> None:
    st.markdown(f"**Facts** ({len(article.facts)})")
    if not article.facts:
        st.caption("This article states no amount, date, limit or condition.")
    items = "".join(f"<li>{html.escape(fact.said)}</li>" for fact in article.facts)
    st.html(f'<ul class="candor-text">{items}</ul>')
