"""Rows of assets that can be marked, by keys and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.message import Message
from textual.reactive import reactive

from peekui.browse.marks import Marks
from peekui.ui.commands import Where
from peekui.ui.running import bindings_for
from peekui.ui.widgets.marking import MarksAssets
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from textual import events

__all__ = ["MarkableRows"]


class MarkableRows(RowView, MarksAssets):
    """Base of the asset table's rows. Marks outlive scrolling and re-sorting.

    A subclass gives the asset of a row in `asset_at`.
    """

    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.MARKS)

    scope: reactive[str | None] = reactive(None, init=False)
    """Namespace of the rows. Another one has other assets, and no marks yet."""
    marks: reactive[Marks] = reactive(Marks, init=False)
    """Marked assets, in view or not."""

    class MarksChanged(Message):
        """Other assets are marked."""

    def watch_scope(self) -> None:
        """Begin without marks in another namespace."""
        self.marks = Marks()

    def watch_marks(self) -> None:
        """Draw the marks."""
        self.refresh()
        self.post_message(self.MarksChanged())

    def click_row(self, index: int, event: events.Click) -> None:
        """Mark with ctrl, mark a range with shift; else do as in any list."""
        if event.ctrl:
            self.cursor = index
            self.toggle_mark()
        elif event.shift:
            self.cursor = index
            self.command_marks_range()
        else:
            super().click_row(index, event)
