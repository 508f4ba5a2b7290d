"""The segments of a film or a sound along a line, drawn to scale; the one under the cursor stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from peekui.browse.inspecting.timeline import Timeline, clock

if TYPE_CHECKING:
    from textual import events

__all__ = ["TimelineStrip"]

_LEVELS = "▁▂▃▄▅▆▇█"
_GAP = "·"
_POINTER, _SPAN = "▲", "━"


class TimelineStrip(Widget):
    """Draws a line of segments, and below it what is under the cursor; a click on a segment is posted."""

    timeline: reactive[Timeline] = reactive(lambda: Timeline(()))
    """What is drawn."""
    current: reactive[int] = reactive(0)
    """Index of the segment under the cursor."""

    class Chosen(Message):
        """A segment was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def render(self) -> Content:
        """Draw both lines."""
        start, end = self._ends()
        cells = self.timeline.cells(self._width())
        strip = Content.assemble((start, "dim"), *map(self._cell, cells), (end, "dim"))
        return Content("\n").join([strip, self._pointer(len(start), cells)])

    def on_click(self, event: events.Click) -> None:
        """Choose the segment that was clicked."""
        start, _ = self._ends()
        cells = self.timeline.cells(self._width())
        place = event.x - self.gutter.left - len(start)
        index = cells[place] if event.y == 0 and 0 <= place < len(cells) else None
        if index is not None:
            self.post_message(self.Chosen(index))

    def _ends(self) -> tuple[str, str]:
        return f"{clock(0)} ", f" {clock(self.timeline.length)}"

    def _width(self) -> int:
        return max(self.size.width - sum(map(len, self._ends())), 1)

    def _cell(self, index: int | None) -> tuple[str, str]:
        segment = self.timeline.segments[index] if index is not None else None
        if index is None or segment is None:
            return _GAP, "dim"
        glyph = "█" if segment.level is None else _LEVELS[round(segment.level * (len(_LEVELS) - 1))]
        # Neighbours differ in colour, or one could not see where one ends.
        style = "$accent" if index == self.current else "$primary" if index % 2 else "$secondary"
        return glyph, style

    def _pointer(self, margin: int, cells: list[int | None]) -> Content:
        segments = self.timeline.segments
        segment = segments[self.current] if self.current < len(segments) else None
        if segment is None:
            return Content.styled("no times are known of this one", "dim")
        own = [place for place, index in enumerate(cells) if index == self.current]
        place = own[0] if own else self.timeline.cell_of(segment.start, len(cells))
        marks = _SPAN * len(own) if len(own) > 1 else _POINTER
        said = f"{clock(segment.start, tenths=True)}–{clock(segment.end, tenths=True)}"
        room = len(cells) + margin - place - len(marks)
        line = f"{marks} {said}" if room > len(said) else f"{said} {marks}"
        lead = margin + place if room > len(said) else margin + place - len(said) - 1
        return Content.assemble(" " * max(lead, 0), (line, "$accent"))
