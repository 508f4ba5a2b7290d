"""Rows of a `RowView` that are made of cells, side by side with a gap between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from peekui.ui.columns.fitting import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.style import Style

    from peekui.ui.widgets.row_view import RowView

__all__ = ["GAP", "Cell", "draw_cells", "room_beside"]

GAP: Final = "  "


class Cell(NamedTuple):
    """A part of a row.

    Attributes:
        text: Safe to draw; cut where it is too long.
        width: In cells.
        tone: Component class of the list, such as `dim`; empty for none.
        right: It stands on the right.
    """

    text: str
    width: int
    tone: str = ""
    right: bool = False


def room_beside(cells: Iterable[Cell], width: int) -> int:
    """Give the cells that others leave of a width to one more, at least 1."""
    return max(width - sum(cell.width + len(GAP) for cell in cells), 1)


def draw_cells(view: RowView, cells: Sequence[Cell], width: int, style: Style) -> Strip:
    """Draw a row.

    Args:
        view: The list it is in.
        cells: From left to right.
        width: Cells to fill.
        style: Of the row as a whole.
    """
    segments: list[Segment] = []
    for cell in cells:
        tone = view.get_component_rich_style(f"row-view--{cell.tone}", partial=True) if cell.tone else None
        segments.append(Segment(cut(cell.text, cell.width, right=cell.right), style + tone if tone else style))
        segments.append(Segment(GAP, style))
    return Strip(segments[:-1]).adjust_cell_length(width, style)
