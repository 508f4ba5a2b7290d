"""The table of assets: a heading and rows kept to the same columns, and a cursor over the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message
from textual.reactive import reactive

from peekui.browse.cell_filters import Pointing
from peekui.browse.columns import TITLE, ColumnLayout
from peekui.browse.paths import values_at
from peekui.ui.columns import column_for, whole_value
from peekui.ui.commands import Situation, Where
from peekui.ui.running import RunsCommands, bindings_for
from peekui.ui.screens.value import ValueScreen
from peekui.ui.widgets.asset_rows import AssetRows
from peekui.ui.widgets.column_heading import ColumnHeading

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from peekui.api.models import Asset
    from peekui.browse.query import Sort
    from peekui.filters.nodes import JsonValue

__all__ = ["AssetTable", "CurrentCell"]


class CurrentCell(NamedTuple):
    """The cell under the cursors.

    Attributes:
        field: Dotted path of the asset that the value is at.
        value: What is there, whole; None where there is nothing. Several values at a path are a list.
        asset: It belongs to.
    """

    field: str
    value: JsonValue
    asset: Asset


class AssetTable(RunsCommands, Vertical):
    """Heading and rows."""

    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.TABLE)

    columns: reactive[ColumnLayout] = reactive(ColumnLayout)
    """Columns, from left to right."""
    scored: reactive[bool] = reactive(default=False)
    """The rows carry a score: they answer a search."""
    sort: reactive[Sort | None] = reactive(None)
    """Order of the rows, if another than the service's own."""
    current: reactive[str] = reactive(TITLE)
    """Field of the column that commands about a cell mean; always one that is drawn."""

    rows = query_one(AssetRows)
    heading = query_one(ColumnHeading)

    class ColumnsChanged(Message):
        """The user changed the columns."""

        def __init__(self, layout: ColumnLayout) -> None:
            super().__init__()
            self.layout = layout

    class SortAsked(Message):
        """The user wants the rows sorted by a column.

        Attributes:
            field: Dotted path; None is the service's own order.
            descending: Whether the largest are to come first, unless they do already.
        """

        def __init__(self, field: str | None, *, descending: bool) -> None:
            super().__init__()
            self.field = field
            self.descending = descending

    class Pointed(Message):
        """The user points at a cell for the filter.

        Attributes:
            cell: The cell.
            pointing: What is wanted of it; None is still to be chosen.
        """

        def __init__(self, cell: CurrentCell, pointing: Pointing | None) -> None:
            super().__init__()
            self.cell = cell
            self.pointing = pointing

    def compose(self) -> ComposeResult:
        """Heading above, rows below."""
        yield ColumnHeading().data_bind(AssetTable.sort, AssetTable.current)
        yield AssetRows(id="asset-rows").data_bind(AssetTable.columns, AssetTable.scored)

    def on_mount(self) -> None:
        """Let the heading follow the rows."""
        self.watch(self.rows, "placed", self._follow)

    def _follow(self) -> None:
        self.heading.placed = self.rows.placed
        self.current = self.validate_current(self.current)

    def validate_current(self, field: str) -> str:
        """Keep to the columns that are drawn."""
        return field if not self.is_mounted or field in self._fields() else TITLE

    # -- the column under the cursor ----------------------------------------------------------------------

    def current_cell(self) -> CurrentCell | None:
        """Give the cell under the cursors, None while its row is not there."""
        asset = self.rows.asset_at(self.rows.cursor)
        if asset is None:
            return None
        field = _title_field(asset) if self.current == TITLE else self.current
        values = values_at(asset, field)
        return CurrentCell(field, values[0] if len(values) == 1 else values or None, asset)

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(asset=self.rows.asset_at(self.rows.cursor) is not None)

    def command_table_next_column(self) -> None:
        """Go to the column on the right."""
        self._move(1)

    def command_table_previous_column(self) -> None:
        """Go to the column on the left."""
        self._move(-1)

    def command_table_sort(self) -> None:
        """Sort by the current column."""
        self.ask_sort(self.current)

    def command_table_value(self) -> None:
        """Show the whole value of the cell."""
        cell = self.current_cell()
        if cell is None:
            return
        name = column_for(self.current).name
        if cell.value is None:
            self.notify(f"{name}: there is none here.", markup=False)
        else:
            self.app.push_screen(ValueScreen(f"{name} of {cell.asset.title}", whole_value(cell.value)))

    def command_table_filter(self) -> None:
        """Choose what the filter is to make of the cell."""
        self._point(None)

    def command_table_only(self) -> None:
        """Show only assets with the value."""
        self._point(Pointing.ONLY)

    def command_table_except(self) -> None:
        """Show only assets without the value."""
        self._point(Pointing.EXCEPT)

    def command_table_include(self) -> None:
        """Add the value to the list of its field."""
        self._point(Pointing.INCLUDE)

    def command_table_null(self) -> None:
        """Show only assets with nothing in the column."""
        self._point(Pointing.NULL)

    def _point(self, pointing: Pointing | None) -> None:
        cell = self.current_cell()
        if cell:
            self.post_message(self.Pointed(cell, pointing))

    def _move(self, step: int) -> None:
        fields = self._fields()
        self.current = fields[max(0, min(fields.index(self.current) + step, len(fields) - 1))]

    def _fields(self) -> list[str]:
        return [placed.column.field for placed in self.rows.placed]

    def go_to_row(self, number: int) -> None:
        """Put the cursor on a row, counted from 1."""
        self.rows.cursor = number - 1
        self.rows.focus()

    # -- changing columns ---------------------------------------------------------------------------------

    def change_columns(self, layout: ColumnLayout) -> None:
        """Show other columns because the user wants to, and say so."""
        if layout != self.columns:
            self.columns = layout
            self.post_message(self.ColumnsChanged(layout))

    def ask_sort(self, field: str) -> None:
        """Ask for the rows sorted by a column."""
        column = column_for(field)
        self.post_message(self.SortAsked(column.sort, descending=column.descending))

    def width_of(self, field: str) -> int:
        """Give the cells a column has on screen, 0 where it has none."""
        return next((placed.width for placed in self.rows.placed if placed.column.field == field), 0)

    def on_column_heading_chosen(self, event: ColumnHeading.Chosen) -> None:
        """Sort by a heading."""
        self.ask_sort(event.field)

    def on_column_heading_resized(self, event: ColumnHeading.Resized) -> None:
        """Give a column another width."""
        self.change_columns(self.columns.resized(event.field, event.width))

    def on_click(self, event: events.Click) -> None:
        """Make the column that was clicked the current one, in the heading or in a row."""
        self.current = self.heading.field_at(event.x) or self.current


def _title_field(asset: Asset) -> str:
    """Give the path of what an asset is called by, so that it can be filtered on."""
    metadata = asset.metadata or {}
    named = (name for name, value in metadata.items() if value == asset.title and "." not in name)
    return next((f"metadata.{name}" for name in named), "asset_id")
