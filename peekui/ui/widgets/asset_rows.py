"""The rows of the asset table, drawn from a page window."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from peekui.browse.columns import ColumnLayout
from peekui.browse.pages import PageWindow
from peekui.ui.columns import GAP, CellReader, Placed, column_for, cut, fit
from peekui.ui.running import key_for
from peekui.ui.widgets.markable_rows import MarkableRows
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from peekui.api.models import Asset

__all__ = ["LEAD", "AssetRows", "Sign"]

LEAD = 2
"""Cells on the left: one for the mark, one for a sign."""
_SCROLLBAR = 1
_LOADING = "░"
_STRIPS = 300
"""Drawn rows that are kept: a few screens."""


class Sign(StrEnum):
    """What became of an asset while it was watched."""

    NEW = "+"
    CHANGED = "~"


_SIGN_TONES = {Sign.NEW: "good", Sign.CHANGED: "busy"}


class AssetRows(MarkableRows):
    """The rows. What is drawn comes from `window`; what is missing is asked for with `InView`."""

    window: reactive[PageWindow[Asset]] = reactive(PageWindow, init=False, always_update=True)
    """Rows as far as they were fetched."""
    stale: reactive[bool] = reactive(default=False)
    """The rows answer an earlier question; the new answer is on its way."""
    columns: reactive[ColumnLayout] = reactive(ColumnLayout)
    """Columns, from left to right."""
    scored: reactive[bool] = reactive(default=False)
    """The rows carry a score: they answer a search."""
    matches: reactive[re.Pattern[str] | None] = reactive(None)
    """Words the rows were found by, which are marked."""
    signs: reactive[Mapping[str, Sign]] = reactive(dict)
    """What became of assets, by id."""
    placed: reactive[tuple[Placed, ...]] = reactive(())
    """Columns that are drawn, with their widths: as many of `columns` as there is room for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"asset-rows--match"}

    class InView(Message):
        """Other rows came into view: these are wanted now."""

        def __init__(self, first: int, last: int) -> None:
            super().__init__()
            self.first = first
            self.last = last

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        self._reader = CellReader()
        self._strips: dict[tuple[int, int, bool, Style], Strip] = {}

    # -- what is drawn ------------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Draw everything in view again: the window's rows changed."""
        self._reader.forget()
        self._strips.clear()
        self.row_count = self.window.total or 0
        self.refresh()
        self._look()

    def watch_window(self) -> None:
        """Start at the top of a new window."""
        self.scroll_to(y=0, animate=False)
        self.set_reactive(RowView.cursor, 0)
        self.forget_anchor()
        self._read_anew()

    def watch_columns(self) -> None:
        """Draw other columns."""
        self._read_anew()

    def watch_scored(self) -> None:
        """Show or hide the score."""
        self._lay_out()

    def watch_matches(self) -> None:
        """Mark other words."""
        self._draw_anew()

    def watch_placed(self) -> None:
        """Draw the columns where they are now."""
        self._draw_anew()

    def watch_signs(self) -> None:
        """Draw other signs."""
        self._draw_anew()

    def watch_stale(self) -> None:
        """Dim the rows, or light them again."""
        self._draw_anew()

    def notify_style_update(self) -> None:
        """Forget strips drawn in another theme."""
        super().notify_style_update()
        self._strips.clear()

    def on_resize(self) -> None:
        """Fit the columns, and ask for the rows that a new size brings into view."""
        self._look()
        self._lay_out()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for the rows that came into view."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._look()

    def asset_at(self, index: int) -> Asset | None:
        """Give the asset of a row, None while it is not there."""
        return self.window.row(index)

    def _read_anew(self) -> None:
        self._reader = CellReader(tuple(column_for(setting.field) for setting in self.columns.shown()))
        self.redraw()
        self._lay_out()

    def _draw_anew(self) -> None:
        self._strips.clear()
        self.refresh()

    def _look(self) -> None:
        """Say which rows are in view, and make the columns wide enough for those that are there."""
        first, last = self.in_view()
        before = self._reader.learnt
        for index in range(first, last + 1):
            asset = self.asset_at(index)
            if asset is not None:
                self._reader.read(index, asset)
        if self._reader.learnt != before:
            self._lay_out()
        self.post_message(self.InView(first, last))

    def _lay_out(self) -> None:
        fixed = {setting.field: setting.width for setting in self.columns.columns}
        room = self.outer_size.width - LEAD - _SCROLLBAR
        self.placed = fit(self._reader, room, fixed=fixed, scored=self.scored)

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw an asset, or a placeholder while it is on its way."""
        asset = self.asset_at(index)
        if asset is None:
            return self._draw_placeholder(index, width, style)
        marked = asset.asset_id in self.marks
        key = (index, width, marked, style)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > _STRIPS:
                self._strips.clear()
            strip = self._strips[key] = self._draw_asset(index, asset, width, style, marked=marked)
        return strip

    def _draw_asset(self, index: int, asset: Asset, width: int, style: Style, *, marked: bool) -> Strip:
        cells = self._reader.read(index, asset)
        sign = self.signs.get(asset.asset_id or "")
        segments = [
            Segment("●" if marked else " ", style + self._tone("mark")),
            Segment(sign or " ", style + self._tone(_SIGN_TONES[sign]) if sign else style),
        ]
        for number, placed in enumerate(self.placed):
            if number:
                segments.append(Segment(" " * GAP, style))
            cell = cells[placed.place]
            text = cut(cell.text[:1] if placed.symbol else cell.text, placed.width, right=placed.right)
            segments += self._marked(text, style + self._tone(cell.tone))
        return Strip(segments).adjust_cell_length(width, style)

    def _marked(self, text: str, style: Style) -> Iterator[Segment]:
        """Draw a text with the words marked that the row was found by."""
        end = 0
        if self.matches:
            marked = style + self.get_component_rich_style("asset-rows--match", partial=True)
            for match in self.matches.finditer(text):
                yield Segment(text[end : match.start()], style)
                yield Segment(match[0], marked)
                end = match.end()
        yield Segment(text[end:], style)

    def _tone(self, name: str) -> Style:
        tone = "dim" if self.stale else name
        return self.get_component_rich_style(f"row-view--{tone}", partial=True) if tone else Style.null()

    def _draw_placeholder(self, index: int, width: int, style: Style) -> Strip:
        size = self.window.page_size
        first = index // size * size
        rows = f"{first + 1:,}–{min(first + size, self.row_count):,}"
        if self.window.has_failed(index):
            again = key_for("view.reload", self)
            text, tone = f"✗ rows {rows} could not be loaded; {again} tries again", "bad"
        else:
            # Words on every fifth row are enough to read, and calmer than on each.
            words = f" loading {rows} " if index % 5 == 2 else _LOADING * 4
            text, tone = (_LOADING * 8 + words).ljust(width - LEAD - 1, _LOADING), "dim"
        segments = [Segment(" " * LEAD, style), Segment(cut(text, width - LEAD), style + self._tone(tone))]
        return Strip(segments).adjust_cell_length(width, style)
