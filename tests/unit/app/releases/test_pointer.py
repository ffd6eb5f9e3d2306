from pathlib import Path

import pytest

from app.errors import ReleaseError
from app.releases.pointer import SERVING, Arm, Serving, read_serving, write_serving

FIRST = (Arm(release="r1-00000001", weight=1.0),)
SECOND = (Arm(release="r2-00000002", weight=1.0),)


class TestServing:
    def test_keeps_the_way_back_of_a_promotion(self) -> None:
        serving = Serving(arms=FIRST, before=((),)).followed_by(SECOND)

        assert serving == Serving(arms=SECOND, before=((), FIRST))
        assert serving.taken_back() == Serving(arms=FIRST, before=((),))


class TestWriteServing:
    def test_says_what_serves(self, tmp_path: Path) -> None:
        serving = Serving(arms=SECOND, before=((), FIRST))

        write_serving(tmp_path, serving)

        assert read_serving(tmp_path) == serving

    def test_leaves_what_serves_where_the_pointer_cannot_be_written(self, tmp_path: Path) -> None:
        write_serving(tmp_path, Serving(arms=FIRST))
        (tmp_path / f".{SERVING}.draft").mkdir()

        with pytest.raises((ReleaseError, OSError)):
            write_serving(tmp_path, Serving(arms=SECOND))

        assert read_serving(tmp_path) == Serving(arms=FIRST)


class TestReadServing:
    def test_finds_none_where_nothing_was_promoted(self, tmp_path: Path) -> None:
        assert read_serving(tmp_path) is None

    def test_refuses_one_that_names_no_release(self, tmp_path: Path) -> None:
        (tmp_path / SERVING).write_text('{"arms": [{"release": "r1"}]}', encoding="utf-8")

        with pytest.raises(ReleaseError, match="names no release"):
            read_serving(tmp_path)
