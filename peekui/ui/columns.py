"""The asset table's columns: what a cell says of an asset, and how wide each column is in a given space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from peekui.ui.formats import age, size
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.api.models import Asset

__all__ = ["COLUMNS", "GAP", "NARROW", "Cell", "Column", "fit", "status_cell"]

GAP = 2
"""Blank cells between columns."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says.

    Attributes:
        text: One line, already safe to draw.
        tone: `good`, `bad`, `busy`, `dim`, `mark` or empty: a component class of the table gives it its style.
    """

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: Heading.
        cell: Reads an asset.
        width: Cells it takes; 0 takes what is left.
        right: Whether text is set flush right.
        rank: The higher, the earlier it goes when space is short; 0 never goes.
        sort: The field that sorting marks this column for.
    """

    name: str
    cell: Callable[[Asset], Cell]
    width: int = 0
    right: bool = False
    rank: int = 0
    sort: str = ""


_STATES = {
    "done": Cell("✓ done", "good"),
    "failed": Cell("✗ failed", "bad"),
    "processing": Cell("… working", "busy"),
    "skipped": Cell("– skipped", "dim"),
    "cancelled": Cell("– cancelled", "dim"),
}
_WAITING = {"downloading", "initializing", "uploading", "queued", "pending"}


def status_cell(status: str | None) -> Cell:
    """Give symbol, word and tone of a status; it is free text and comes in both cases (section 5)."""
    if not status:
        return Cell("· unknown", "dim")
    word = status.casefold()
    if word in _WAITING:
        return Cell(f"… {word}", "busy")
    return _STATES.get(word) or Cell(f"· {one_line(word)}", "dim")


def _symbol(status: str | None) -> Cell:
    cell = status_cell(status)
    return Cell(cell.text[:1], cell.tone)


def _score(asset: Asset) -> Cell:
    return Cell("" if asset.score is None else f"{asset.score:.2f}", "dim")


COLUMNS = (
    Column("Status", lambda asset: status_cell(asset.status), width=9),
    Column("Type", lambda asset: Cell(one_line(asset.modality or "–"), "dim"), width=5, rank=4),
    Column("Title", lambda asset: Cell(one_line(asset.title)), sort="metadata.title"),
    Column("Score", _score, width=5, right=True, rank=2),
    Column("Size", lambda asset: Cell(size(asset.size_bytes), "dim"), width=8, right=True, rank=3,
           sort="file_data.file_size_bytes"),
    Column("Age", lambda asset: Cell(age(asset.created_at), "dim"), width=5, right=True, rank=1, sort="created_at"),
    Column("Dup", lambda asset: Cell("⧉" if asset.duplicate_of else "", "mark"), width=3, rank=5),
)  # fmt: skip
"""All columns, from left to right."""

NARROW = (
    Column("", lambda asset: _symbol(asset.status), width=1),
    *(column for column in COLUMNS if column.name in {"Title", "Score", "Age"}),
)
"""The columns for a narrow table: the status is its symbol, which leaves room for the title."""

_NARROW_BELOW = 40
_LEAST_TITLE = 20


def fit(width: int, *, scored: bool) -> list[tuple[Column, int]]:
    """Choose the columns that fit and share the space out.

    Args:
        width: Cells there are.
        scored: Whether the rows carry a score.

    Returns:
        Columns with their widths, gaps not counted; the title has the rest, at least 1.
    """
    columns = NARROW if width < _NARROW_BELOW else COLUMNS
    chosen = [column for column in columns if scored or column.name != "Score"]

    def rest() -> int:
        return width - sum(column.width for column in chosen) - GAP * (len(chosen) - 1)

    while rest() < _LEAST_TITLE and any(column.rank for column in chosen):
        chosen.remove(max(chosen, key=lambda column: column.rank))
    return [(column, column.width or max(rest(), 1)) for column in chosen]
