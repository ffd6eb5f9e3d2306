from pathlib import Path

import pytest

from app.errors import NotFoundError, ReleaseError
from app.releases.release import Evaluation
from app.releases.store import Releases
from tests.releases import NOW, a_set


def some_releases(data_dir: Path) -> Releases:
    return Releases(data_dir, now=lambda: NOW)


class TestCreate:
    def test_keeps_what_it_was_given(self, tmp_path: Path) -> None:
        evaluation = Evaluation("20261101T120000Z-sample.v1", "sample.v1", "f" * 64)

        created = some_releases(tmp_path).create(a_set(), evaluation=evaluation, note="The first.")

        assert some_releases(tmp_path).release(created.id) == created
        assert (created.created, created.pinned, created.note) == (NOW, a_set(), "The first.")
        assert created.evaluation == evaluation

    def test_numbers_releases_and_lists_the_newest_first(self, tmp_path: Path) -> None:
        releases = some_releases(tmp_path)

        made = [releases.create(a_set(contact)) for contact in ("a", "b", "c")]

        assert [one.number for one in made] == [1, 2, 3]
        assert releases.listed() == tuple(reversed(made))

    def test_makes_one_release_of_one_set(self, tmp_path: Path) -> None:
        releases = some_releases(tmp_path)
        first = releases.create(a_set("a"))
        releases.create(a_set("b"))

        again = releases.create(a_set("a"), note="Again.")

        assert again == first


class TestRelease:
    @pytest.mark.parametrize("name", ["r1-00000000", "", "..", "serving", "r1", "r0-1a2b3c4d"])
    def test_that_is_not_there_is_not_found(self, tmp_path: Path, name: str) -> None:
        releases = some_releases(tmp_path)
        releases.create(a_set())

        with pytest.raises(NotFoundError):
            releases.release(name)

    def test_whose_file_was_changed_is_refused(self, tmp_path: Path) -> None:
        releases = some_releases(tmp_path)
        created = releases.create(a_set())
        file = releases.folder / f"{created.id}.json"
        file.write_text(file.read_text("utf-8").replace("help@", "hell@"), encoding="utf-8")

        with pytest.raises(ReleaseError, match=created.id):
            releases.release(created.id)


class TestFreeze:
    def test_holds_until_it_is_taken_back(self, tmp_path: Path) -> None:
        releases = some_releases(tmp_path)
        assert releases.frozen() is None

        frozen = releases.freeze("The provider's model changed.")

        assert some_releases(tmp_path).frozen() == frozen
        releases.thaw()
        assert releases.frozen() is None

    def test_holds_where_its_note_is_damaged(self, tmp_path: Path) -> None:
        releases = some_releases(tmp_path)
        releases.freeze("The provider's model changed.")
        (releases.folder / "frozen.json").write_text("{", encoding="utf-8")

        frozen = releases.frozen()

        assert frozen is not None
        assert "can't be read" in frozen.reason
