"""Number, fate, name and place of each member of a group that is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from peekui.ui.columns import GAP
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from peekui.ui.triage.member_columns import Flicker
    from peekui.ui.triage.member_table import MemberTable

__all__ = ["MemberHeading"]

_KEPT = "KEEP"
_DROPPED = "drop"


class MemberHeading(Widget):
    """Three lines above the fields; it follows their table."""

    def __init__(self, table: MemberTable, title_of: Callable[[str], str]) -> None:
        """Take the table it heads, and what names a collection."""
        super().__init__(id="member-heading")
        self._table = table
        self._title_of = title_of

    def render(self) -> Content:
        """Draw the columns, or the place of the two that take turns."""
        table, (_, places, room) = self._table, self._table.columns
        fates = [self._turns(table.flicker)] if table.flicker else [self._fate(place) for place in places]
        lines = (fates, [self._title(place) for place in places], [self._home(place) for place in places])
        return Content("\n").join(self._line(cells, room) for cells in lines)

    def _line(self, cells: Iterable[Content], room: int) -> Content:
        gap = " " * GAP
        fitted = (cell.truncate(room, ellipsis=True, pad=True) for cell in cells)
        return Content.assemble(" " * self._table.columns.field, *(part for cell in fitted for part in (gap, cell)))

    def _fate(self, place: int) -> Content:
        """Say the number of a member, what becomes of it, and whether the cursor is on it."""
        shown = self._table.shown
        kept = shown.members[place].asset_id in shown.keep
        text = Content.styled(
            f"{place + 1} {_KEPT if kept else _DROPPED}", "bold $text-success" if kept else "$text-error"
        )
        return Content.assemble(text, (" ◂" if place == self._table.copy else "", "bold $text-accent"))

    def _title(self, place: int) -> Content:
        style = "bold underline" if place == self._table.copy else "bold"
        return Content.styled(one_line(self._table.shown.members[place].title), style)

    def _home(self, place: int) -> Content:
        return Content.styled(self._title_of(self._table.shown.members[place].collection), "dim")

    def _turns(self, flicker: Flicker) -> Content:
        """Say which two take turns, and which of them is on show."""
        a = Content.assemble(("A ", "bold"), self._fate(flicker.a))
        b = Content.assemble(("B ", "bold"), self._fate(flicker.b))
        on, off = ("▶ ", "  ") if not flicker.turned else ("  ", "▶ ")
        return Content.assemble((on, "bold $text-accent"), a, "   ", (off, "bold $text-accent"), b)
