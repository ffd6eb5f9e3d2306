import shutil
from pathlib import Path

import pytest

from knowledge_base.embedding.model_files import BUNDLED, find_model
from knowledge_base.errors import EmbedderError


def a_model(directory: Path, weights: bytes = b"weights") -> Path:
    directory.mkdir(parents=True)
    (directory / "modules.json").write_text("[]", "utf-8")
    (directory / "model.safetensors").write_bytes(weights)
    return directory


class TestFindModel:
    def test_finds_the_bundled_model(self) -> None:
        model = find_model(BUNDLED)

        assert model.fingerprint.startswith("all-MiniLM-L6-v2-")
        assert (model.directory / "modules.json").is_file()

    def test_finds_a_directory(self, tmp_path: Path) -> None:
        directory = a_model(tmp_path / "own")

        model = find_model(str(directory))

        assert model.directory == directory
        assert model.fingerprint.startswith("own-")

    def test_gives_the_same_content_the_same_fingerprint_anywhere(self, tmp_path: Path) -> None:
        here = a_model(tmp_path / "here" / "own")
        there = tmp_path / "there" / "own"
        shutil.copytree(here, there)

        assert find_model(str(here)).fingerprint == find_model(str(there)).fingerprint

    def test_gives_other_weights_another_fingerprint(self, tmp_path: Path) -> None:
        one = a_model(tmp_path / "one" / "own", b"weights")
        other = a_model(tmp_path / "other" / "own", b"weightz")

        assert find_model(str(one)).fingerprint != find_model(str(other)).fingerprint

    def test_looks_past_notes_and_hidden_files(self, tmp_path: Path) -> None:
        directory = a_model(tmp_path / "own")
        before = find_model(str(directory)).fingerprint

        (directory / "README.md").write_text("new words", "utf-8")
        (directory / ".git").mkdir()
        (directory / ".git" / "config").write_text("", "utf-8")

        assert find_model(str(directory)).fingerprint == before

    def test_refuses_a_directory_that_is_no_model(self, tmp_path: Path) -> None:
        with pytest.raises(EmbedderError, match=r"modules\.json"):
            find_model(str(tmp_path))

    @pytest.mark.parametrize("name", ["no/such-model-here", "./missing/folder/of/mine", "a b"])
    def test_refuses_a_name_that_is_not_here(self, name: str) -> None:
        with pytest.raises(EmbedderError, match=r"missing|no/such|a b"):
            find_model(name)
