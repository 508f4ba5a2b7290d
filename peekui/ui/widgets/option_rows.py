"""A few fixed things of which one is chosen, such as true or false."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import Binding
from textual.reactive import reactive
from textual.strip import Strip

from peekui.ui.columns import cut
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

__all__ = ["Option", "OptionRows"]


class Option(NamedTuple):
    """One of them.

    Attributes:
        text: What it is called.
        value: What it stands for.
        note: What is known of it.
    """

    text: str
    value: object
    note: str = ""


class OptionRows(RowView):
    """Draws all of them with a mark at the one that is chosen; Enter, Space or a click chooses."""

    BINDINGS: ClassVar[list[Any]] = [Binding("space", "run('rows.open')", show=False)]

    options: reactive[tuple[Option, ...]] = reactive(())
    """What there is to choose from."""
    chosen: reactive[int | None] = reactive(None)
    """Index of the one that is chosen, None while none is."""

    def show(self, options: tuple[Option, ...], value: object) -> None:
        """Draw options, with the mark at the one that stands for a value."""
        self.options = options
        self.chosen = next((index for index, option in enumerate(options) if option.value is value), None)

    def watch_options(self, options: tuple[Option, ...]) -> None:
        """Take as many lines as there are options."""
        self.row_count = len(options)
        self.styles.height = len(options)
        self.refresh()

    def watch_chosen(self, chosen: int | None) -> None:
        """Put mark and cursor there."""
        self.cursor = chosen or 0
        self.refresh()

    def click_row(self, index: int, event: events.Click) -> None:  # noqa: ARG002  (one click is enough)
        """Choose what was clicked."""
        self.cursor = index
        self.command_rows_open()

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw an option."""
        option = self.options[index]
        dim = style + self.get_component_rich_style("row-view--dim", partial=True)
        room = max(width - 2 - len(option.note), 1)
        segments = [
            Segment("● " if index == self.chosen else "○ ", style if index == self.chosen else dim),
            Segment(cut(option.text, room), style),
            Segment(option.note, dim),
        ]
        return Strip(segments).adjust_cell_length(width, style)
