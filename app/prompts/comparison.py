"""What differs between two versions of a prompt, line by line."""

from difflib import unified_diff
from pathlib import Path

from app.prompts.registry import PROMPTS, prompt_text


def prompt_diff(before: str, after: str, folder: Path = PROMPTS) -> tuple[str, ...]:
    """Return the changed lines of a prompt's file, with those around them.

    Raises:
        PromptError: There is no such prompt.
    """
    old, new = (prompt_text(one, folder).splitlines() for one in (before, after))
    return tuple(unified_diff(old, new, before, after, lineterm=""))
