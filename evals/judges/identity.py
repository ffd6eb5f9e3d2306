"""What tells two judges apart: agreement with people holds for one identity alone."""

from dataclasses import dataclass
from importlib.metadata import version


@dataclass(frozen=True, slots=True)
class JudgeIdentity:
    """Who scores: the score's name, and what its values depend on."""

    name: str
    """The metric's name in results and reports."""
    model: str | None = None
    """The model that is asked; None where none is."""
    prompt: str | None = None
    """Prompt version; for ragas's own prompts, the version of ragas."""
    prompt_fingerprint: str | None = None
    repeats: int = 1
    """How often each sample is judged."""


def ragas_prompt() -> str:
    """Return what stands for the version of ragas's prompts, which ship with it."""
    return f"ragas {version('ragas')}"
