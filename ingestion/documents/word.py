"""Word files (`.docx`) become HTML."""

import io
import zipfile
import zlib
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import mammoth
import mammoth.documents
import mammoth.transforms
from defusedxml import DefusedXmlException
from defusedxml.sax import parse

from ingestion.errors import UnusableFileError

MAX_UNPACKED_BYTES = 100 * 1024 * 1024
"""Most that a file may hold when it is unpacked, pictures included."""
MAX_XML_BYTES = 20 * 1024 * 1024
"""Most that one part of text may hold."""
MAX_PARTS = 5_000

_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"
_XML = (".xml", ".rels")
_TITLED = "\n".join(
    [
        "p[style-name='Title'] => h1:fresh",
        *(f"p[style-name='Heading {level}'] => h{level + 1}:fresh" for level in range(1, 6)),
    ]
)
"""Styles of a file whose title has Word's style for titles: headings stand below it."""
_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, SAXException, EOFError, OSError),
    *(AttributeError, IndexError, KeyError, TypeError, ValueError),  # mammoth, on odd files
    *(NotImplementedError, RecursionError, RuntimeError),
)


def read_word(data: bytes) -> str:
    """Return the text of a Word file as HTML: headings, lists and tables, without pictures.

    Raises:
        UnusableFileError: It is no such file, encrypted, or too large when unpacked.
    """
    if data.startswith(_OLD_OR_ENCRYPTED):
        raise UnusableFileError(
            "encrypted, or in Word's old format: save it as .docx without a password"
        )
    try:
        _check(data)
        return _convert(data)
    except DefusedXmlException as error:
        raise UnusableFileError("its XML declares entities, which no Word file does") from error
    except _BROKEN as error:
        raise UnusableFileError("broken: it is no whole Word file") from error


def _check(data: bytes) -> None:
    """Refuse what would grow without bounds; what is read never exceeds the sizes declared."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        texts = [part for part in parts if part.filename.lower().endswith(_XML)]
        _check_sizes(parts, texts)
        for part in texts:
            with archive.open(part) as opened:
                parse(opened, ContentHandler(), forbid_dtd=True)


def _check_sizes(parts: list[zipfile.ZipInfo], texts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES:
        raise UnusableFileError(
            f"{len(parts)} parts of {unpacked} bytes when unpacked: "
            f"at most {MAX_PARTS} of {MAX_UNPACKED_BYTES} are read"
        )
    largest = max((part.file_size for part in texts), default=0)
    if largest > MAX_XML_BYTES:
        raise UnusableFileError(
            f"holds a part of {largest} bytes of text: at most {MAX_XML_BYTES} are read"
        )


def _convert(data: bytes) -> str:
    """Return the HTML; where no paragraph is styled as the title, a lone `Heading 1` is it."""
    html = _html(data, _TITLED)
    if "<h1" not in html and html.count("<h2") == 1:
        return _html(data, "")
    return html


def _html(data: bytes, styles: str) -> str:
    done = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=styles,
        convert_image=_no_picture,
        transform_document=_with_headers,
        external_file_access=False,
    )
    return str(done.value)


def _no_picture(_image: object) -> list[object]:
    return []


def _with_header(table: mammoth.documents.Table) -> mammoth.documents.Table:
    """Return `table` with its first row as header, where that names columns and no values."""
    rows = [row for row in table.children if isinstance(row, mammoth.documents.TableRow)]
    if len(rows) <= 1 or rows[0].is_header or not _names_columns(rows[0]):
        return table
    header = rows[0].copy(is_header=True)
    return table.copy(children=[header if row is rows[0] else row for row in table.children])


def _names_columns(row: mammoth.documents.TableRow) -> bool:
    texts = mammoth.transforms.get_descendants_of_type(row, mammoth.documents.Text)
    text = "".join(each.value for each in texts).strip()
    return bool(text) and not any(char.isdigit() for char in text)


_with_headers = mammoth.transforms.element_of_type(mammoth.documents.Table, _with_header)
