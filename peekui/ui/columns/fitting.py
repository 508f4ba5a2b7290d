"""Sharing a width out among columns, and cutting text to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from peekui.browse.columns import SCORE, TITLE
from peekui.ui.columns.known import WISHED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from peekui.ui.columns.known import Column
    from peekui.ui.columns.reading import CellReader

__all__ = ["GAP", "LEAST_TITLE", "Placed", "cut", "fit"]

GAP = 2
"""Blank cells between columns."""
LEAST_TITLE = 20
"""Cells the title keeps while there are columns that can go."""
_LEAST_BESIDE_WISHES = 10
"""Cells it keeps while there are columns that can go, but were asked for."""
_NARROW_BELOW = 40
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Placed:
    """A column that is drawn.

    Attributes:
        column: Which.
        place: Its index in what the reader gives of a row.
        width: Cells, the gap not counted.
        right: Whether text is set flush right.
        symbol: Only the first character of a cell is drawn, and no heading.
    """

    column: Column
    place: int
    width: int
    right: bool = False
    symbol: bool = False


def fit(reader: CellReader, width: int, *, fixed: Mapping[str, int], scored: bool) -> tuple[Placed, ...]:
    """Choose the columns that fit and share the space out.

    Args:
        reader: Knows the columns, from left to right, and what their cells need.
        width: Cells there are.
        fixed: Widths that were set, by field; 0 is automatic.
        scored: Whether the rows carry a score.

    Returns:
        Columns with their widths; the title has the rest, at least 1.
    """
    narrow = width < _NARROW_BELOW
    chosen = [
        _place(reader, place, fixed.get(column.field, 0), narrow=narrow)
        for place, column in enumerate(reader.columns)
        if scored or column.field != SCORE
    ]

    def rest() -> int:
        taken = sum(placed.width for placed in chosen if placed.column.field != TITLE)
        return width - taken - GAP * (len(chosen) - 1)

    while can_go := [placed for placed in reversed(chosen) if _must_go(placed.column, rest())]:
        # Of several with the same rank the one furthest right goes.
        chosen.remove(max(can_go, key=lambda placed: placed.column.rank))
    return tuple(
        placed if placed.column.field != TITLE else Placed(placed.column, placed.place, max(rest(), 1))
        for placed in chosen
    )


def _must_go(column: Column, title: int) -> bool:
    """Say whether a column leaves the title too few cells to stay."""
    least = _LEAST_BESIDE_WISHES if column.rank == WISHED else LEAST_TITLE
    return column.rank > 0 and title < least


def _place(reader: CellReader, place: int, width: int, *, narrow: bool) -> Placed:
    column = reader.columns[place]
    if narrow and column.symbol:
        return Placed(column, place, 1, symbol=True)
    return Placed(column, place, width or reader.width(place), reader.is_right(place))


def cut(text: str, width: int, *, right: bool = False) -> str:
    """Make text exactly `width` cells wide, with … where something is left out."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + _CUT if width else ""
    return " " * (width - length) + text if right else text + " " * (width - length)
