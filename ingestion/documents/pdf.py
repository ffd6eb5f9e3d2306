"""PDF files become plain text, without what is printed on every page."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from ingestion.errors import UnusableFileError

MAX_PAGES = 2_000
MAX_CHARS = 5_000_000
"""Most text that is taken out of one file."""
MARGIN_LINES = 2
"""Lines at the top and at the foot of a page that may be the same on every page."""
MIN_PAGES = 3
"""From so many pages on, a line on more than half of them is no part of the text."""

_BROKEN = (
    *(PyPdfError, EOFError, OSError, RecursionError, NotImplementedError, AssertionError),
    *(ArithmeticError, AttributeError, LookupError, TypeError, ValueError),  # on odd files
)
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–(]?\s*#\s*[-–)]?(?:\s*(?:/|of)\s*#)?", re.IGNORECASE)
_HYPHEN = re.compile(r"(?P<first>[^\W\d_]+)-\n(?P<second>[a-zà-ÿ]+)")
_WORD = re.compile(r"[^\W\d_]+")


def read_pdf(data: bytes) -> str:
    """Return the text of a PDF, its pages one after the other.

    Raises:
        UnusableFileError: It is broken, encrypted, too long, or holds no text, as a scan does.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its reasons are told in one line
    try:
        pages = _pages(data)
    except DependencyError as error:
        raise UnusableFileError("encrypted: save it without a password") from error
    except _BROKEN as error:
        raise UnusableFileError("broken: it is no whole PDF") from error
    text = _without_hyphens(_one_after_the_other(_without_margins(pages)))
    if not text:
        raise UnusableFileError("no text, only pictures: recognise its text (OCR) first")
    return text


def _pages(data: bytes) -> list[list[str]]:
    """Return the lines of each page."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnusableFileError("encrypted: save it without a password")
    if len(reader.pages) > MAX_PAGES:
        raise UnusableFileError(f"{len(reader.pages)} pages: at most {MAX_PAGES} are read")
    pages, taken = [], 0
    for page in reader.pages:
        text = page.extract_text()
        taken += len(text)
        if taken > MAX_CHARS:
            raise UnusableFileError(f"over {MAX_CHARS} characters: the most that is read")
        pages.append([line.strip() for line in text.split("\n")])
    return pages


def _without_margins(pages: Sequence[list[str]]) -> Iterable[list[str]]:
    """Yield the pages without page numbers, and without headers and footers that come again."""
    counted = Counter(each for page in pages for each in {_shape(page[at]) for at in _margin(page)})
    again = {
        shape
        for shape, count in counted.items()
        if len(pages) >= MIN_PAGES and count > len(pages) / 2
    }
    for page in pages:
        dropped = {at for at in _margin(page) if _is_margin(_shape(page[at]), again)}
        yield [line for at, line in enumerate(page) if at not in dropped]


def _margin(page: Sequence[str]) -> list[int]:
    """Return the places of the first and the last lines that hold something."""
    filled = [at for at, line in enumerate(page) if line]
    return list(dict.fromkeys([*filled[:MARGIN_LINES], *filled[-MARGIN_LINES:]]))


def _shape(line: str) -> str:
    return _DIGITS.sub("#", line)


def _is_margin(shape: str, again: set[str]) -> bool:
    return shape in again or _PAGE_NUMBER.fullmatch(shape) is not None


def _one_after_the_other(pages: Iterable[list[str]]) -> str:
    """Return the pages' text; a paragraph goes on where a page begins with a small letter."""
    text = ""
    for page in filter(None, ("\n".join(lines).strip() for lines in pages)):
        text += ("\n" if page[0].islower() else "\n\n") + page if text else page
    return text


def _without_hyphens(text: str) -> str:
    """Join words that a line's end broke: without the hyphen where the whole word is known."""
    known = {word.lower() for word in _WORD.findall(text)}

    def whole(broken: re.Match[str]) -> str:
        joined = broken["first"] + broken["second"]
        return joined if joined.lower() in known else f"{broken['first']}-{broken['second']}"

    return _HYPHEN.sub(whole, text)
