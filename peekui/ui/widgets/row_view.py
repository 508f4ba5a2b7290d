"""A scrolling list drawn line by line: the cost of a frame is that of the rows in view, whatever their number."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from peekui.ui.commands import Where
from peekui.ui.running import RunsCommands, bindings_for

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.scrollbar import ScrollTo

__all__ = ["RowView"]


class RowView(RunsCommands, ScrollView, can_focus=True):
    """Base of the asset table and of the lists of names: rows of one line, a cursor, keys and mouse.

    A subclass draws a row in `draw_row` and sets `row_count`.
    """

    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.ROWS)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-view--cursor",
        "row-view--dim",
        "row-view--good",
        "row-view--bad",
        "row-view--busy",
        "row-view--mark",
    }

    _base: Style

    row_count: reactive[int] = reactive(0)
    """Rows there are, drawn or not."""
    cursor: reactive[int] = reactive(0)
    """Index of the row under the cursor; 0 when there are none."""

    class Highlighted(Message):
        """The cursor came to rest on another row."""

        def __init__(self, view: RowView, index: int) -> None:
            super().__init__()
            self.view = view
            self.index = index

        @property
        def control(self) -> RowView:
            """The list it happened in."""
            return self.view

        @property
        def there(self) -> bool:
            """Whether the row still is: the list may have become shorter before this was read."""
            return self.index < self.view.row_count

    class Opened(Highlighted):
        """Enter or a click on the row under the cursor."""

    @abstractmethod
    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw one row.

        Args:
            index: From 0, below `row_count`.
            width: Cells to fill.
            style: Of the row as a whole: background, and the cursor's colours where it is there.

        Returns:
            A strip of exactly that width.
        """

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the visible part, all of it in the style of now."""
        self._base = self.rich_style  # worked out from all that is around it: once a frame, not once a line
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the visible part."""
        width = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        base = self._base
        if index >= self.row_count:
            return Strip.blank(width, base)
        if index == self.cursor:
            base += self.get_component_rich_style("row-view--cursor", partial=True)
        return self.draw_row(index, width, base)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, self.row_count - 1))

    def watch_row_count(self, count: int) -> None:
        """Follow with the scrollable size and the cursor."""
        # The width is never scrolled: 1 keeps the horizontal scrollbar away at every size.
        self.virtual_size = Size(1, count)
        self.cursor = self.validate_cursor(self.cursor)
        self.refresh()

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two rows that changed and bring the new one into view."""
        self.refresh_row(before)
        self.refresh_row(after)
        self._show(after)
        self.post_message(self.Highlighted(self, after))

    def in_view(self) -> tuple[int, int]:
        """Give the first and the last row in view."""
        first = self.scroll_offset.y
        return first, max(min(first + max(self.size.height, 1), self.row_count) - 1, first)

    def refresh_row(self, index: int) -> None:
        """Draw a row again where it is in view."""
        y = index - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _show(self, index: int) -> None:
        top, height = self.scroll_offset.y, max(self.scrollable_content_region.height, 1)
        if index < top:
            self.scroll_to(y=index, animate=False)
        elif index >= top + height:
            self.scroll_to(y=index - height + 1, animate=False)

    def on_resize(self) -> None:
        """Keep the cursor in view when the space changes."""
        self._show(self.cursor)

    def command_rows_down(self) -> None:
        """One row down."""
        self.cursor += 1

    def command_rows_up(self) -> None:
        """One row up."""
        self.cursor -= 1

    def command_rows_page_down(self) -> None:
        """One screen down."""
        self.cursor += max(self.scrollable_content_region.height - 1, 1)

    def command_rows_page_up(self) -> None:
        """One screen up."""
        self.cursor -= max(self.scrollable_content_region.height - 1, 1)

    def command_rows_first(self) -> None:
        """To the first row."""
        self.cursor = 0

    def command_rows_last(self) -> None:
        """To the last row."""
        self.cursor = self.row_count - 1

    def command_rows_open(self) -> None:
        """Open what is under the cursor."""
        if self.row_count:
            self.post_message(self.Opened(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Do what a click on a row does."""
        index = self.scroll_offset.y + event.y
        if 0 <= event.y < self.scrollable_content_region.height and index < self.row_count:
            self.click_row(index, event)

    def click_row(self, index: int, event: events.Click) -> None:
        """Put the cursor where the click was; a second click there opens."""
        self.cursor = index
        if event.chain == 2:
            self.command_rows_open()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Scroll; the scrollbar is drawn again only where that moves its grip."""
        if self._grip(old_value) == self._grip(new_value):
            self.vertical_scrollbar.set_reactive(ScrollBar.position, new_value)
        super().watch_scroll_y(old_value, new_value)

    def _grip(self, top: float) -> int:
        """Say where the scrollbar's grip begins, in what it is drawn in: eighths of a cell."""
        height = self.scrollable_content_region.height
        return int(top * height * 8 / max(self.row_count, 1))

    def on_scroll_to(self, event: ScrollTo) -> None:
        """Follow the scrollbar's grip at once, to the very ends.

        The grip is at least one cell long, which Textual does not reckon with: of ten million rows a drag from end to
        end would leave out the last screenful of grip. Nor is there anything to see on the way there.
        """
        event.prevent_default()
        event.stop()
        height = self.scrollable_content_region.height
        if event.y is None or not 0 < height < self.row_count:
            return
        start = self.vertical_scrollbar.grabbed_position
        cells = (event.y - start) * height / self.row_count
        grip = max(1.0, height * height / self.row_count)
        rows_a_cell = (self.row_count - height) / max(height - grip, 1)
        self.scroll_to(y=round(start + cells * rows_a_cell), animate=False)
