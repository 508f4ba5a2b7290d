"""The table of assets: a heading and rows drawn from a page window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from peekui.browse.pages import PageWindow
from peekui.ui.columns import GAP, Cell, fit
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.geometry import Size

    from peekui.api.models import Asset
    from peekui.browse.query import Sort
    from peekui.ui.columns import Column

__all__ = ["AssetRows", "AssetTable"]

_LOADING = "░"
_CUT = "…"


def _cut(text: str, width: int, *, right: bool = False) -> str:
    """Make text exactly `width` cells wide, with … where something is left out."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + _CUT if width else ""
    return " " * (width - length) + text if right else text + " " * (width - length)


class AssetRows(RowView):
    """The rows. What is drawn comes from `window`; what is missing is asked for with `InView`."""

    window: reactive[PageWindow[Asset]] = reactive(PageWindow, init=False, always_update=True)
    """Rows as far as they were fetched."""
    stale: reactive[bool] = reactive(default=False)
    """The rows answer an earlier question; the new answer is on its way."""

    class InView(Message):
        """Other rows came into view: these are wanted now."""

        def __init__(self, first: int, last: int) -> None:
            super().__init__()
            self.first = first
            self.last = last

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        self._strips: dict[tuple[int, int, bool, Style], Strip] = {}
        self._shown: list[tuple[Column, int]] = []

    def show(self, shown: list[tuple[Column, int]]) -> None:
        """Draw these columns with these widths."""
        self._shown = shown
        self.redraw()

    def redraw(self) -> None:
        """Draw everything in view again: the window's rows changed."""
        self._strips.clear()
        self.row_count = self.window.total or 0
        self.refresh()
        self.ask_for_view()

    def watch_window(self) -> None:
        """Start at the top of a new window."""
        self.scroll_to(y=0, animate=False)
        self.set_reactive(RowView.cursor, 0)
        self.redraw()

    def watch_stale(self) -> None:
        """Dim the rows, or light them again."""
        self._strips.clear()
        self.refresh()

    def asset_at(self, index: int) -> Asset | None:
        """Give the asset of a row, None while it is not there."""
        return self.window.row(index)

    def in_view(self) -> tuple[int, int]:
        """Give the first and the last row in view."""
        first = self.scroll_offset.y
        return first, max(min(first + max(self.size.height, 1), self.row_count) - 1, first)

    def ask_for_view(self) -> None:
        """Say which rows are in view."""
        self.post_message(self.InView(*self.in_view()))

    def on_resize(self) -> None:
        """Ask for the rows that a new size brings into view."""
        self.ask_for_view()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for the rows that came into view."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.ask_for_view()

    def notify_style_update(self) -> None:
        """Forget strips drawn in another theme."""
        super().notify_style_update()
        self._strips.clear()

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw an asset, or a placeholder while it is on its way."""
        key = (index, width, index == self.cursor, style)
        strip = self._strips.get(key)
        if strip is None:
            asset = self.asset_at(index)
            if asset is None:
                return self._draw_placeholder(index, width, style)
            if len(self._strips) > 1000:
                self._strips.clear()
            strip = self._strips[key] = self._draw_asset(asset, width, style)
        return strip

    def _draw_asset(self, asset: Asset, width: int, style: Style) -> Strip:
        segments: list[Segment] = []
        for column, cells in self._shown:
            if segments:
                segments.append(Segment(" " * GAP, style))
            cell = column.cell(asset)
            segments.append(Segment(_cut(cell.text, cells, right=column.right), style + self._tone(cell)))
        return Strip(segments).adjust_cell_length(width, style)

    def _tone(self, cell: Cell) -> Style:
        tone = "dim" if self.stale else cell.tone
        return self.get_component_rich_style(f"row-view--{tone}", partial=True) if tone else Style.null()

    def _draw_placeholder(self, index: int, width: int, style: Style) -> Strip:
        size = self.window.page_size
        first = index // size * size
        rows = f"{first + 1:,}–{min(first + size, self.row_count):,}"
        if self.window.has_failed(index):
            text, tone = f"✗ rows {rows} could not be loaded; r tries again", "bad"
        else:
            # Words on every fifth row are enough to read, and calmer than on each.
            words = f" loading {rows} " if index % 5 == 2 else _LOADING * 4
            text, tone = (_LOADING * 8 + words).ljust(width - 1, _LOADING), "dim"
        return Strip([Segment(_cut(text, width), style + self._tone(Cell("", tone)))]).adjust_cell_length(width, style)


class ColumnHeading(Widget):
    """The line above the rows: names of the columns and the mark of the sort."""

    shown: reactive[list[tuple[Column, int]]] = reactive(list)
    """Columns with their widths."""
    sort: reactive[Sort | None] = reactive(None)
    """Order of the rows, if another than the service's own."""

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        style = self.rich_style
        if y > 0:
            return Strip.blank(self.size.width, style)
        words = [_cut(self._heading(column), width, right=column.right) for column, width in self.shown]
        return Strip([Segment((" " * GAP).join(words), style)]).adjust_cell_length(self.size.width, style)

    def _heading(self, column: Column) -> str:
        if self.sort is None or not column.sort or self.sort.field != column.sort:
            return column.name
        return f"{column.name} {'▼' if self.sort.descending else '▲'}"


class AssetTable(Vertical):
    """Heading and rows, kept to the same columns."""

    scored: reactive[bool] = reactive(default=False)
    """The rows carry a score: they answer a search."""

    def compose(self) -> ComposeResult:
        """Heading above, rows below."""
        yield ColumnHeading()
        yield AssetRows(id="asset-rows")

    @property
    def rows(self) -> AssetRows:
        """The rows."""
        return self.query_one(AssetRows)

    def set_sort(self, sort: Sort | None) -> None:
        """Mark the column the rows are sorted by."""
        self.query_one(ColumnHeading).sort = sort

    def watch_scored(self) -> None:
        """Show or hide the score."""
        if self.is_mounted:
            self.lay_out(self.size)

    def lay_out(self, size: Size) -> None:
        """Share the width out among the columns."""
        # One cell each for the space on the left and the scrollbar on the right.
        shown = fit(size.width - 2, scored=self.scored)
        self.query_one(ColumnHeading).shown = shown
        self.rows.show(shown)

    def on_resize(self) -> None:
        """Fit the columns to the new width."""
        self.lay_out(self.size)
