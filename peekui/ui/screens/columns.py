"""A dialog to choose, order and size the table's columns; the table behind it follows at once."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Vertical
from textual.getters import query_one
from textual.suggester import SuggestFromList
from textual.widgets import Input

from peekui.browse.columns import TITLE, ColumnLayout, is_standard
from peekui.browse.paths import BadPath, paths_of
from peekui.ui.columns import column_for
from peekui.ui.commands import Where
from peekui.ui.running import RunsCommands, bindings_for
from peekui.ui.screens.closing import Dialog
from peekui.ui.widgets.column_list import ColumnList
from peekui.ui.widgets.key_bar import KeyBar, draw_keys

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from peekui.ui.widgets.asset_table import AssetTable

__all__ = ["ColumnsScreen"]

_MOST_ROWS = 300
"""Rows whose paths are suggested."""


class ColumnsScreen(RunsCommands, Dialog[None]):
    """Changes the columns of a table."""

    CSS_PATH = "columns.tcss"
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.LAYOUT)

    choices = query_one(ColumnList)
    line = query_one(Input)

    def __init__(self, table: AssetTable) -> None:
        """Take the table to work on."""
        super().__init__()
        self._table = table

    def compose(self) -> ComposeResult:
        """The columns, a line for a path, keys."""
        paths = paths_of(islice(self._table.rows.window.held(), _MOST_ROWS))
        with Vertical(id="columns-box") as box:
            box.border_title = "Columns"
            yield ColumnList()
            yield Input(
                placeholder="dotted path; → completes it",
                compact=True,
                suggester=SuggestFromList(paths, case_sensitive=False),
            )
            yield KeyBar()

    def on_mount(self) -> None:
        """Begin at the table's current column."""
        self.line.display = False
        self.watch(self._table, "columns", self._follow)
        self.watch(self._table, "sort", self._follow)
        self.watch(self._table.rows, "placed", self._follow)
        self.choices.go_to(self._table.current)
        self.choices.focus()
        self.call_after_refresh(draw_keys, self, self)

    def _follow(self) -> None:
        self.choices.columns, self.choices.sort = self._table.columns, self._table.sort
        self.choices.placed = self._table.rows.placed

    def _change(self, columns: ColumnLayout, field: str) -> None:
        self._table.change_columns(columns)
        self.choices.go_to(field)

    def on_row_view_opened(self) -> None:
        """Show a column or hide it with Enter, or a double click."""
        self.command_columns_toggle()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Add a column for the path that was typed."""
        try:
            columns = self._table.columns.with_path(event.value)
        except BadPath as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        self._close_line()
        self._change(columns, event.value.strip())

    def command_columns_toggle(self) -> None:
        """Show the column, or hide it."""
        field = self.choices.field
        if field == TITLE:
            self.notify("The title is always shown.", markup=False)
        self._change(self._table.columns.toggled(field), field)

    def command_columns_down(self) -> None:
        """Move the column one place to the right in the table."""
        self._change(self._table.columns.moved(self.choices.field, 1), self.choices.field)

    def command_columns_up(self) -> None:
        """Move the column one place to the left in the table."""
        self._change(self._table.columns.moved(self.choices.field, -1), self.choices.field)

    def command_columns_wider(self) -> None:
        """Make the column wider."""
        self._resize(1)

    def command_columns_narrower(self) -> None:
        """Make the column narrower."""
        self._resize(-1)

    def command_columns_automatic(self) -> None:
        """Let the rows in view decide how wide the column is."""
        self._change(self._table.columns.resized(self.choices.field, 0), self.choices.field)

    def command_columns_sort(self) -> None:
        """Sort by the column."""
        self._table.ask_sort(self.choices.field)

    def command_columns_add(self) -> None:
        """Open the line for a path."""
        self.line.value = ""
        self.line.display = True
        self.set_focus(self.line)

    def command_columns_remove(self) -> None:
        """Take away a column that was added."""
        if is_standard(self.choices.field):
            self.notify("Only a column that was added can be taken away: Space hides this one.", markup=False)
        else:
            self._table.change_columns(self._table.columns.without(self.choices.field))

    def command_columns_reset(self) -> None:
        """Show the columns as they are at first."""
        self._change(ColumnLayout(), self.choices.field)

    def command_columns_close(self) -> None:
        """Close the line, or go back to the table."""
        if self.line.display:
            self._close_line()
        else:
            self.dismiss()

    def _close_line(self) -> None:
        self.line.display = False
        self.choices.focus()

    def _resize(self, step: int) -> None:
        field = self.choices.field
        width = self._table.width_of(field) or column_for(field).least
        self._change(self._table.columns.resized(field, width + step), field)
