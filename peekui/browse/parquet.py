"""Rows as Parquet. Every column of it has one type, which is known only when the last row came."""

from __future__ import annotations

import json
from itertools import islice
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, Final, cast

from peekui.browse.export import ExportUnavailable, RowWriter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO, TextIO

    from peekui.filters.nodes import JsonValue

__all__ = ["ParquetWriter"]

_GROUP: Final = 10_000
"""Rows held at a time."""
_EXACT: Final = 2**53
"""Whole numbers up to here are exact as floating-point numbers."""
_LARGEST: Final = 2**63


class ParquetWriter(RowWriter):
    """Keeps the rows in a temporary file until the last came, then writes them.

    A column of numbers, of truth values or of texts has that type. Any other is text: lists, objects and whatever is
    mixed stand there as JSON.
    """

    def __init__(self, columns: Sequence[str], out: TextIO) -> None:
        """Take the names of the columns, and where to write; raises ExportUnavailable, OSError."""
        try:
            import pyarrow.parquet  # noqa: PLC0415  (heavy, and an extra)
        except ImportError as error:
            raise ExportUnavailable("Parquet takes pyarrow: pip install 'peekui[parquet]'.") from error
        super().__init__(columns, out)
        self._arrow: Any = pyarrow
        self._kinds: list[set[str]] = [set() for _ in columns]
        self._spool = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  (closed when the last row was read back)

    def _write(self, row: Sequence[JsonValue]) -> None:
        for kinds, value in zip(self._kinds, row, strict=True):
            if value is not None:
                kinds.add(_kind(value))
        self._spool.write(f"{json.dumps(row)}\n")

    def finish(self) -> None:
        """Write everything."""
        arrow = self._arrow
        types = [_TYPES.get(frozenset(kinds), "json") for kinds in self._kinds]
        named = {"json": arrow.string(), "text": arrow.string(), "bool": arrow.bool_(), "int": arrow.int64()}
        fields = [(name, named.get(kind, arrow.float64())) for name, kind in zip(self._columns, types, strict=True)]
        schema = arrow.schema(fields)
        with self._spool as spool, arrow.parquet.ParquetWriter(self._bytes, schema) as writer:
            spool.seek(0)
            rows = (cast("list[JsonValue]", json.loads(line)) for line in spool)
            for group in _groups(rows):
                values = [
                    [_as(kind, value) for value in column]
                    for kind, column in zip(types, zip(*group, strict=True), strict=True)
                ]
                writer.write_table(arrow.table(values, schema=schema))

    @property
    def _bytes(self) -> BinaryIO:
        return self.out.buffer


_TYPES: Final = {
    frozenset[str](): "text",
    frozenset({"text"}): "text",
    frozenset({"bool"}): "bool",
    frozenset({"int"}): "int",
    frozenset({"int", "large"}): "int",
    frozenset({"large"}): "int",
    frozenset({"float"}): "float",
    frozenset({"float", "int"}): "float",
}
"""The type of a column by the kinds of its values; JSON for all else."""


def _kind(value: JsonValue) -> str:
    match value:
        case bool():
            return "bool"
        case str():
            return "text"
        case int():
            return "int" if abs(value) <= _EXACT else "large" if abs(value) < _LARGEST else "json"
        case float():
            return "float"
    return "json"


def _as(kind: str, value: JsonValue) -> JsonValue:
    if value is None:
        return None
    if kind == "text":
        # Half a surrogate pair has no form in UTF-8.
        return str(value).encode("utf-8", "backslashreplace").decode()
    return json.dumps(value) if kind == "json" else value


def _groups(rows: Iterator[list[JsonValue]]) -> Iterator[list[list[JsonValue]]]:
    while group := list(islice(rows, _GROUP)):
        yield group
