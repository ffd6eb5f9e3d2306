"""Where the replies of the models that evaluations ask are kept."""

from collections.abc import Mapping
from pathlib import Path

from app.answering.kept_replies import FOLDER, KeptReplies
from evals.settings import EvalsSettings


class RepeatedReplies(KeptReplies):
    """The replies to what is asked again: those of another time don't answer for it."""

    def __init__(self, folder: Path, repeat: int) -> None:
        """Take the folder that all times share, and which time this is, from 1."""
        super().__init__(folder)
        self._repeat = repeat

    def get(self, asked: Mapping[str, object]) -> str | None:
        """Return what was said to just this, this time; None where that isn't known."""
        return super().get(self._asked(asked))

    def keep(self, asked: Mapping[str, object], said: str) -> None:
        """Keep what was said to this, this time."""
        super().keep(self._asked(asked), said)

    def _asked(self, asked: Mapping[str, object]) -> dict[str, object]:
        return {"asked_again": self._repeat, "asked": dict(asked)}


def kept_replies(settings: EvalsSettings, repeat: int = 0) -> KeptReplies | None:
    """Return the replies below the data folder; None where no model is asked.

    With a `repeat`, those of so many times later.
    """
    if not (settings.model or settings.gate_judge_model or settings.judge_model):
        return None
    folder = settings.data_dir / FOLDER
    return RepeatedReplies(folder, repeat) if repeat else KeptReplies(folder)
