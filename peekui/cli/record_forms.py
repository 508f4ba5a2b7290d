"""Forms in which records are printed: each takes pages as they come, and writes without holding any back."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from pydantic_core import to_json  # four times as fast as json

from peekui.api.presigned import SignedUrl
from peekui.browse.export import Format, write_rows
from peekui.cli.tables import brief
from peekui.search.records import cells_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from io import TextIOBase
    from typing import TextIO

    from peekui.search.records import Record

    Pages: TypeAlias = Iterator[Sequence[Record]]
    Form: TypeAlias = Callable[[Pages, Sequence[str], TextIOBase], None]

__all__ = ["FORMS"]

_WIDEST: Final = 60
"""Cells of a column of the table, on a terminal."""
_GAP: Final = "  "


def _table(pages: Pages, columns: Sequence[str], out: TextIOBase) -> None:
    """Write aligned columns, as wide as the first page needs them."""
    from rich.cells import cell_len, set_cell_size

    widest = _WIDEST if out.isatty() else None
    widths: list[int] = []
    for page in pages:
        rows = [[brief(value) for value in cells_of(record, columns)] for record in page]
        if not widths and rows:
            rows.insert(0, [column.rpartition(".")[2].upper() for column in columns])
            widths = [min(max(map(cell_len, column)), widest or 10**9) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (
                set_cell_size(f"{set_cell_size(text, width - 1)}…", width)
                if widest and cell_len(text) > width
                else text + " " * (width - cell_len(text))
                for text, width in zip(row, widths, strict=True)
            )
            out.write(f"{_GAP.join(cells).rstrip()}\n")


def _jsonl(pages: Iterator[Sequence[Record] | Sequence[bytes]], _: Sequence[str], out: TextIOBase) -> None:
    """Write records; those that come as JSON already, as they are."""
    # A million rows go through here: no step of Python's own for each.
    for page in pages:
        written = page if page and isinstance(page[0], bytes) else map(to_json, page)
        out.write(b"\n".join([*written, b""]).decode())


def _json(pages: Pages, _: Sequence[str], out: TextIOBase) -> None:
    before = "["
    for record in chain.from_iterable(pages):
        out.write(f"{before}\n{to_json(record).decode()}")
        before = ","
    out.write("[]\n" if before == "[" else "\n]\n")


def _csv(pages: Pages, columns: Sequence[str], out: TextIOBase) -> None:
    write_rows(
        (cells_of(record, columns) for record in chain.from_iterable(pages)), columns, Format.CSV, cast("TextIO", out)
    )


def _ids(pages: Pages, columns: Sequence[str], out: TextIOBase) -> None:
    """Write the first column."""
    out.writelines(f"{record[columns[0]]}\n" for page in pages for record in page if record.get(columns[0]))


def _urls(pages: Pages, _: Sequence[str], out: TextIOBase) -> None:
    for page in pages:
        urls = (SignedUrl.read(url) for record in page if isinstance(url := record.get("url"), str))
        out.write("".join(f"{url.reveal()}\n" for url in urls if url))


FORMS: Final[Mapping[str, Form]] = {
    "table": _table,
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "ids": _ids,
    "urls": _urls,
}
"""All forms by the names the command line has for them."""
