"""Rows as text for other programs: CSV, JSON, JSON lines, Markdown. What is written is what is shown."""

from __future__ import annotations

import csv
import json
from enum import StrEnum
from typing import TYPE_CHECKING

from peekui.browse.columns import TITLE
from peekui.browse.paths import values_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TextIO

    from peekui.api.models import Asset
    from peekui.filters.nodes import JsonValue

__all__ = ["Format", "cells", "write_rows"]


class Format(StrEnum):
    """How rows are written."""

    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"


def cells(asset: Asset, columns: Sequence[str]) -> list[JsonValue]:
    """Give what an asset has in some columns: null for nothing, a list for several values.

    Args:
        asset: Any.
        columns: Dotted paths, or `TITLE`; presigned URLs are never given (`paths.checked_path`).
    """
    return [asset.title if column == TITLE else _cell(values_at(asset, column)) for column in columns]


def write_rows(rows: Iterable[Sequence[JsonValue]], columns: Sequence[str], form: Format, out: TextIO) -> int:
    """Write rows as they come; nothing is held back but the one in hand.

    Text is written as it is. Spreadsheets take some text for formulas: open a CSV from elsewhere with care.

    Args:
        rows: Values in the order of the columns.
        columns: Their names.
        form: How to write them.
        out: Text stream, opened with `newline=""` where it is a file.

    Returns:
        How many rows were written.

    Raises:
        OSError: The stream takes no more.
    """
    counted = _Counted(rows)
    _WRITERS[form](counted, columns, out)
    return counted.count


class _Counted:
    """Counts what passes through."""

    def __init__(self, rows: Iterable[Sequence[JsonValue]]) -> None:
        self._rows = iter(rows)
        self.count = 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> Sequence[JsonValue]:
        row = next(self._rows)
        self.count += 1
        return row


def _csv(rows: Iterable[Sequence[JsonValue]], columns: Sequence[str], out: TextIO) -> None:
    writer = csv.writer(out)  # lines end as RFC 4180 says; with another ending Python forgets to quote some breaks
    writer.writerow(columns)
    writer.writerows([_text(value) for value in row] for row in rows)


def _json(rows: Iterable[Sequence[JsonValue]], columns: Sequence[str], out: TextIO) -> None:
    before = "["
    for row in rows:
        out.write(f"{before}\n{_object(row, columns)}")
        before = ","
    out.write("[]\n" if before == "[" else "\n]\n")


def _jsonl(rows: Iterable[Sequence[JsonValue]], columns: Sequence[str], out: TextIO) -> None:
    out.writelines(f"{_object(row, columns)}\n" for row in rows)


def _markdown(rows: Iterable[Sequence[JsonValue]], columns: Sequence[str], out: TextIO) -> None:
    out.write(f"{_markdown_line(columns)}{'| --- ' * len(columns)}|\n")
    out.writelines(_markdown_line([_text(value) for value in row]) for row in rows)


_WRITERS: Mapping[Format, Callable[[Iterable[Sequence[JsonValue]], Sequence[str], TextIO], None]] = {
    Format.CSV: _csv,
    Format.JSON: _json,
    Format.JSONL: _jsonl,
    Format.MARKDOWN: _markdown,
}


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


_MARKDOWN = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|~$&"})


def _escaped(text: str) -> str:
    """Give text that Markdown shows as it is, on one line, with control characters as escapes."""
    printable = "".join(c if c.isprintable() or c == " " else repr(c)[1:-1] for c in text)
    return printable.translate(_MARKDOWN)
