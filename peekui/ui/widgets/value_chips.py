"""The values of a list, side by side, each with a cross that takes it out."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from peekui.ui.columns import cut
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual import events
    from textual.geometry import Size

__all__ = ["ValueChips"]

_CROSS = " ×"
_LONGEST = 24
_MOST_LINES = 3


class _Chip(NamedTuple):
    place: int
    line: int
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + cell_len(self.text)


class ValueChips(Widget, can_focus=True):
    """Draws values; a click on a cross takes one out, and so does Delete on the one under the cursor."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("left,h", "step(-1)", show=False),
        Binding("right,l", "step(1)", show=False),
        Binding("delete,backspace,d,x", "remove", show=False),
    ]

    values: reactive[tuple[str, ...]] = reactive((), layout=True)
    """As they are written."""
    cursor: reactive[int] = reactive(0)
    """Index of the one that a key would take out."""

    class Removed(Message):
        """A value is to be taken out."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  (Textual's)
        """Take a line for every so many, three at most."""
        chips = list(_laid_out(self.values, width))
        return min(chips[-1].line + 1, _MOST_LINES) if chips else 0

    def render(self) -> Content:
        """Draw the lines around the cursor."""
        chips = list(_laid_out(self.values, self.size.width))
        first = self._first_line(chips)
        lines = [list(line) for number, line in groupby(chips, key=lambda chip: chip.line) if number >= first]
        return Content("\n").join(Content(" ").join(map(self._draw, line)) for line in lines[:_MOST_LINES])

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a value."""
        return max(0, min(cursor, len(self.values) - 1))

    def watch_values(self) -> None:
        """Keep the cursor on a value."""
        self.cursor = self.validate_cursor(self.cursor)

    def action_step(self, step: int) -> None:
        """Go to the next value, or to the one before."""
        self.cursor += step

    def action_remove(self) -> None:
        """Take out the value under the cursor."""
        if self.values:
            self.post_message(self.Removed(self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on a value, or take it out by its cross."""
        chips = list(_laid_out(self.values, self.size.width))
        line = event.y + self._first_line(chips)
        hit = next((chip for chip in chips if chip.line == line and chip.start <= event.x < chip.end), None)
        if hit is None:
            return
        self.cursor = hit.place
        if event.x >= hit.end - len(_CROSS):
            self.action_remove()

    def _first_line(self, chips: Sequence[_Chip]) -> int:
        return max(0, chips[self.cursor].line - _MOST_LINES + 1) if chips else 0

    def _draw(self, chip: _Chip) -> Content:
        here = self.has_focus and chip.place == self.cursor
        style = "$block-cursor-foreground on $block-cursor-background" if here else "on $secondary 30%"
        return Content(chip.text).stylize("dim", len(chip.text) - 1).stylize(style)


def _laid_out(values: Sequence[str], width: int) -> Iterator[_Chip]:
    line = start = 0
    for index, value in enumerate(values):
        shown = one_line(value[: 2 * _LONGEST])
        text = cut(shown, min(cell_len(shown), _LONGEST, max(width - len(_CROSS) - 1, 1)))
        chip = f" {text}{_CROSS}"
        if start and start + cell_len(chip) > width:
            line, start = line + 1, 0
        yield _Chip(index, line, start, chip)
        start += cell_len(chip) + 1
