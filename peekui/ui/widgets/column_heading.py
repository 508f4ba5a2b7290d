"""The line above the asset table's rows: names of the columns, the mark of the sort, edges to drag."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from peekui.browse.columns import TITLE
from peekui.ui.columns import GAP, LEAST_TITLE, Placed, cut
from peekui.ui.widgets.asset_rows import LEAD

if TYPE_CHECKING:
    from textual import events

    from peekui.browse.query import Sort

__all__ = ["ColumnHeading"]

_UP, _DOWN = " ▲", " ▼"


@dataclass(frozen=True, slots=True)
class _Drag:
    """A drag of an edge: which column gets wider, from what width on, and in which direction."""

    field: str
    width: int
    most: int
    x: int
    sign: int


class ColumnHeading(Widget):
    """Names of the columns. A click on one asks to sort by it, a drag on the edge of one asks for another width."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"column-heading--current"}

    placed: reactive[tuple[Placed, ...]] = reactive(())
    """Columns with their widths."""
    sort: reactive[Sort | None] = reactive(None)
    """Order of the rows, if another than the service's own."""
    current: reactive[str] = reactive(TITLE)
    """Field of the column that commands about a cell mean."""

    class Chosen(Message):
        """A click on a heading."""

        def __init__(self, field: str) -> None:
            super().__init__()
            self.field = field

    class Resized(Message):
        """A drag on an edge: the column is to have this width."""

        def __init__(self, field: str, width: int) -> None:
            super().__init__()
            self.field = field
            self.width = width

    _drag: _Drag | None = None
    _pressed: str | None = None

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        style = self.rich_style
        if y > 0:
            return Strip.blank(self.size.width, style)
        mark = self.get_component_rich_style("column-heading--current", partial=True)
        segments = [Segment(" " * LEAD, style)]
        for number, placed in enumerate(self.placed):
            if number:
                segments.append(Segment(" " * GAP, style))
            here = placed.column.field == self.current
            segments.append(Segment(self._heading(placed), style + mark if here else style))
        return Strip(segments).adjust_cell_length(self.size.width, style)

    def _heading(self, placed: Placed) -> str:
        name = "" if placed.symbol else placed.column.name
        if self.sort and self.sort.field == placed.column.sort and not placed.symbol:
            # The name gives way to the arrow.
            name = cut(name, min(cell_len(name), placed.width - len(_DOWN))) + (_DOWN if self.sort.descending else _UP)
        return cut(name, placed.width, right=placed.right)

    # -- the mouse ----------------------------------------------------------------------------------------

    def field_at(self, x: int) -> str | None:
        """Give the field of the column at a cell from the left, None between columns."""
        spans = zip(self._starts(), self.placed, strict=True)
        return next((placed.column.field for start, placed in spans if start <= x < start + placed.width), None)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of an edge, or press a heading."""
        self._drag = self._edge_at(event.x)
        self._pressed = None if self._drag else self.field_at(event.x)
        if self._drag:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the edge."""
        if self._drag:
            width = self._drag.width + self._drag.sign * (event.x - self._drag.x)
            self.post_message(self.Resized(self._drag.field, max(1, min(width, self._drag.most))))

    def on_mouse_up(self) -> None:
        """Let the edge go."""
        if self._drag:
            self._drag = None
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Choose the heading that was pressed."""
        if self._pressed and self._pressed == self.field_at(event.x):
            self.post_message(self.Chosen(self._pressed))

    def _starts(self) -> list[int]:
        """Give the cell each column begins at."""
        return list(accumulate((placed.width + GAP for placed in self.placed), initial=LEAD))[:-1]

    def _edge_at(self, x: int) -> _Drag | None:
        """Give the drag that begins in the gap at a cell, None where there is no gap.

        The title takes what the others leave, so it is the column on the other side of the edge that is resized.
        """
        starts = self._starts()
        gap = next((number for number, start in enumerate(starts[1:]) if start - GAP <= x < start), None)
        if gap is None:
            return None
        title = next(number for number, placed in enumerate(self.placed) if placed.column.field == TITLE)
        resized, sign = (self.placed[gap], 1) if gap < title else (self.placed[gap + 1], -1)
        if resized.symbol:
            return None
        spare = max(self.placed[title].width - LEAST_TITLE, 0)
        return _Drag(resized.column.field, resized.width, resized.width + spare, x, sign)
