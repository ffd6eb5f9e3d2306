"""What the front matter of an article says, and what breaks it."""

import time
from datetime import date
from textwrap import dedent

import pytest

from ingestion.errors import UnusableFileError
from ingestion.front_matter import FrontMatter, split_front_matter


def fenced(yaml: str) -> str:
    return f"---\n{yaml}\n---\nBody."


class TestSplitFrontMatter:
    def test_reads_what_an_article_needs_and_ignores_the_rest(self) -> None:
        text = fenced(
            "id: refunds\ntitle: 'Refunds: how'\nurl: https://ridgeline.example/refunds\n"
            "updated: 2026-10-01\napplies_to:\n  plan: Summit\n  region: [EU, UK]\n"
            "valid_from: 2026-11-01\nvalid_to: 2026-12-31\nsupersedes: refunds-2025\nicon: star"
        )

        front_matter, body = split_front_matter(text)

        assert front_matter == FrontMatter(
            id="refunds",
            title="Refunds: how",
            url="https://ridgeline.example/refunds",
            updated=date(2026, 10, 1),
            applies_to={"plan": ("Summit",), "region": ("EU", "UK")},
            valid_from=date(2026, 11, 1),
            valid_to=date(2026, 12, 31),
            supersedes=("refunds-2025",),
        )
        assert body == "Body."

    def test_keeps_an_id_as_its_author_wrote_it(self) -> None:
        assert split_front_matter(fenced("id: 007"))[0].id == "007"
        assert split_front_matter(fenced("id: 360016724040"))[0].id == "360016724040"
        assert split_front_matter(fenced("id: yes"))[0].id == "yes"

    def test_takes_out_what_nobody_sees(self) -> None:
        yaml = r"""
            id: "a\0\e[2Jb"
            supersedes: ["\u200bc"]
            applies_to: {"pl\0an": "Sum\u00admit"}
        """

        front_matter, _ = split_front_matter(fenced(dedent(yaml)))

        assert front_matter.id == "a[2Jb"
        assert front_matter.supersedes == ("c",)
        assert front_matter.applies_to == {"plan": ("Summit",)}

    def test_takes_several_superseded_articles(self) -> None:
        assert split_front_matter(fenced("supersedes: [a, b]"))[0].supersedes == ("a", "b")

    def test_takes_the_day_of_a_time(self) -> None:
        front_matter, _ = split_front_matter(fenced("updated: 2026-10-01T12:30:00Z"))

        assert front_matter.updated == date(2026, 10, 1)

    @pytest.mark.parametrize("yaml", ["", "# only a comment", "id:\ntitle: ~\nupdated: null"])
    def test_takes_what_is_left_empty_as_not_said(self, yaml: str) -> None:
        assert split_front_matter(fenced(yaml)) == (FrontMatter(), "Body.")

    @pytest.mark.parametrize("text", ["Body.", "", "# Title\n\n---\n\nMore.", "---\n\nBody."])
    def test_leaves_a_text_without_front_matter_as_it_is(self, text: str) -> None:
        assert split_front_matter(text) == (FrontMatter(), text)

    @pytest.mark.parametrize(
        ("yaml", "problem"),
        [
            ("title: [unclosed", "in its line"),
            ("just a sentence", "not a list of 'key: value' lines"),
            ("- a\n- b", "not a list of 'key: value' lines"),
            ("title: {a: b}", "title is not a text"),
            ("id: [1, 2]", "id is not a text"),
            ("updated: soon", "updated 'soon' is not a date"),
            ("valid_from: 2026-02-30", "valid_from '2026-02-30' is not a date"),
            ("valid_from: 2026-02-02\nvalid_to: 2026-02-01", "lies before valid_from 2026-02-02"),
            ("applies_to: Summit", "applies_to is not a mapping"),
            ("applies_to: {plan: {a: b}}", "applies_to.plan is neither a text nor a list"),
            ("supersedes: [{a: b}]", "supersedes is neither a text nor a list"),
            ("a: &a [*a]", "recursive"),
            ("? [a]\n: b", "unhashable"),
        ],
    )
    def test_says_in_one_line_what_is_broken(self, yaml: str, problem: str) -> None:
        with pytest.raises(UnusableFileError, match="broken front matter") as raised:
            split_front_matter(fenced(yaml))

        assert problem in str(raised.value)
        assert "\n" not in str(raised.value)

    @pytest.mark.parametrize("value", ["true", "True", "yes"])
    def test_refuses_a_draft(self, value: str) -> None:
        with pytest.raises(UnusableFileError, match="it is a draft"):
            split_front_matter(fenced(f"title: Refunds\ndraft: {value}"))

    def test_takes_what_is_no_draft_any_more(self) -> None:
        front_matter, _ = split_front_matter(fenced("title: Refunds\ndraft: false"))

        assert front_matter.title == "Refunds"

    def test_says_that_the_closing_line_is_missing(self) -> None:
        with pytest.raises(UnusableFileError, match="no closing '---' line"):
            split_front_matter("---\ntitle: Refunds\n\nBody.")

    def test_builds_no_objects(self) -> None:
        text = fenced('title: !!python/object/apply:os.getcwd []\nid: !!python/name:os.getcwd ""')

        with pytest.raises(UnusableFileError, match="title is not a text"):
            split_front_matter(text)

    @pytest.mark.parametrize(
        "yaml",
        [
            "a: " + "[" * 15_000,
            "a: " + "[" * 450 + "]" * 450,
            "- " * 8_000 + "x",
            "? " * 8_000,
            "a: &a [x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a, *a, *a]" for n in range(200)),
            "x: " + "y" * 1_000_000,
        ],
    )
    def test_is_not_held_up_by_hostile_yaml(self, yaml: str) -> None:
        started = time.process_time()

        try:
            split_front_matter(fenced(yaml))
        except UnusableFileError as error:
            assert len(str(error)) < 200  # noqa: PT017 - either end is fine, if it comes soon

        assert time.process_time() - started < 20
