"""The verifier asks each check in turn what it finds of each claim of a sentence.

The order (see `grounds.py`) is that of cost and of power: what an earlier check contradicts, no
later one releases.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from app.answer import Question
from app.grounding.sources import Sources
from app.grounding.verdict import Claim, Finding


class Check(Protocol):
    """One check of a claim against the sources."""

    def check(self, claim: Claim, sources: Sources, asked: Question) -> Finding | None:
        """Return what is found, None where this check has nothing to say."""
        ...


class Verifier:
    """Verifies sentences against sources."""

    def __init__(self, checks: Sequence[Check], split: Callable[[str], tuple[Claim, ...]]) -> None:
        self._checks = tuple(checks)
        self._split = split

    def verify(self, sentence: str, sources: Sources, asked: Question) -> tuple[Finding, ...]:
        """Return a finding for each claim of the sentence, none for one that claims nothing.

        Raises:
            ValueError: No check had anything to say of a claim.
        """
        return tuple(self._finding(claim, sources, asked) for claim in self._split(sentence))

    def _finding(self, claim: Claim, sources: Sources, asked: Question) -> Finding:
        for check in self._checks:
            found = check.check(claim, sources, asked)
            if found is not None:
                return found
        raise ValueError(f"no check had anything to say of {claim.text!r}")
