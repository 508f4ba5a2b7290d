"""The rows of the table as thumbnails. It draws as many as fit, and goes with its cursor, line by line.

A place is made once and shows one asset after another: the number of rows there are is in no loop and no size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from peekui.ui.commands import Where
from peekui.ui.running import bindings_for, key_for
from peekui.ui.widgets.marking import MarksAssets
from peekui.ui.widgets.thumbnail import CAPTION_ROWS, Thumbnail

if TYPE_CHECKING:
    from textual import events

    from peekui.api.models import Asset
    from peekui.browse.marks import Marks
    from peekui.ui.widgets.asset_rows import AssetRows

__all__ = ["ContactGrid", "Shape", "shape_for"]

_FRAME = 2
_WIDTH, _PICTURE_ROWS = 24, 6
"""Cells across a place, as near as can be, and the least lines of a picture of that width."""
_MOST = 60
"""Places on the largest screen: there they are larger, not more."""


class Shape(NamedTuple):
    """How a sheet is divided.

    Attributes:
        columns: Places side by side.
        lines: Lines of places.
        picture_rows: Lines of cells of a picture.
    """

    columns: int
    lines: int
    picture_rows: int

    @property
    def places(self) -> int:
        """Assets in view."""
        return self.columns * self.lines


def shape_for(width: int, height: int) -> Shape:
    """Divide a room of so many cells; the pictures get the lines that are left over."""
    scale = 1
    while True:
        columns = max(round(width / (_WIDTH * scale)), 1)
        lines = max(height // (_PICTURE_ROWS * scale + CAPTION_ROWS + _FRAME), 1)
        if columns * lines <= _MOST:
            square = (width // columns - _FRAME) // 2
            return Shape(columns, lines, max(min(height // lines - CAPTION_ROWS - _FRAME, square), 1))
        scale += 1


class ContactGrid(MarksAssets, Widget, can_focus=True):
    """Another look at the table's rows: window, marks and namespace are the table's."""

    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.MARKS, Where.ROWS)

    count: reactive[int] = reactive(0)
    """Assets there are, drawn or not."""
    cursor: reactive[int] = reactive(0)
    """Index of the asset under the cursor; 0 when there are none."""

    class InView(Message):
        """Other assets came into view: these are wanted now."""

        def __init__(self, first: int, last: int) -> None:
            super().__init__()
            self.first = first
            self.last = last

    class Moved(Message):
        """Another asset is under the cursor."""

    class Opened(Message):
        """Enter, or a second click."""

    def __init__(self, table: AssetRows) -> None:
        """Take the rows, and begin where their cursor is."""
        super().__init__()
        self._table = table
        self._shape = Shape(1, 0, 0)
        self._top = 0
        self._places: list[Thumbnail] = []
        self.border_title = "Contact sheet"
        self.set_reactive(ContactGrid.count, table.window.total or 0)
        self.set_reactive(ContactGrid.cursor, table.cursor)

    @property
    def scope(self) -> str | None:  # type: ignore[override]  # (the table's)
        """Namespace of the assets."""
        return self._table.scope

    @property
    def marks(self) -> Marks:
        """Marked assets."""
        return self._table.marks

    @marks.setter
    def marks(self, marks: Marks) -> None:
        self._table.marks = marks

    def asset_at(self, index: int) -> Asset | None:
        """Give an asset by its index, None while it is not there."""
        return self._table.window.row(index)

    def in_view(self) -> tuple[int, int]:
        """Give the first and the last index in view."""
        first = self._top * self._shape.columns
        return first, max(min(first + self._shape.places, self.count) - 1, first)

    # -- drawing ------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Follow the table's marks."""
        self.watch(self._table, "marks", self.draw, init=False)

    async def on_resize(self) -> None:
        """Divide the room anew."""
        shape = shape_for(self.content_size.width, self.content_size.height)
        if shape == self._shape:
            return
        self._shape = shape
        self.styles.grid_size_columns = shape.columns
        async with self.batch():
            await self.remove_children()
            self._places = [Thumbnail(place, shape.picture_rows) for place in range(shape.places)]
            await self.mount_all(self._places)
        self._look()
        self.draw()

    def redraw(self) -> None:
        """Draw what is in view again: the window's rows changed."""
        self.count = self._table.window.total or 0
        self._look()
        self.draw()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on an asset."""
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self) -> None:
        """Bring the asset into view and frame it."""
        self._look()
        self.draw()
        self.post_message(self.Moved())

    def watch_count(self) -> None:
        """Keep the cursor where there is something."""
        self.cursor = self.validate_cursor(self.cursor)

    def _look(self) -> None:
        """Have the cursor's line in view, and say which assets are."""
        columns, lines = self._shape.columns, max(self._shape.lines, 1)
        line, last = self.cursor // columns, max(self.count - 1, 0) // columns
        self._top = max(min(self._top, line, last - lines + 1), line - lines + 1, 0)
        if self._places:
            self.post_message(self.InView(*self.in_view()))

    def draw(self) -> None:
        """Draw what is in view."""
        first = self._top * self._shape.columns
        for index, place in enumerate(self._places, first):
            asset = self.asset_at(index) if index < self.count else None
            missing = "" if asset or index >= self.count else self._missing(index)
            marked, current = asset is not None and asset.asset_id in self.marks, index == self.cursor
            place.show(asset, self.scope, marked=marked, current=current, missing=missing)
        self.border_subtitle = Content(self._where())

    def _missing(self, index: int) -> str:
        if self._table.window.has_failed(index):
            return f"It could not be loaded; {key_for('view.reload', self)} tries again."
        return "Loading…"

    def _where(self) -> str:
        window, (first, last) = self._table.window, self.in_view()
        total = f"{self.count:,}" if window.exact else f"more than {self.count - 1:,}"
        marked = f"{len(self.marks):,} marked · " if self.marks else ""
        return f"{marked}{first + 1:,}–{last + 1:,} of {total}" if self.count else ""

    # -- the user -----------------------------------------------------------------------------------------

    def command_rows_down(self) -> None:
        """One line down."""
        self.cursor += self._shape.columns

    def command_rows_up(self) -> None:
        """One line up; in the first one, stay."""
        if self.cursor >= self._shape.columns:
            self.cursor -= self._shape.columns

    def command_rows_page_down(self) -> None:
        """One screen down."""
        self._top += self._shape.lines
        self.cursor += self._shape.places

    def command_rows_page_up(self) -> None:
        """One screen up."""
        self._top -= self._shape.lines
        self.cursor -= self._shape.places

    def command_rows_first(self) -> None:
        """To the first asset."""
        self.cursor = 0

    def command_rows_last(self) -> None:
        """To the last asset."""
        self.cursor = self.count - 1

    def command_rows_open(self) -> None:
        """Open the asset under the cursor."""
        if self.count:
            self.post_message(self.Opened())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """One line down."""
        event.stop()
        self.command_rows_down()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """One line up."""
        event.stop()
        self.command_rows_up()

    def on_thumbnail_clicked(self, message: Thumbnail.Clicked) -> None:
        """Go there; mark with ctrl, mark a range with shift; a second click opens."""
        self.cursor = self._top * self._shape.columns + message.thumbnail.place
        event = message.event
        if event.ctrl:
            self.toggle_mark()
        elif event.shift:
            self.command_marks_range()
        elif event.chain == 2:
            self.command_rows_open()
