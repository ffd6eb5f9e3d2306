"""An answer on the page: its sentences with numbered citations, or a notice in their place."""

import html
import re
from collections.abc import Iterable, Sequence

import streamlit as st

from app.api.schemas import CitationBody, SentenceBody, TurnBody
from ui.client import ApiClient
from ui.markup import Mark, to_html

STYLE = """<style>
.block-container {padding-top: 2.5rem}
.candor-answer p {margin: 0 0 .5rem 0}
.candor-answer sup {color: #1f6f54; font-weight: 600; margin-left: .15em}
.candor-answer table, .candor-passage table {border-collapse: collapse; margin: .3rem 0 .6rem 0}
.candor-answer td, .candor-passage td {border: 1px solid #d8d8d8; padding: .15rem .5rem}
.candor-passage {font-size: .92rem; max-height: 50vh; overflow-y: auto}
.candor-passage mark {background: #ffe58a; padding: 0 .1em}
.candor-waiting {opacity: .6}
</style>"""

_CLOSINGS = ("</p>", "</span></div>", "</td></tr></table>")
"""What may close a sentence's HTML: its markers stand before that, beside the last word."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|>~$:<])")


def show(client: ApiClient, turn: TurnBody) -> None:
    """Draw a turn that has ended: an answer, a notice, or what went wrong."""
    if turn.state in {"failed", "cancelled"}:
        _sentences(turn.sentences)
        st.error(_failure(turn), icon=":material/error:")
    elif turn.outcome in {"ABSTAINED", "BLOCKED"}:
        _notice(client, turn)
    elif turn.sentences:
        _sentences(turn.sentences)
        _citations(client, turn)
    else:
        st.html(_wrapped(to_html(turn.text)))


def waiting() -> str:
    """Return what stands where the answer will appear."""
    return '<div class="candor-waiting">Looking through the help articles …</div>'


def streaming(sentences: Iterable[str]) -> str:
    """Return the HTML of the sentences that have arrived so far."""
    return _wrapped("".join(to_html(sentence) for sentence in sentences))


def plain(text: str) -> str:
    """Return `text` with Markdown's signs escaped, so that it is shown as it stands."""
    return _MARKDOWN.sub(r"\\\1", text)


def numbered(sentences: Sequence[SentenceBody]) -> dict[CitationBody, int]:
    """Return the number of each different citation, counted from 1 in order of appearance."""
    cited = dict.fromkeys(one for sentence in sentences for one in sentence.citations)
    return {citation: number for number, citation in enumerate(cited, start=1)}


def passages(citations: dict[CitationBody, int]) -> dict[tuple[str, int, int], list[CitationBody]]:
    """Return the citations grouped by the passage that they stand in."""
    groups: dict[tuple[str, int, int], list[CitationBody]] = {}
    for one in citations:
        groups.setdefault((one.article, one.passage_start, one.passage_end), []).append(one)
    return groups


def _notice(client: ApiClient, turn: TurnBody) -> None:
    """Draw a notice, below what little could be said with citations."""
    if turn.sentences:
        _sentences(turn.sentences)
        _citations(client, turn)
    said = turn.text.rpartition("\n\n")[2] if turn.sentences else turn.text
    st.warning(plain(said), icon=":material/contact_support:")


def _failure(turn: TurnBody) -> str:
    if turn.state == "cancelled":
        return "This answer was stopped. Ask again to get a new one\\."
    return f"This answer could not be finished: {plain(turn.error or 'something went wrong')}"


def _sentences(sentences: Sequence[SentenceBody]) -> None:
    numbers = numbered(sentences)
    parts = [_with_markers(sentence, numbers) for sentence in sentences]
    st.html(_wrapped("".join(parts)))


def _with_markers(sentence: SentenceBody, numbers: dict[CitationBody, int]) -> str:
    markers = "".join(f"<sup>{numbers[one]}</sup>" for one in sentence.citations)
    body = to_html(sentence.text)
    closing = next((end for end in _CLOSINGS if body.endswith(end)), "")
    return f"{body.removesuffix(closing)}{markers}{closing}"


def _wrapped(inner: str) -> str:
    return f'<div class="candor-answer">{inner}</div>'


def _citations(client: ApiClient, turn: TurnBody) -> None:
    numbers = numbered(turn.sentences)
    with st.container(horizontal=True):
        for group in passages(numbers).values():
            label = ", ".join(str(numbers[one]) for one in group)
            with st.popover(f"{label} · {plain(group[0].title)}", icon=":material/article:"):
                _passage(client, turn, group)


def _passage(client: ApiClient, turn: TurnBody, group: Sequence[CitationBody]) -> None:
    first = group[0]
    heading = f" › {first.heading}" if first.heading else ""
    st.markdown(f"**{plain(first.title)}**{plain(heading)}")
    article = _article(client, first.article, turn.generation)
    if article is None:
        st.caption("This article is no longer in the help centre.")
        return
    marks = [Mark(one.start - first.passage_start, one.end - first.passage_start) for one in group]
    text = article[first.passage_start : first.passage_end]
    st.html(f'<div class="candor-passage">{to_html(text, marks)}</div>')
    if first.url:
        _link(first.url)


def _link(url: str) -> None:
    if url.startswith(("https://", "http://")):
        st.link_button("Read the whole article", url, icon=":material/open_in_new:")
    else:
        st.html(html.escape(url))


@st.cache_data(max_entries=500, show_spinner=False)
def _article(_client: ApiClient, article: str, generation: str | None) -> str | None:
    found = _client.article(article, generation)
    return found.body if found else None
