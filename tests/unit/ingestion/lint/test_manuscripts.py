from collections.abc import Iterator
from pathlib import Path

from ingestion.lint.manuscripts import Manuscripts, read_manuscripts
from ingestion.sources.folder import FolderSource
from ingestion.sources.source import Skipped
from knowledge_base.article import Article
from tests.builders import an_article

MAX_BYTES = 10_000


class MemorySource:
    """Articles without files."""

    def read(self) -> Iterator[Article | Skipped]:
        yield an_article()


def a_file(path: Path, text: str = "Open daily.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def read_folder(name: str, seen_from: Path) -> Manuscripts:
    source = FolderSource(seen_from / name, MAX_BYTES)
    return read_manuscripts({name: source}, seen_from)


class TestReadManuscripts:
    def test_writes_paths_as_they_are_seen_from_a_folder(self, tmp_path: Path) -> None:
        a_file(tmp_path / "help" / "deep" / "hours.md")
        a_file(tmp_path / "help" / "map.png")

        read = read_folder("help", tmp_path)

        assert [one.path for one in read.manuscripts] == ["help/deep/hours.md"]
        assert read.files == {"help/deep/hours.md", "help/map.png"}

    def test_writes_whole_paths_of_what_lies_elsewhere(self, tmp_path: Path) -> None:
        file = a_file(tmp_path / "help" / "hours.md")
        here = tmp_path / "here"
        here.mkdir()

        read = read_folder(str(tmp_path / "help"), here)

        assert [one.path for one in read.manuscripts] == [file.as_posix()]

    def test_keeps_the_text_of_each_file_as_it_was_written(self, tmp_path: Path) -> None:
        a_file(tmp_path / "hours.md", "# Hours\n\nOpen **daily**.\n")

        (manuscript,) = read_folder(".", tmp_path).manuscripts

        assert manuscript.text == "# Hours\n\nOpen **daily**.\n"

    def test_reads_one_file(self, tmp_path: Path) -> None:
        a_file(tmp_path / "hours.md")

        (manuscript,) = read_folder("hours.md", tmp_path).manuscripts

        assert (manuscript.path, manuscript.text) == ("hours.md", "Open daily.")

    def test_names_skipped_files_the_same_way(self, tmp_path: Path) -> None:
        a_file(tmp_path / "help" / "empty.md", "")

        read = read_folder("help", tmp_path)

        assert [one.path for one in read.skipped] == ["help/empty.md"]

    def test_takes_articles_of_other_sources_without_their_files(self, tmp_path: Path) -> None:
        read = read_manuscripts({"https://help.example/sitemap.xml": MemorySource()}, tmp_path)

        (manuscript,) = read.manuscripts

        assert (manuscript.path, manuscript.text) == ("refunds.md", None)
        assert read.files == frozenset()
