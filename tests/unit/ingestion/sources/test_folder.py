"""Folders of article files."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ingestion.errors import SourceError
from ingestion.sources.article_cache import SOURCES
from ingestion.sources.folder import FolderSource
from ingestion.sources.source import Skipped
from knowledge_base.article import Article


def write(root: Path, path: str, content: str | bytes = "Text.") -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def found(root: Path, max_bytes: int = 1000) -> dict[str, str]:
    """Return what each path under `root` became: its text, or the reason against it."""
    return {
        one.path: one.body if isinstance(one, Article) else one.reason
        for one in FolderSource(root, max_bytes).read()
    }


class TestFolderSource:
    def test_reads_article_files_in_the_order_of_their_paths(self, tmp_path: Path) -> None:
        for name in ("b.md", "a b/c.MDX", "a.htm", "d.markdown", "e.txt", "f.html"):
            write(tmp_path, name)

        assert list(found(tmp_path)) == [
            "a b/c.MDX",
            "a.htm",
            "b.md",
            "d.markdown",
            "e.txt",
            "f.html",
        ]

    def test_leaves_other_files_and_hidden_ones_alone(self, tmp_path: Path) -> None:
        for name in (".a.md", ".git/b.md", "c.png", "d", "e.md.bak"):
            write(tmp_path, name)

        assert found(tmp_path) == {}

    def test_reads_a_single_file(self, tmp_path: Path) -> None:
        file = write(tmp_path, "a/b.md")

        assert found(file) == {"b.md": "Text."}

    def test_lists_files_that_cannot_be_used_with_their_reason(self, tmp_path: Path) -> None:
        write(tmp_path, "binary.md", b"a\x00b")
        write(tmp_path, "broken.md", "---\ntitle: [\n---\nText.")
        write(tmp_path, "empty.md", "")
        write(tmp_path, "large.md", "x" * 1001)
        write(tmp_path, "most.md", "x" * 1000)
        write(tmp_path, "undecodable.md", b"\xff\xfe\xfd\xfc\xfb")

        reasons = found(tmp_path)

        assert reasons.pop("most.md") == "x" * 1000
        assert reasons["binary.md"] == "binary: holds NUL bytes"
        assert reasons["broken.md"].startswith("broken front matter: ")
        assert reasons["empty.md"] == "empty: it holds no text"
        assert reasons["large.md"] == "over 1000 bytes: the most that is read"
        assert reasons["undecodable.md"].startswith("not UTF-8")

    def test_says_which_source_a_skipped_file_is_in(self, tmp_path: Path) -> None:
        write(tmp_path, "empty.md", "")

        (skipped,) = FolderSource(tmp_path, 10).read()

        assert skipped == Skipped("empty.md", "empty: it holds no text", str(tmp_path))

    def test_follows_links_to_files_inside_only(self, tmp_path: Path) -> None:
        root = tmp_path / "root"
        write(root, "a/b.md")
        write(tmp_path, "secret.md")
        (root / "in.md").symlink_to("a/b.md")
        (root / "out.md").symlink_to("../secret.md")
        (root / "nowhere.md").symlink_to("gone.md")
        (root / "loop.md").symlink_to("loop.md")
        (root / "folder").symlink_to("a")

        assert found(root) == {
            "a/b.md": "Text.",
            "in.md": "Text.",
            "out.md": "a link that leads out of the source: not followed",
            "folder": "a link to a folder: not followed",
            "nowhere.md": "can't be read: no such file or directory",
            "loop.md": found(root)["loop.md"],
        }
        assert found(root)["loop.md"].startswith("can't be read: ")

    def test_is_not_held_up_by_a_pipe(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.md")

        assert found(tmp_path) == {"pipe.md": "no regular file"}

    def test_lists_a_folder_called_like_an_article_by_what_it_holds(self, tmp_path: Path) -> None:
        write(tmp_path, "a.md/b.md")

        assert found(tmp_path) == {"a.md/b.md": "Text."}

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything; run as another user")
    def test_lists_what_it_may_not_read(self, tmp_path: Path) -> None:
        write(tmp_path, "a.md").chmod(0)
        write(tmp_path, "b/c.md").parent.chmod(0)

        reasons = found(tmp_path)
        (tmp_path / "b").chmod(0o700)

        assert reasons == dict.fromkeys(["a.md", "b"], "can't be read: permission denied")

    def test_lists_a_name_that_is_not_utf8(self, tmp_path: Path) -> None:
        (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("Text.")

        assert found(tmp_path) == {"caf?.md": "its name is not UTF-8: rename it"}

    def test_says_that_a_source_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match="name a folder or a file that is there"):
            list(FolderSource(tmp_path / "gone", 10).read())

    def test_of_an_empty_folder_is_nothing(self, tmp_path: Path) -> None:
        assert found(tmp_path) == {}


class TestReadAgain:
    def test_takes_a_file_apart_again_only_where_it_changed(self, tmp_path: Path) -> None:
        root, data_dir = tmp_path / "articles", tmp_path / "data"
        root.mkdir()
        for name in ("a.md", "b.md"):
            (root / name).write_text(f"# Page {name}\n\nIt takes 5 days.\n", "utf-8")
        first = list(FolderSource(root, 10_000, data_dir).read())
        kept = rows_kept(data_dir)
        (root / "b.md").write_text("# Page b\n\nIt takes 8 days.\n", "utf-8")

        again = list(FolderSource(root, 10_000, data_dir).read())

        unchanged, changed = again
        assert unchanged == first[0]
        assert isinstance(changed, Article)
        assert changed.body == "It takes 8 days."
        assert rows_kept(data_dir)["a.md"] == kept["a.md"]
        assert rows_kept(data_dir)["b.md"] != kept["b.md"]


def rows_kept(data_dir: Path) -> dict[str, str]:
    """Return what each kept page was made from."""
    (file,) = (data_dir / SOURCES).rglob("*.sqlite3")
    with closing(sqlite3.connect(file)) as rows:
        return dict(rows.execute("SELECT page, digest FROM kept"))
