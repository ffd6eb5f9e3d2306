"""Assistants of releases without an index or a model behind them."""

from datetime import date

from app.assistant import Assistant
from app.errors import ReleaseError
from app.library import OpenGeneration, PinnedLibrary
from knowledge_base.scope import Scopes
from tests.fakes import FixedSearch, ScriptedAnswerer, WordForWordGate


class Shelf:
    """Assistants that do nothing but say which release they are of."""

    def __init__(self) -> None:
        self.damaged: set[str] = set()
        self.openings: list[str] = []

    def of_settings(self) -> Assistant:
        return self._opened("unreleased-1a2b3c4d")

    def of_release(self, release: str) -> Assistant:
        return self._opened(release)

    def _opened(self, release: str) -> Assistant:
        self.openings.append(release)
        if release in self.damaged:
            raise ReleaseError(f"{release} can't be read")
        opened = OpenGeneration(
            "g1", FixedSearch(), Scopes([]), ScriptedAnswerer(), release=release
        )
        return Assistant(
            library=PinnedLibrary(opened),
            gate=WordForWordGate(),
            guardrails=(),
            contact="help@shop.example",
            today=lambda: date(2026, 11, 1),
        )
