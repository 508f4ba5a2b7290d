"""A tree of JSON: folded, drawn line by line, and read only where it is unfolded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from peekui.browse.inspecting.json_rows import JsonRows
from peekui.ui.inspector.leaves import leaf_of
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from textual import events

    from peekui.browse.inspecting.json_rows import JsonPath, JsonRow
    from peekui.filters.nodes import JsonValue

__all__ = ["JsonView"]

_MARGIN = 2
"""Cells a level."""
_NAME = 14
"""Cells a name takes at least, so that values stand below each other."""
_LONGEST_NAME = 60


class JsonView(RowView):
    """Draws the rows of a value as far as it is unfolded."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's word)
        """Start with nothing."""
        super().__init__(id=id)
        self._tree = JsonRows({})
        self._found: Collection[JsonPath] = frozenset()

    @property
    def row(self) -> JsonRow | None:
        """The row under the cursor, None where there are none."""
        return self._tree.rows[self.cursor] if self._tree.rows else None

    def show(self, value: JsonValue, opened: Iterable[JsonPath] = ()) -> None:
        """Draw another value from its top; what was unfolded and where the cursor was is kept where it has that too."""
        here = self.row
        self._tree = JsonRows(value, opened=[*opened, *self._unfolded()])
        self._found = frozenset()
        self._draw()
        same = (index for index, row in enumerate(self._tree.rows) if here and row.path == here.path)
        self.cursor = next(same, 0)

    def mark(self, paths: Collection[JsonPath]) -> None:
        """Mark the rows of what was found."""
        self._found = paths
        self.refresh()

    def go_to(self, path: JsonPath) -> None:
        """Unfold what hides a value, and put the cursor on it."""
        index = self._tree.reveal(path)
        self._draw()
        self.cursor = index

    def unfold(self) -> None:
        """Show what is in the row under the cursor; of one that is unfolded, go to its first member."""
        row = self.row
        if row is None or not row.opens:
            return
        if self._tree.is_open(self.cursor):
            self.cursor += 1
        else:
            self._tree.open(self.cursor)
            self._draw()

    def fold(self) -> None:
        """Hide what is in the row under the cursor, else go to the row that it is in."""
        if self._tree.rows and self._tree.is_open(self.cursor):
            self._tree.close(self.cursor)
            self._draw()
        elif (parent := self._tree.parent(self.cursor) if self._tree.rows else None) is not None:
            self.cursor = parent

    def toggle(self) -> None:
        """Unfold the row under the cursor, or fold it."""
        if self._tree.rows and self._tree.is_open(self.cursor):
            self.fold()
        else:
            self.unfold()

    def click_row(self, index: int, event: events.Click) -> None:
        """Put the cursor there; a click on its mark unfolds or folds."""
        super().click_row(index, event)
        row = self._tree.rows[index]
        mark = self.gutter.left + (row.depth - 1) * _MARGIN
        if event.chain == 1 and row.opens and mark <= event.x < mark + _MARGIN:
            self.toggle()

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw a value: its name, what it is, and what is said of it."""
        row = self._tree.rows[index]
        leaf = leaf_of(row)
        fold = "▾ " if self._tree.is_open(index) else "▸ " if row.opens else "  "
        name = "" if row.gap or not row.path else self._name_of(row)
        found = row.gap is None and row.path in self._found
        segments = [
            Segment(" " * ((row.depth - 1) * _MARGIN) + fold, style + self._tone("mark")),
            Segment(name, style + self._tone("mark" if found else "dim")),
            Segment("  " if name else "", style),
            Segment(leaf.text, style + self._tone(leaf.tone)),
            Segment(f"  · {leaf.remark}" if leaf.remark else "", style + self._tone("dim")),
        ]
        strip = Strip(segments)
        if strip.cell_length > width:
            strip = Strip([*strip.crop(0, width - 1), Segment("…", style)])
        return strip.adjust_cell_length(width, style)

    def _name_of(self, row: JsonRow) -> str:
        step = row.path[-1]
        name = f"[{step}]" if isinstance(step, int) else one_line(step[:_LONGEST_NAME])
        return set_cell_size(name, max(cell_len(name), _NAME))

    def _tone(self, name: str) -> Style:
        return self.get_component_rich_style(f"row-view--{name}", partial=True) if name else Style.null()

    def _unfolded(self) -> list[JsonPath]:
        rows = self._tree.rows
        return [row.path for index, row in enumerate(rows) if row.gap is None and self._tree.is_open(index)]

    def _draw(self) -> None:
        self.row_count = len(self._tree.rows)
        self.refresh()
