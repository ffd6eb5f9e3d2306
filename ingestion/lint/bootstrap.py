"""Puts the linter together."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ingestion.lint.checks.contradictions import ContradictionCheck
from ingestion.lint.checks.duplicates import DuplicateCheck
from ingestion.lint.checks.files import FileCheck
from ingestion.lint.checks.headings import HeadingCheck
from ingestion.lint.checks.hidden_content import HiddenContentCheck
from ingestion.lint.checks.length import LengthCheck
from ingestion.lint.checks.links import LinkCheck, OrphanCheck
from ingestion.lint.checks.planted_links import PlantedLinkCheck
from ingestion.lint.checks.scopes import ScopeCheck
from ingestion.lint.checks.succession import SuccessionCheck
from ingestion.lint.checks.validity import ValidityCheck
from ingestion.lint.help_centre import HelpCentre
from ingestion.lint.linter import Linter, LintReport
from ingestion.lint.manuscripts import read_manuscripts
from ingestion.sources.source import Source


def build_linter() -> Linter:
    """Return a linter with all checks."""
    return Linter(
        (
            FileCheck(),
            HiddenContentCheck(),
            PlantedLinkCheck(),
            ValidityCheck(),
            SuccessionCheck(),
            ContradictionCheck(),
            ScopeCheck(),
            DuplicateCheck(),
            LinkCheck(),
            OrphanCheck(),
            HeadingCheck(),
            LengthCheck(),
        )
    )


def lint_sources(sources: Mapping[str, Source], at: date, seen_from: Path) -> LintReport:
    """Return what is wrong in the articles of `sources`, by name, taken as one help centre.

    Raises:
        SourceError: A source as a whole can't be read.
    """
    read = read_manuscripts(sources, seen_from)
    return build_linter().lint(HelpCentre(read.manuscripts, at, read.skipped, read.files))
