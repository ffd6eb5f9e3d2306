"""The port of a check."""

from collections.abc import Iterator
from typing import Protocol

from ingestion.lint.finding import Finding, Rule
from ingestion.lint.help_centre import HelpCentre


class Check(Protocol):
    """Looks for one kind of fault, or a few that are found together."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that its findings name."""
        ...

    def find(self, centre: HelpCentre) -> Iterator[Finding]:
        """Yield what is wrong in a help centre."""
        ...
