from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from knowledge_base.errors import UnknownGenerationError
from knowledge_base.generations.archive import Generations, State
from knowledge_base.generations.changes import ArticleChanges
from knowledge_base.generations.publication import publish, take_back
from tests.builders import an_article
from tests.generations import CREATED, flip, write_generation


@pytest.fixture
def written(tmp_path: Path) -> list[str]:
    """Five generations, published one after the other."""
    ids = [write_generation(tmp_path, CREATED + timedelta(hours=hour)) for hour in range(5)]
    for generation_id in ids:
        publish(tmp_path, generation_id)
    return ids


class TestListed:
    def test_begins_with_the_newest_and_marks_what_serves(
        self, tmp_path: Path, written: list[str]
    ) -> None:
        listed = list(Generations(tmp_path).listed())

        assert [one.id for one in listed] == written[::-1]
        assert [one.serves for one in listed] == [True, False, False, False, False]
        assert (listed[0].articles, listed[0].chunks, listed[0].problem) == (1, 1, None)

    def test_tells_published_from_earlier_and_taken_back(
        self, tmp_path: Path, written: list[str]
    ) -> None:
        take_back(tmp_path)

        states = {one.id: one.state for one in Generations(tmp_path).listed()}

        assert states[written[4]] is State.ASIDE
        assert states[written[3]] is State.PUBLISHED
        assert states[written[0]] is State.EARLIER

    def test_says_what_serves_instead_of_a_damaged_one(
        self, tmp_path: Path, written: list[str]
    ) -> None:
        flip(tmp_path / "generations" / written[4] / "chunks.jsonl")

        newest, before, *_ = Generations(tmp_path).listed()

        assert "chunks.jsonl has other content" in (newest.problem or "")
        assert (newest.serves, before.serves) == (False, True)

    def test_shows_one_whose_manifest_is_damaged(self, tmp_path: Path, written: list[str]) -> None:
        flip(tmp_path / "generations" / written[1] / "manifest.json")

        listed = {one.id: one for one in Generations(tmp_path).listed()}

        assert listed[written[1]].articles is None
        assert "manifest.json" in (listed[written[1]].problem or "")

    def test_shows_those_that_failed_with_the_reason(self, tmp_path: Path) -> None:
        failed = tmp_path / "generations" / "failed" / "20261101T000000000Z-12345678"
        failed.mkdir(parents=True)
        (failed / "reason.txt").write_text("too few are found\n", "utf-8")

        (listed,) = Generations(tmp_path).listed()

        assert (listed.state, listed.problem) == (State.FAILED, "too few are found")

    def test_is_empty_where_nothing_was_built(self, tmp_path: Path) -> None:
        assert list(Generations(tmp_path).listed()) == []


class TestDiff:
    def test_names_the_articles_that_differ(self, tmp_path: Path) -> None:
        stays, goes = an_article("Stays.", article_id="stays"), an_article(article_id="goes")
        first = write_generation(tmp_path, CREATED, stays, goes)
        comes = an_article("New.", article_id="comes")
        second = write_generation(tmp_path, CREATED + timedelta(hours=1), stays, comes)

        diff = Generations(tmp_path).diff(first, second)

        assert diff.articles == ArticleChanges(added=("comes",), removed=("goes",), unchanged=1)
        assert (diff.chunks_before, diff.chunks_after) == (2, 2)

    def test_names_the_facts_that_changed(self, tmp_path: Path) -> None:
        old = an_article("Refunds take 5 days.", title="Refunds")
        first = write_generation(tmp_path, CREATED, old)
        new = replace(old, body="Refunds take 8 days.")
        second = write_generation(tmp_path, CREATED + timedelta(hours=1), new)

        diff = Generations(tmp_path).diff(first, second)

        (change,) = diff.facts["refunds"]
        assert "5 → 8 days" in change

    @pytest.mark.parametrize("name", ["../..", "20261101T000000000Z-12345678", ""])
    def test_refuses_what_is_not_there(self, tmp_path: Path, written: list[str], name: str) -> None:
        with pytest.raises(UnknownGenerationError, match="candor generations list"):
            Generations(tmp_path).diff(written[0], name)


class TestPrune:
    def test_keeps_the_newest(self, tmp_path: Path, written: list[str]) -> None:
        removed = Generations(tmp_path).prune(3)

        assert removed == (written[1], written[0])
        assert Generations(tmp_path).ids() == written[:1:-1]

    def test_never_removes_the_published_one_and_the_one_before(
        self, tmp_path: Path, written: list[str]
    ) -> None:
        take_back(tmp_path, written[1])

        Generations(tmp_path).prune(1)

        assert Generations(tmp_path).ids() == [written[4], written[1], written[0]]

    def test_never_removes_what_serves_in_place_of_a_damaged_one(
        self, tmp_path: Path, written: list[str]
    ) -> None:
        for damaged in written[2:]:
            flip(tmp_path / "generations" / damaged / "vectors.npy")

        Generations(tmp_path).prune(1)

        assert written[1] in Generations(tmp_path).ids()
