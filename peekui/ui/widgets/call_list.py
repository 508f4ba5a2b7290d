"""The calls of this session: those that wait for their turn above those that were made, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive

from peekui.ui.formats import size
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.row_cells import Cell, draw_cells, room_beside
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from rich.style import Style
    from textual.strip import Strip

    from peekui.api.budget import WaitingCall
    from peekui.api.calls import Call

__all__ = ["CallList"]

_NARROW_BELOW = 60
_FIRST_ERROR = 400


class CallList(RowView):
    """Draws calls; what is drawn was cut of keys and signatures before it came here."""

    made: reactive[tuple[Call, ...]] = reactive(())
    """Calls that were made, the newest first."""
    waiting: reactive[tuple[WaitingCall, ...]] = reactive(())
    """Calls that wait, in the order of their turns."""

    def watch_made(self) -> None:
        """Draw the new calls."""
        self._count()

    def watch_waiting(self) -> None:
        """Draw who waits now."""
        self._count()

    def call_at(self, index: int) -> Call | WaitingCall | None:
        """Give the call of a row, None below the last."""
        return next(iter((self.waiting + self.made)[index : index + 1]), None)

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw a call; the path takes the room the others leave."""
        if index < len(self.waiting):
            cells = _waiting_cells(self.waiting[index], width)
        else:
            cells = _made_cells(self.made[index - len(self.waiting)], width)
        return draw_cells(self, cells, width, style)

    def _count(self) -> None:
        self.row_count = len(self.waiting) + len(self.made)
        self.refresh()


def _waiting_cells(call: WaitingCall, width: int) -> list[Cell]:
    turn = f"in {call.seconds:.0f} s" if call.seconds >= 1 else "now"
    when = Cell(turn, 8, "busy")
    return [when, Cell(f"waits for its turn: {one_line(call.place.label)}", room_beside([when], width), "busy")]


def _made_cells(call: Call, width: int) -> list[Cell]:
    failed = bool(call.error) or (call.status or 0) >= _FIRST_ERROR
    left = [
        Cell(call.at.astimezone().strftime("%H:%M:%S"), 8, "dim"),
        Cell(str(call.status or "✗"), 3, "bad" if failed else "good"),
    ]
    right = [Cell(f"{call.milliseconds:,.0f} ms", 9, right=True)]
    if width >= _NARROW_BELOW:
        right.append(Cell(size(call.received), 8, "dim", right=True))
    return [*left, Cell(_what(call), room_beside([*left, *right], width)), *right]


def _what(call: Call) -> str:
    parts = [
        f"{call.method:<4} {one_line(call.path)}",
        one_line(call.error) if call.status is None else "",
        f"waited {call.waited:.0f} s" if call.waited >= 1 else "",
        f"attempt {call.attempt}" if call.attempt > 1 else "",
    ]
    return " · ".join(filter(None, parts))
