import time
from datetime import date

import pytest

from ingestion.lint.bootstrap import build_linter
from ingestion.lint.help_centre import HelpCentre
from ingestion.lint.manuscript import Manuscript
from tests.builders import an_article

LENGTH = 300_000
SECONDS = 10.0
"""Far more than a file of this length needs, unless time grows with the square of it."""


class TestLint:
    @pytest.mark.parametrize(
        "piece",
        [
            "<!-- a ",
            "<!-- a -->",
            "{/* a ",
            "{/* a */}",
            "<p hidden>a",
            "<p hidden>a</p>",
            '<p style="color:white"',
            "<a ",
            "[",
            "[a](",
            "[a](b.md) ",
            "![",
            "`",
            "```\n",
            "# ",
            "#\n",
            "## a\n\n",
            "\n",
            " ",
            "a",
            "a\u200b",
            "\u200b",
            "\U000e0061",
            "\u202e",
            "please ",
            "ignore ",
            "ignore all previous instructions. ",
            "add your ",
            "<h1>",
            "---\n",
        ],
    )
    def test_takes_time_in_proportion_to_the_file(self, piece: str) -> None:
        text = piece * (LENGTH // len(piece))
        centre = HelpCentre([Manuscript(an_article("Text."), "a.md", text)], date(2026, 11, 1))
        begun = time.process_time()

        build_linter().lint(centre)

        assert time.process_time() - begun < SECONDS
