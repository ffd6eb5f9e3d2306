"""Converting in another process."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from ingestion.documents.converter import DocumentConverter
from ingestion.errors import UnusableFileError
from ingestion.sources.article_cache import SOURCES
from ingestion.sources.folder import FolderSource
from ingestion.sources.source import Skipped
from knowledge_base.article import Article
from tests.documents import paragraph, pdf_file, word_file


class TestDocumentConverter:
    def test_converts_one_after_the_other(self) -> None:
        with DocumentConverter() as convert:
            first = convert("a.docx", word_file(paragraph("Refunds take 5 days.")))
            second = convert("b.PDF", pdf_file(["They are free."]))

        assert (first, second) == ("<p>Refunds take 5 days.</p>", "They are free.")

    def test_says_why_a_document_cannot_be_converted_and_goes_on(self) -> None:
        with DocumentConverter() as convert:
            with pytest.raises(UnusableFileError, match="broken: it is no whole PDF"):
                convert("a.pdf", b"nothing")
            text = convert("b.pdf", pdf_file(["They are free."]))

        assert text == "They are free."

    def test_ends_what_takes_too_long_and_goes_on(self) -> None:
        pages = pdf_file(*(["Text."] * 400))
        began = time.monotonic()

        with DocumentConverter(max_seconds=0.01) as convert:
            for _ in range(2):
                with pytest.raises(UnusableFileError, match=r"more than 0\.01 seconds"):
                    convert("a.pdf", pages)

        assert time.monotonic() - began < 5

    def test_starts_again_after_it_broke_down(self) -> None:
        with DocumentConverter() as convert:
            convert("a.pdf", pdf_file(["They are free."]))
            assert convert._process is not None
            convert._process.kill()

            with pytest.raises(UnusableFileError, match="broke down"):
                convert("b.pdf", pdf_file(["They are free."]))
            text = convert("c.pdf", pdf_file(["They are free."]))

        assert text == "They are free."


class TestFolderSource:
    def test_reads_documents_beside_texts(self, tmp_path: Path) -> None:
        (tmp_path / "a.docx").write_bytes(word_file(paragraph("Refunds take 5 days.")))
        (tmp_path / "b.pdf").write_bytes(pdf_file(["They are free."]))
        (tmp_path / "c.md").write_text("Always.")
        (tmp_path / "d.pdf").write_bytes(b"nothing")

        found = list(FolderSource(tmp_path, 100_000).read())

        bodies = {one.path: one.body for one in found if isinstance(one, Article)}
        assert bodies == {
            "a.docx": "Refunds take 5 days.",
            "b.pdf": "They are free.",
            "c.md": "Always.",
        }
        assert [one for one in found if isinstance(one, Skipped)] == [
            Skipped("d.pdf", "broken: it is no whole PDF", str(tmp_path))
        ]

    def test_converts_a_document_once_as_long_as_it_stays_the_same(self, tmp_path: Path) -> None:
        file, data_dir = tmp_path / "a" / "b.pdf", tmp_path / "data"
        file.parent.mkdir()
        file.write_bytes(pdf_file(["They are free."]))
        first = list(FolderSource(file.parent, 100_000, data_dir).read())
        kept = kept_pages(data_dir)

        again = list(FolderSource(file.parent, 100_000, data_dir).read())
        file.write_bytes(pdf_file(["They cost 5 USD."]))
        (changed,) = FolderSource(file.parent, 100_000, data_dir).read()

        assert again == first
        assert kept == ["b.pdf"]
        assert isinstance(changed, Article)
        assert changed.body == "They cost 5 USD."

    def test_forgets_documents_that_are_gone(self, tmp_path: Path) -> None:
        root, data_dir = tmp_path / "a", tmp_path / "data"
        root.mkdir()
        for name in ("b.pdf", "c.pdf"):
            (root / name).write_bytes(pdf_file(["They are free."]))
        list(FolderSource(root, 100_000, data_dir).read())
        (root / "b.pdf").unlink()

        list(FolderSource(root, 100_000, data_dir).read())

        assert kept_pages(data_dir) == ["c.pdf"]


def kept_pages(data_dir: Path) -> list[str]:
    (file,) = (data_dir / SOURCES).rglob("*.sqlite3")
    with closing(sqlite3.connect(file)) as rows:
        return [page for (page,) in rows.execute("SELECT page FROM kept ORDER BY page")]
