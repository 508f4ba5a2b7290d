"""Marking assets, however they are drawn: what the commands of `Where.MARKS` do."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, cast

from peekui.browse.marks import Mark, Marks
from peekui.ui.commands import Situation
from peekui.ui.running import RunsCommands

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from peekui.api.models import Asset

__all__ = ["MarksAssets"]


class MarksAssets(RunsCommands):
    """Mixin for a widget with a cursor over assets. Marks belong to assets, not to places on the screen.

    Attributes:
        cursor: Index of the asset that commands are about.
        scope: Namespace of the assets.
        marks: Marked assets, in view or not.
    """

    cursor: int
    scope: str | None
    marks: Marks
    _anchor: int | None = None
    """Asset that was marked or unmarked last: where a range begins."""

    @abstractmethod
    def asset_at(self, index: int) -> Asset | None:
        """Give an asset by its index, None while it is not there."""

    @abstractmethod
    def in_view(self) -> tuple[int, int]:
        """Give the first and the last index in view."""

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(asset=self.asset_at(self.cursor) is not None, marked=bool(self.marks))

    def forget_anchor(self) -> None:
        """Begin the next range at the cursor: the assets have changed places."""
        self._anchor = None

    def command_marks_toggle(self) -> None:
        """Mark the asset under the cursor or unmark it, and go to the next."""
        self.toggle_mark()
        self.cursor += 1

    def command_marks_range(self) -> None:
        """Mark the assets from the one marked last to the cursor."""
        start = self.cursor if self._anchor is None else self._anchor
        rows = range(min(start, self.cursor), max(start, self.cursor) + 1)
        found = self._marks_of(rows)
        self.marks = self.marks.added(found)
        self._anchor = self.cursor
        if len(found) < len(rows):
            text = f"{len(rows) - len(found):,} of these {len(rows):,} rows are not loaded, so they are not marked."
            cast("Widget", self).notify(text, severity="warning", markup=False)

    def command_marks_view(self) -> None:
        """Mark all assets in view."""
        self.marks = self.marks.added(self._marks_in_view())

    def command_marks_invert(self) -> None:
        """Mark the assets in view that are not marked, and unmark those that are."""
        self.marks = self.marks.inverted(self._marks_in_view())

    def command_marks_clear(self) -> None:
        """Unmark everything."""
        self.marks = Marks()

    def toggle_mark(self) -> None:
        """Mark the asset under the cursor, or unmark it."""
        self.marks = self.marks.inverted(self._marks_of([self.cursor]))
        self._anchor = self.cursor

    def _marks_in_view(self) -> list[Mark]:
        first, last = self.in_view()
        return self._marks_of(range(first, last + 1))

    def _marks_of(self, rows: Iterable[int]) -> list[Mark]:
        """Give marks for assets, without those that are not loaded or have no id."""
        assets = filter(None, map(self.asset_at, rows))
        return [mark for asset in assets if (mark := Mark.of(asset, self.scope))]
