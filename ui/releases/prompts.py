"""The tab *Prompts*: every version, and the lines that differ from the one before."""

from difflib import unified_diff

import streamlit as st

from app.api.admin.release_schemas import PromptBody
from ui.admin import AdminApi
from ui.answer import plain
from ui.releases.client import ReleasesClient


def show(api: AdminApi) -> None:
    """Draw a prompt and how it came about."""
    prompts = {one.prompt: one for one in ReleasesClient(api).prompts()}
    broken = [name for name, one in prompts.items() if one.state in {"changed", "gone"}]
    if broken:
        st.error(plain(f"A released prompt isn't what it was: {', '.join(broken)}."))
    chosen = prompts[st.selectbox("Prompt", list(prompts), key="prompt")]
    st.caption(plain(f"{chosen.state} · {chosen.purpose}"))
    earlier = _earlier(chosen, prompts)
    if earlier is not None:
        st.markdown(plain(f"What differs from {earlier.prompt}"))
        st.code(_diff(earlier, chosen), language="diff", wrap_lines=True)
    st.markdown("The whole prompt")
    st.code(chosen.text, language="markdown", wrap_lines=True)


def _earlier(chosen: PromptBody, prompts: dict[str, PromptBody]) -> PromptBody | None:
    name, _, version = chosen.prompt.rpartition(".v")
    return prompts.get(f"{name}.v{int(version) - 1}")


def _diff(before: PromptBody, after: PromptBody) -> str:
    old, new = before.text.splitlines(), after.text.splitlines()
    return "\n".join(unified_diff(old, new, before.prompt, after.prompt, lineterm=""))
