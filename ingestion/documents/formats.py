"""The formats of documents that are converted before they are read."""

from pathlib import PurePosixPath

WORD = ".docx"
PDF = ".pdf"
DOCUMENTS = frozenset({WORD, PDF})
"""Endings, in lower case, of the files that are converted."""


def is_document(path: str) -> bool:
    """Say whether the file at `path` is converted before it is read."""
    return PurePosixPath(path).suffix.lower() in DOCUMENTS


def convert(path: str, data: bytes) -> str:
    """Return the text of a document: HTML of a Word file, plain text of a PDF.

    Raises:
        UnusableFileError: It is broken, encrypted, too large inside, or holds no text.
    """
    if PurePosixPath(path).suffix.lower() == WORD:
        from ingestion.documents.word import read_word  # noqa: PLC0415 — few sources hold one

        return read_word(data)
    from ingestion.documents.pdf import read_pdf  # noqa: PLC0415 — as above

    return read_pdf(data)
