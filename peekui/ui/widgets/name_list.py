"""A list of names with counts: namespaces and collections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from peekui.ui import formats
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from rich.style import Style

    from peekui.ui.names import Name

__all__ = ["NameList"]

_BAR_CELLS = 5
_ENOUGH_FOR_A_NAME = 12
"""Cells; where a bar would leave fewer, there is none."""


class NameList(RowView):
    """Names, one a row, with a mark for the chosen ones, a count and a bar."""

    names: reactive[tuple[Name, ...]] = reactive(())
    """All there are."""
    wanted: reactive[str] = reactive("")
    """Only names with these letters are listed, in any case; empty lists them all."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        self.listed: tuple[Name, ...] = ()
        self._count_width = 0
        self._has_bars = False

    def watch_names(self) -> None:
        """Draw the new names, keeping the cursor on its row."""
        self._list()

    def watch_wanted(self) -> None:
        """Draw the names that are wanted, from the top."""
        self.cursor = 0
        self._list()

    def _list(self) -> None:
        letters = self.wanted.casefold()
        self.listed = tuple(name for name in self.names if letters in name.title.casefold())
        self._count_width = max((len(formats.count(name.count)) for name in self.listed), default=0)
        self._has_bars = any(name.share is not None for name in self.listed)
        self.row_count = len(self.listed)
        self.refresh()

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw mark, name, count and bar; the name gives way first, then the bar goes."""
        name = self.listed[index]
        tone = self.get_component_rich_style("row-view--mark", partial=True)
        dim = self.get_component_rich_style("row-view--dim", partial=True)
        tail = f" {formats.count(name.count):>{self._count_width}} " if self._count_width else ""
        room = max(width - 2 - len(tail), 1)
        bar = ""
        if self._has_bars and room - _BAR_CELLS >= _ENOUGH_FOR_A_NAME:
            room -= _BAR_CELLS
            bar = _bar(name.share) if name.share is not None else " " * _BAR_CELLS
        title = one_line(name.title)
        if cell_len(title) > room:
            title = set_cell_size(title, room - 1) + "…"
        return Strip(
            [
                Segment("✓ " if name.chosen else "  ", style + tone),
                Segment(set_cell_size(title, room), style),
                Segment(tail, style + dim),
                Segment(bar, style + dim),
            ]
        ).adjust_cell_length(width, style)


def _bar(share: float) -> str:
    halves = round(share * _BAR_CELLS * 2)
    if share > 0:
        halves = max(halves, 1)  # something is never drawn as nothing
    return ("━" * (halves // 2) + "╸" * (halves % 2)).ljust(_BAR_CELLS)
