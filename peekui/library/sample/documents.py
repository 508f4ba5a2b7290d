"""PDF: typed documents of one page or several, one of them with a password."""

from __future__ import annotations

import io
import re
import textwrap
from typing import TYPE_CHECKING

from peekui.library.sample.words import paragraphs

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

__all__ = ["PASSWORD", "locked_pdf", "pdf"]

PASSWORD = "tripod"  # noqa: S105  (of a file that exists to be locked)
"""Opens what `locked_pdf` makes."""

_LINES_PER_PAGE = 44
_COLUMNS = 86


def pdf(title: str, dice: random.Random, pages: int = 1) -> bytes:
    """A valid PDF 1.4 with text that can be extracted, a title and an author."""
    lines = [title, ""]
    while len(lines) < (pages - 1) * _LINES_PER_PAGE + 20:
        lines += [*textwrap.wrap(paragraphs(dice, 1)[0], _COLUMNS), ""]
    sheets = [lines[start : start + _LINES_PER_PAGE] for start in range(0, pages * _LINES_PER_PAGE, _LINES_PER_PAGE)]
    return _assemble(title, sheets, dice.randbytes(16).hex())


def locked_pdf(title: str, dice: random.Random) -> bytes:
    """A PDF that opens with `PASSWORD` only."""
    from pypdf import PdfWriter  # noqa: PLC0415  (only the sample needs it, and only when it is first written)

    writer = PdfWriter(clone_from=io.BytesIO(pdf(title, dice)))
    # The newer ciphers salt with real chance, which would give other bytes every time.
    writer.encrypt(PASSWORD, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return _with_settled_identifier(out.getvalue())


def _with_settled_identifier(content: bytes) -> bytes:
    """The same file with its first, inherited identifier in place of the second, which is new with every writing."""
    return re.sub(rb"(/ID \[\s*)(<[0-9a-f]+>)(\s*)<[0-9a-f]+>", rb"\1\2\3\2", content)


def _assemble(title: str, sheets: Sequence[Sequence[str]], identifier: str) -> bytes:
    """The objects of a document, one after the other, and the table of where they are."""
    first_page = 5
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(sheets)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) /Author (%s) /CreationDate (D:20260301090000Z) >>" % (_literal(title), b"Production office"),
    ]
    for number, sheet in enumerate(sheets):
        content = (
            b"BT /F1 10 Tf 14 TL 56 780 Td\n" + b"".join(b"(%s) Tj T*\n" % _literal(line) for line in sheet) + b"ET"
        )
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents %d 0 R >>" % (first_page + 2 * number + 1),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    body, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, value in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R /ID [<{identifier}> <{identifier}>] >>".encode()
    return b"%sxref\n0 %d\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (
        body,
        len(objects) + 1,
        table,
        trailer,
        len(body),
    )


def _literal(text: str) -> bytes:
    return re.sub(rb"([\\()])", rb"\\\1", text.encode("cp1252", "replace"))
