"""The columns there are: those with a name of their own, and one for any dotted path."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len

from peekui.browse.columns import SCORE, TITLE
from peekui.browse.paths import values_at
from peekui.ui.columns.cells import Cell, shown_text, shown_value, status_cell
from peekui.ui.formats import age, size
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.api.models import Asset

__all__ = ["WISHED", "Column", "column_for"]

WISHED = 1
"""Rank of the columns that are there because someone asked for them."""
_WIDEST = 24
_ARROW = 2
"""Cells of the mark of the sort behind a heading."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        field: Dotted path it shows, or `TITLE`.
        name: Heading.
        cell: Reads an asset.
        least: Cells it takes at least when its width is automatic.
        most: Cells it takes at most then.
        right: Whether text is set flush right; numbers always are.
        rank: The higher, the earlier it goes when space is short; 0 never goes.
        sort: The field rows are sorted by for it; None is the service's own order.
        descending: Whether the largest come first when it is sorted by.
        symbol: Whether the first character of a cell says enough where space is very short.
    """

    field: str
    name: str
    cell: Callable[[Asset], Cell]
    least: int
    most: int
    right: bool = False
    rank: int = WISHED
    sort: str | None = None
    descending: bool = False
    symbol: bool = False


def _code(text: str | None) -> Cell:
    return Cell(shown_text(text or ""), "dim")


def _score(asset: Asset) -> Cell:
    return Cell("" if asset.score is None else f"{asset.score:.2f}", "dim")


_KNOWN = {
    column.field: column
    for column in (
        Column("status", "Status", lambda asset: status_cell(asset.status), 8, 14, rank=0, sort="status", symbol=True),
        Column("modality", "Type", lambda asset: _code(asset.modality or "–"), 5, 10, rank=6, sort="modality"),
        Column(TITLE, "Title", lambda asset: Cell(shown_text(asset.title)), 1, 0, rank=0, sort="metadata.title"),
        Column(SCORE, "Score", _score, 5, 8, right=True, rank=4),
        Column("file_data.file_size_bytes", "Size", lambda asset: Cell(size(asset.size_bytes), "dim"), 8, 10,
               right=True, rank=5, sort="file_data.file_size_bytes", descending=True),
        Column("created_at", "Age", lambda asset: Cell(age(asset.created_at), "dim"), 5, 8, right=True, rank=2,
               sort="created_at", descending=True),
        Column("duplicate_of", "Dup", lambda asset: Cell("⧉" if asset.duplicate_of else "", "mark"), 3, 3, rank=7,
               sort="duplicate_of"),
        Column("updated_at", "Updated", lambda asset: Cell(age(asset.updated_at), "dim"), 7, 8, right=True,
               sort="updated_at", descending=True),
        Column("file_data.file_type", "File type", lambda asset: _code(asset.file_type), 9, _WIDEST,
               sort="file_data.file_type"),
        Column("collection_id", "Collection", lambda asset: _code(asset.collection_id), 10, 16, sort="collection_id"),
        Column("error", "Error", lambda asset: shown_value(values_at(asset, "error")), 7, 30, sort="error"),
        Column("file_hash", "Hash", lambda asset: _code(asset.file_hash), 8, 12, sort="file_hash"),
        Column("asset_id", "Id", lambda asset: _code(asset.asset_id), 8, 16, sort="asset_id"),
    )
}  # fmt: skip


@lru_cache(maxsize=256)
def column_for(field: str) -> Column:
    """Give the column of a field: one with a name of its own, or one that shows what is at the path."""
    known = _KNOWN.get(field)
    if known:
        return known
    name = one_line(field.removeprefix("metadata."))
    least = min(cell_len(name) + _ARROW, _WIDEST)
    return Column(field, name, lambda asset: shown_value(values_at(asset, field)), least, _WIDEST, sort=field)
