"""Word and PDF files, as small as they can be."""

import io
import zipfile
from collections.abc import Sequence

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = ("Title", "heading 1", "heading 2", "List Paragraph")


def paragraph(text: str, style: str = "") -> str:
    """Return a paragraph in one of Word's own styles."""
    chosen = f'<w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/></w:pPr>' if style else ""
    return f"<w:p>{chosen}<w:r><w:t>{text}</w:t></w:r></w:p>"


def list_item(text: str) -> str:
    """Return an item of a bulleted list."""
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{numbered}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: Sequence[str]) -> str:
    """Return a table of one paragraph a cell."""
    written = (
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{''.join(written)}</w:tbl>"


def word_file(*blocks: str, before: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """Return a Word file of `blocks`, `before` written ahead of its text's XML."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{name}"/></w:style>'
        for name in _STYLES
    )
    bullets = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relation("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _relation("numbering", "numbering.xml"),
        "word/document.xml": (
            f"{before}<w:document {_WORD}><w:body>{''.join(blocks)}</w:body></w:document>"
        ),
        "word/styles.xml": f"<w:styles {_WORD}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_WORD}>{bullets}</w:numbering>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return made.getvalue()


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def pdf_file(*pages: Sequence[str]) -> bytes:
    """Return a PDF file with the lines of each page."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    font = "/MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
    for number, lines in enumerate(pages):
        drawn = "BT /F1 12 Tf 14 TL 72 720 Td " + " ".join(f"({line}) Tj T*" for line in lines)
        objects += [
            f"<< /Type /Page /Parent 2 0 R {font} /Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(drawn) + 3} >>\nstream\n{drawn} ET\nendstream",
        ]
    return _numbered(objects)


def _numbered(objects: Sequence[str]) -> bytes:
    """Return the file of the objects, with the table that says where each begins."""
    made, places = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{written}\nendobj\n".encode()
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF"
    return made + f"xref\n0 {size}\n0000000000 65535 f \n{rows}{end}".encode()
