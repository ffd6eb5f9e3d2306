"""A plan on the page: what a reindex changes, or what one changed."""

from collections.abc import Mapping, Sequence

import streamlit as st

from app.api.admin.schemas import ArticlesBody, PlanBody, PlantedBody
from ui.answer import plain

_SHOWN = 200
"""Names that are listed of a kind."""


def show(plan: PlanBody) -> None:
    """Draw a plan: its numbers, then the names behind them, each list folded."""
    st.markdown(plain(_numbers(plan)))
    if plan.rebuild:
        st.caption(plain(f"Everything is built anew: {plan.rebuild}."))
    changes(plan.articles, plan.facts)
    names("Kept as it was last read", [_kept(one.article, one.reason) for one in plan.kept])
    names("Looks like an instruction to a model", list(map(_planted, plan.planted)))
    names("Skipped", [_kept(one.path, one.reason) for one in plan.skipped])


def changes(articles: ArticlesBody, facts: Mapping[str, Sequence[str]]) -> None:
    """Draw which articles come, change and go, with what the changed ones promise otherwise."""
    if facts:
        st.markdown("**Changed promises**")
        told = (f"- **{plain(name)}**: {plain('; '.join(lines))}" for name, lines in facts.items())
        st.markdown("\n".join(told))
    names("Added", articles.added)
    names("Changed", articles.changed)
    names("Removed", articles.removed)


def counted(articles: ArticlesBody) -> str:
    """Return how many articles come, change, go and stay."""
    return (
        f"{len(articles.added):,} added, {len(articles.changed):,} changed, "
        f"{len(articles.removed):,} removed, {articles.unchanged:,} unchanged"
    )


def names(label: str, listed: Sequence[str]) -> None:
    """Draw a folded list; nothing where it is empty."""
    if not listed:
        return
    with st.expander(f"{label} ({len(listed):,})"):
        st.markdown("\n".join(f"- {plain(name)}" for name in listed[:_SHOWN]))
        if len(listed) > _SHOWN:
            st.caption(f"… and {len(listed) - _SHOWN:,} more")


def time_of(plan: PlanBody) -> str:
    """Return how long it will take, as far as that is known."""
    if plan.changes_nothing:
        return "Nothing has changed, so nothing would be published."
    if plan.seconds is None:
        return "How long it takes isn't known yet."
    return f"It takes about {_duration(plan.seconds)}."


def _numbers(plan: PlanBody) -> str:
    chunks = plan.chunks
    new = chunks.added + chunks.changed
    return (
        f"Articles: {counted(plan.articles)}. "
        f"Chunks: {new:,} of {new + chunks.unchanged:,} are new. "
        f"Texts to embed: {plan.embeddings:,}."
    )


def _kept(name: str, reason: str) -> str:
    return f"{name}: {reason}"


def _planted(found: PlantedBody) -> str:
    place = f"line {found.line}" if found.line else "title"
    return f"{found.article}, {place}: {found.reason}"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(max(1, round(seconds)), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
