"""Rows for other programs: CSV, JSON, JSON lines, Markdown, Parquet. What is written is what is shown."""

from __future__ import annotations

import csv
import json
from abc import ABC, abstractmethod
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from peekui.browse.columns import TITLE
from peekui.browse.paths import values_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TextIO

    from peekui.api.models import Asset
    from peekui.filters.nodes import JsonValue

__all__ = ["ExportUnavailable", "Format", "RowWriter", "cells", "open_writer", "write_rows"]


class ExportUnavailable(Exception):
    """A format takes a library that is not installed; the text is a sentence that says which."""


class Format(StrEnum):
    """How rows are written."""

    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    PARQUET = "parquet"

    @property
    def ending(self) -> str:
        """How the name of a file ends, without the dot."""
        return "md" if self is Format.MARKDOWN else self.value


class RowWriter(ABC):
    """Writes rows as they come, and holds none back but those in hand.

    Attributes:
        count: Rows written so far.
        out: Where they go.
    """

    def __init__(self, columns: Sequence[str], out: TextIO) -> None:
        """Take the names of the columns, and where to write."""
        self.count = 0
        self.out = out
        self._columns = columns

    def write(self, rows: Iterable[Sequence[JsonValue]]) -> None:
        """Write rows, each with its values in the order of the columns; raises OSError."""
        for row in rows:
            self._write(row)
            self.count += 1

    @abstractmethod
    def _write(self, row: Sequence[JsonValue]) -> None:
        """Write one."""

    def finish(self) -> None:
        """Write what comes after the last; raises OSError."""
        self.out.flush()


def open_writer(form: Format, columns: Sequence[str], out: TextIO) -> RowWriter:
    """Begin to write rows.

    In CSV a text that a spreadsheet would take for a formula has an apostrophe before it, and so has one that begins
    with an apostrophe before such a text: taking one away gives the text back. All other forms are exact.

    Args:
        form: How to write them.
        columns: Names of the columns.
        out: Text stream, opened with `newline=""` where it is a file; Parquet goes into the bytes below it.

    Raises:
        ExportUnavailable: The form takes a library that is not installed.
        OSError: The stream takes no more.
    """
    if form is Format.PARQUET:
        from peekui.browse.parquet import ParquetWriter  # noqa: PLC0415  (pyarrow is heavy, and may not be there)

        return ParquetWriter(columns, out)
    return _WRITERS[form](columns, out)


def write_rows(rows: Iterable[Sequence[JsonValue]], columns: Sequence[str], form: Format, out: TextIO) -> int:
    """Write rows whole: see `open_writer`, whose errors it raises.

    Returns:
        How many rows were written.
    """
    writer = open_writer(form, columns, out)
    writer.write(rows)
    writer.finish()
    return writer.count


def cells(asset: Asset, columns: Sequence[str]) -> list[JsonValue]:
    """Give what an asset has in some columns: null for nothing, a list for several values.

    Args:
        asset: Any.
        columns: Dotted paths, or `TITLE`; presigned URLs are never given (`paths.checked_path`).
    """
    return [asset.title if column == TITLE else _cell(values_at(asset, column)) for column in columns]


class _CsvWriter(RowWriter):
    def __init__(self, columns: Sequence[str], out: TextIO) -> None:
        super().__init__(columns, out)
        self._csv = csv.writer(out)  # lines end as RFC 4180 says; with another ending Python forgets to quote breaks
        self._csv.writerow(map(_harmless, columns))

    def _write(self, row: Sequence[JsonValue]) -> None:
        self._csv.writerow([_harmless(value) if isinstance(value, str) else _text(value) for value in row])


class _JsonWriter(RowWriter):
    def _write(self, row: Sequence[JsonValue]) -> None:
        self.out.write(f"{',' if self.count else '['}\n{_object(row, self._columns)}")

    def finish(self) -> None:
        self.out.write("\n]\n" if self.count else "[]\n")


class _JsonlWriter(RowWriter):
    def _write(self, row: Sequence[JsonValue]) -> None:
        self.out.write(f"{_object(row, self._columns)}\n")


class _MarkdownWriter(RowWriter):
    def __init__(self, columns: Sequence[str], out: TextIO) -> None:
        super().__init__(columns, out)
        out.write(f"{_markdown_line(columns)}{'| --- ' * len(columns)}|\n")

    def _write(self, row: Sequence[JsonValue]) -> None:
        self.out.write(_markdown_line(map(_text, row)))


_WRITERS: Final[Mapping[Format, type[RowWriter]]] = {
    Format.CSV: _CsvWriter,
    Format.JSON: _JsonWriter,
    Format.JSONL: _JsonlWriter,
    Format.MARKDOWN: _MarkdownWriter,
}

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, "CSV injection")."""


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def _cell(values: list[JsonValue]) -> JsonValue:
    if not values:
        return None
    return values[0] if len(values) == 1 else values


def _object(row: Sequence[JsonValue], columns: Sequence[str]) -> str:
    return json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False)


def _text(value: JsonValue) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _markdown_line(texts: Iterable[str]) -> str:
    return f"| {' | '.join(map(_escaped, texts))} |\n"


_MARKDOWN: Final = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|~$&"})


def _escaped(text: str) -> str:
    """Give text that Markdown shows as it is, on one line, with control characters as escapes."""
    printable = "".join(c if c.isprintable() or c == " " else repr(c)[1:-1] for c in text)
    return printable.translate(_MARKDOWN)
