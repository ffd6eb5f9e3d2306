from datetime import datetime, timedelta
from pathlib import Path

import pytest

from knowledge_base.errors import DamagedGenerationError, NoGenerationError
from knowledge_base.generations.publication import publish, take_back
from knowledge_base.generations.serving import Served, Serving
from tests.generations import CREATED, flip, write_generation


@pytest.fixture
def published(tmp_path: Path) -> list[str]:
    """Three generations, published one after the other."""
    moments: list[datetime] = [CREATED + timedelta(hours=hour) for hour in range(3)]
    written = [write_generation(tmp_path, moment) for moment in moments]
    for generation_id in written:
        publish(tmp_path, generation_id)
    return written


def damage(data_dir: Path, generation_id: str) -> None:
    flip(data_dir / "generations" / generation_id / "articles.jsonl")


class TestServing:
    def test_names_the_published_generation(self, tmp_path: Path, published: list[str]) -> None:
        assert Serving(tmp_path).current() == Served(published[2])

    def test_follows_what_is_published_and_taken_back(
        self, tmp_path: Path, published: list[str]
    ) -> None:
        serving = Serving(tmp_path)
        serving.current()

        take_back(tmp_path)

        assert serving.generation_id() == published[1]

    def test_falls_back_to_the_newest_whole_one_and_says_why(
        self, tmp_path: Path, published: list[str], caplog: pytest.LogCaptureFixture
    ) -> None:
        damage(tmp_path, published[2])
        damage(tmp_path, published[1])

        served = Serving(tmp_path).current()

        assert served.generation == published[0]
        assert "articles.jsonl has other content" in (served.instead_of or "")
        assert f"generation {published[0]} serves instead" in caplog.text

    def test_never_goes_forward_to_what_was_taken_back(
        self, tmp_path: Path, published: list[str]
    ) -> None:
        take_back(tmp_path)
        damage(tmp_path, published[1])

        assert Serving(tmp_path).generation_id() == published[0]

    @pytest.mark.parametrize("content", [b"", b"{", b'{"generation": "x"}', b"\xff"])
    def test_serves_the_newest_whole_one_where_the_pointer_is_lost(
        self, tmp_path: Path, published: list[str], content: bytes
    ) -> None:
        (tmp_path / "current.json").write_bytes(content)
        damage(tmp_path, published[2])

        assert Serving(tmp_path).generation_id() == published[1]

    def test_goes_on_with_what_serves_where_the_pointer_is_lost_meanwhile(
        self, tmp_path: Path, published: list[str]
    ) -> None:
        take_back(tmp_path)
        serving = Serving(tmp_path)
        serving.current()
        (tmp_path / "current.json").write_bytes(b"")

        assert serving.generation_id() == published[1]

    def test_says_that_none_is_whole(self, tmp_path: Path, published: list[str]) -> None:
        for generation_id in published:
            damage(tmp_path, generation_id)

        with pytest.raises(DamagedGenerationError, match=published[2]):
            Serving(tmp_path).current()

    def test_says_that_nothing_is_published(self, tmp_path: Path) -> None:
        with pytest.raises(NoGenerationError):
            Serving(tmp_path).current()
