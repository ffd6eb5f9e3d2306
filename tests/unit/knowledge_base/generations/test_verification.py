from pathlib import Path

import pytest

from knowledge_base.generations.verification import index_problems, verify
from tests.builders import an_article
from tests.generations import CREATED, flip, write_generation

FILES = [
    "manifest.json",
    "manifest.json.sha256",
    "articles.jsonl",
    "chunks.jsonl",
    "vectors.npy",
    "keywords/terms.json",
    "chroma/*/chroma.sqlite3",
    "chroma/*/*/data_level0.bin",
    "chroma/*/keys.txt",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "generations" / write_generation(tmp_path)


class TestVerify:
    def test_finds_nothing_wrong_with_a_whole_generation(self, folder: Path) -> None:
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

        verified = verify(folder, is_published=True)

        assert (verified.problems, verified.advice) == ((), "nothing to do")
        assert verified.files == len(before) - 2
        assert {path: path.read_bytes() for path in before} == before

    @pytest.mark.parametrize("name", FILES)
    def test_finds_a_flipped_bit(self, folder: Path, name: str) -> None:
        (file,) = folder.glob(name)
        flip(file)

        verified = verify(folder, is_published=True)

        assert len(verified.problems) == 1
        assert file.name.removesuffix(".sha256") in verified.problems[0]
        assert "candor reindex" in verified.advice

    @pytest.mark.parametrize("name", FILES)
    def test_finds_a_truncated_file(self, folder: Path, name: str) -> None:
        (file,) = folder.glob(name)
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

        assert verify(folder, is_published=False).problems

    def test_finds_a_missing_file(self, folder: Path) -> None:
        (folder / "chunks.jsonl").unlink()

        verified = verify(folder, is_published=False)

        assert verified.problems == ("chunks.jsonl is missing",)
        assert "don't go back to it" in verified.advice


class TestIndexProblems:
    def test_finds_nothing_wrong_with_a_whole_index(self, folder: Path) -> None:
        assert index_problems(folder) == ()

    @pytest.mark.parametrize("name", ["data_level0.bin", "header.bin", "chroma.sqlite3"])
    def test_survives_an_index_that_chroma_can_not_open(self, tmp_path: Path, name: str) -> None:
        many = [an_article(f"Rule {number}.", article_id=str(number)) for number in range(200)]
        folder = tmp_path / "generations" / write_generation(tmp_path, CREATED, *many)
        (file,) = (folder / "chroma").rglob(name)
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])

        problems = index_problems(folder)

        assert len(problems) == 1
        assert "\n" not in problems[0]
