from pathlib import Path

import pytest

from knowledge_base.errors import (
    DamagedGenerationError,
    NoGenerationError,
    StorageError,
    UnknownGenerationError,
)
from knowledge_base.generations.publication import (
    Publication,
    current_generation_id,
    publish,
    read_publication,
    take_back,
)

FIRST, SECOND, THIRD = (f"2026110{day}T120000000Z-12345678" for day in (1, 2, 3))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Three generations, published one after the other."""
    for generation_id in (FIRST, SECOND, THIRD):
        (tmp_path / "generations" / generation_id).mkdir(parents=True)
        publish(tmp_path, generation_id)
    return tmp_path


class TestPublish:
    def test_lets_a_generation_serve(self, tmp_path: Path) -> None:
        publish(tmp_path, FIRST)
        before = current_generation_id(tmp_path)
        publish(tmp_path, SECOND)

        assert (before, current_generation_id(tmp_path)) == (FIRST, SECOND)
        assert [path.name for path in tmp_path.iterdir()] == ["current.json"]

    def test_remembers_what_served_before(self, data_dir: Path) -> None:
        assert read_publication(data_dir) == Publication(generation=THIRD, before=(FIRST, SECOND))

    def test_replaces_a_damaged_pointer(self, tmp_path: Path) -> None:
        (tmp_path / "current.json").write_text("{", "utf-8")

        publish(tmp_path, FIRST)

        assert current_generation_id(tmp_path) == FIRST

    def test_says_that_the_pointer_can_not_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "current.json").mkdir()

        with pytest.raises(StorageError, match="still serves"):
            publish(tmp_path, FIRST)


class TestTakeBack:
    def test_goes_to_the_one_published_before_and_on(self, data_dir: Path) -> None:
        once = take_back(data_dir)
        twice = take_back(data_dir)

        assert (once.generation, twice.generation) == (SECOND, FIRST)
        assert current_generation_id(data_dir) == FIRST

    def test_goes_to_the_one_that_is_named_and_forward_again(self, data_dir: Path) -> None:
        take_back(data_dir, FIRST)

        forward = take_back(data_dir, THIRD)

        assert forward == Publication(generation=THIRD, before=(FIRST,))

    def test_passes_over_one_that_is_not_kept_any_more(self, data_dir: Path) -> None:
        (data_dir / "generations" / SECOND).rmdir()

        assert take_back(data_dir).generation == FIRST

    def test_refuses_where_nothing_was_before(self, data_dir: Path) -> None:
        take_back(data_dir, FIRST)

        with pytest.raises(UnknownGenerationError, match="nothing to go back to"):
            take_back(data_dir)

    @pytest.mark.parametrize("name", ["../../etc", FIRST.replace("2026", "1999")])
    def test_refuses_what_is_not_there(self, data_dir: Path, name: str) -> None:
        with pytest.raises(UnknownGenerationError, match="candor generations list"):
            take_back(data_dir, name)

    def test_refuses_where_nothing_is_published(self, tmp_path: Path) -> None:
        with pytest.raises(NoGenerationError):
            take_back(tmp_path)


class TestCurrentGenerationId:
    def test_asks_for_a_reindex_where_nothing_is_published(self, tmp_path: Path) -> None:
        with pytest.raises(NoGenerationError, match="run `candor reindex`"):
            current_generation_id(tmp_path)

    @pytest.mark.parametrize(
        "content",
        ["", "{}", "[]", "null", '{"generation": 5}', '{"generation": "../../etc"}', "\x00"],
    )
    def test_refuses_a_damaged_pointer(self, tmp_path: Path, content: str) -> None:
        (tmp_path / "current.json").write_text(content, "utf-8")

        with pytest.raises(DamagedGenerationError, match="run `candor reindex`"):
            current_generation_id(tmp_path)
