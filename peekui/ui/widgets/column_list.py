"""A list of columns to choose from: shown or not, name, path, width, order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from peekui.browse.columns import SCORE, TITLE, ColumnLayout, is_standard
from peekui.ui.columns import column_for, cut
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from rich.style import Style

    from peekui.browse.columns import ColumnSetting
    from peekui.browse.query import Sort
    from peekui.ui.columns import Column, Placed

__all__ = ["ColumnList"]

_CHECK, _NAME, _WIDTH, _SORT = 2, 11, 8, 2
"""Cells of the parts of a row; the path has the rest."""


class ColumnList(RowView):
    """The columns of a table, one a row."""

    columns: reactive[ColumnLayout] = reactive(ColumnLayout)
    """What there is to choose from."""
    sort: reactive[Sort | None] = reactive(None)
    """Order of the table's rows."""
    placed: reactive[tuple[Placed, ...]] = reactive(())
    """What the table draws of it."""

    @property
    def field(self) -> str:
        """Field of the column under the cursor."""
        return self.columns.columns[self.cursor].field

    def go_to(self, field: str) -> None:
        """Put the cursor on a column, if it is there."""
        fields = [setting.field for setting in self.columns.columns]
        if field in fields:
            self.cursor = fields.index(field)

    def watch_columns(self, columns: ColumnLayout) -> None:
        """Draw other columns."""
        self.row_count = len(columns.columns)
        self.refresh()

    def watch_sort(self) -> None:
        """Draw the mark of the sort."""
        self.refresh()

    def watch_placed(self) -> None:
        """Draw what there is room for."""
        self.refresh()

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw a column; its path gives way first."""
        setting = self.columns.columns[index]
        column = column_for(setting.field)
        mark = style + self.get_component_rich_style("row-view--mark", partial=True)
        dim = style + self.get_component_rich_style("row-view--dim", partial=True)
        room = max(width - _CHECK - _WIDTH - _SORT - 1, 0)
        name = min(_NAME, room) if is_standard(setting.field) else room
        path = "" if setting.field == TITLE else setting.field
        segments = [
            Segment(("✓" if setting.shown else "").ljust(_CHECK), mark),
            Segment(cut(column.name, name), style if setting.shown else dim),
            Segment(cut(path, room - name), dim),
            Segment(cut(self._width(setting), _WIDTH, right=True), style),
            Segment(cut(self._arrow(column), _SORT, right=True), mark),
        ]
        return Strip(segments).adjust_cell_length(width, style)

    def _width(self, setting: ColumnSetting) -> str:
        if setting.field == TITLE:
            return "rest"
        if setting.shown and setting.field not in {placed.column.field for placed in self.placed}:
            # Only a search has scores: its column is not there for want of them, not of room.
            return "search" if setting.field == SCORE else "no room"
        return f"{setting.width}" if setting.width else "auto"

    def _arrow(self, column: Column) -> str:
        if self.sort is None or self.sort.field != column.sort:
            return ""
        return "▼" if self.sort.descending else "▲"
