"""Rows of assets that can be marked, by keys and by mouse."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from textual.message import Message
from textual.reactive import reactive

from peekui.browse.marks import Mark, Marks
from peekui.ui.commands import Situation, Where
from peekui.ui.running import bindings_for
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events

    from peekui.api.models import Asset

__all__ = ["MarkableRows"]


class MarkableRows(RowView):
    """Base of the asset table's rows. Marks belong to assets, not to rows: they outlive scrolling and re-sorting.

    A subclass gives the asset of a row in `asset_at`.
    """

    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.MARKS)

    scope: reactive[str | None] = reactive(None, init=False)
    """Namespace of the rows. Another one has other assets, and no marks yet."""
    marks: reactive[Marks] = reactive(Marks, init=False)
    """Marked assets, in view or not."""

    _anchor: int | None = None
    """Row that was marked or unmarked last: where a range begins."""

    class MarksChanged(Message):
        """Other assets are marked."""

    @abstractmethod
    def asset_at(self, index: int) -> Asset | None:
        """Give the asset of a row, None while it is not there."""

    def watch_scope(self) -> None:
        """Begin without marks in another namespace."""
        self.marks = Marks()

    def watch_marks(self) -> None:
        """Draw the marks."""
        self.refresh()
        self.post_message(self.MarksChanged())

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(asset=self.asset_at(self.cursor) is not None, marked=bool(self.marks))

    def forget_anchor(self) -> None:
        """Begin the next range at the cursor: the rows have changed places."""
        self._anchor = None

    def click_row(self, index: int, event: events.Click) -> None:
        """Mark with ctrl, mark a range with shift; else do as in any list."""
        if event.ctrl:
            self.cursor = index
            self._toggle()
        elif event.shift:
            self.cursor = index
            self.command_marks_range()
        else:
            super().click_row(index, event)

    def command_marks_toggle(self) -> None:
        """Mark the asset under the cursor or unmark it, and go to the next."""
        self._toggle()
        self.cursor += 1

    def command_marks_range(self) -> None:
        """Mark the rows from the one marked last to the cursor."""
        start = self.cursor if self._anchor is None else self._anchor
        rows = range(min(start, self.cursor), max(start, self.cursor) + 1)
        found = self._marks_of(rows)
        self.marks = self.marks.added(found)
        self._anchor = self.cursor
        if len(found) < len(rows):
            text = f"{len(rows) - len(found):,} of these {len(rows):,} rows are not loaded, so they are not marked."
            self.notify(text, severity="warning", markup=False)

    def command_marks_view(self) -> None:
        """Mark all rows in view."""
        self.marks = self.marks.added(self._marks_in_view())

    def command_marks_invert(self) -> None:
        """Mark the rows in view that are not marked, and unmark those that are."""
        self.marks = self.marks.inverted(self._marks_in_view())

    def command_marks_clear(self) -> None:
        """Unmark everything."""
        self.marks = Marks()

    def _toggle(self) -> None:
        self.marks = self.marks.inverted(self._marks_of([self.cursor]))
        self._anchor = self.cursor

    def _marks_in_view(self) -> list[Mark]:
        first, last = self.in_view()
        return self._marks_of(range(first, last + 1))

    def _marks_of(self, rows: Iterable[int]) -> list[Mark]:
        """Give marks for rows, without those that are not loaded or have no id."""
        assets = filter(None, map(self.asset_at, rows))
        return [mark for asset in assets if (mark := Mark.of(asset, self.scope))]
