"""The line at the top: where am I, how is the service doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from peekui.ui import formats
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from textual.timer import Timer

    from peekui.ui.session import Session

__all__ = ["StatusBar"]

_GAP = 2
"""Cells kept free between the two sides."""
_TICK = 1.0
"""Seconds between two drawings while a time is on show that goes on."""


class StatusBar(Widget):
    """Breadcrumb on the left; calls that are left, latency and progress on the right.

    One widget that draws both: every widget more would be paid for in the first frame.
    """

    crumbs: reactive[tuple[str, ...]] = reactive(())
    """Source, namespace, collections: from the outside in, as the server named them."""
    indexing: reactive[int] = reactive(0)
    """Files the embedded library has not indexed yet."""
    watching: reactive[str] = reactive("")
    """How the search on show is watched; empty where it is not."""
    rows_from: reactive[datetime | None] = reactive(None)
    """When the rows on show came, while the service cannot be reached; None while it can."""

    class Waiting(Message):
        """A call waits for its turn, for so many seconds more; None once no call does."""

        def __init__(self, seconds: float | None) -> None:
            super().__init__()
            self.seconds = seconds

    def __init__(self, session: Session) -> None:
        """Take whose calls to tell of."""
        super().__init__()
        self._session = session
        self._forget: list[Callable[[], None]] = []
        self._timer: Timer | None = None
        self._waits = False

    def on_mount(self) -> None:
        """Follow the calls."""
        self._timer = self.set_interval(_TICK, self._draw, pause=True)
        self._follow()
        self._forget.append(self._session.on_change(self._follow))

    def on_unmount(self) -> None:
        """Follow no longer."""
        for forget in self._forget:
            forget()

    def _follow(self) -> None:
        client = self._session.connected
        if client:
            self._forget += [client.calls.on_change(self._draw), client.budget.on_change(self._draw)]
        self._draw()

    def _draw(self) -> None:
        self.refresh()
        budget = self._session.budget
        waiting = budget.waiting if budget else ()
        if waiting or self._waits:
            self.post_message(self.Waiting(waiting[0].seconds if waiting else None))
        self._waits = bool(waiting)
        if self._timer:
            goes_on = self.rows_from is not None or bool(waiting) or (budget is not None and budget.stopped_for)
            (self._timer.resume if goes_on else self._timer.pause)()

    def watch_rows_from(self) -> None:
        """Let the age of the rows go on."""
        self._draw()

    def render(self) -> Content:
        """Draw the line: the breadcrumb gives way where there is no room for both."""
        health = Content("  ").join(self._health())
        room = max(self.size.width - health.cell_length - _GAP, 0)
        place = self._place().truncate(room, ellipsis=True, pad=True)
        return Content.assemble(place, " " * _GAP, health)

    def _place(self) -> Content:
        parts = [Content.styled("peekui", "bold $primary"), *(Content(one_line(crumb)) for crumb in self.crumbs)]
        return Content.styled(" ▸ ", "dim").join(parts)

    def _health(self) -> Iterator[Content]:
        if self.rows_from is not None:
            yield Content.styled(f"✗ offline, rows are {formats.age(self.rows_from)} old", "bold $text-error")
        if self.watching:
            yield Content.styled(f"◉ {self.watching}", "$text-accent")
        if self.indexing:
            yield Content.styled(f"⟳ indexing, {self.indexing:,} to go", "$foreground 60%")
        yield from self._budget()
        if self._session.latency_ms is not None:
            yield Content.styled(f"{self._session.latency_ms:,.0f} ms", "$foreground 60%")

    def _budget(self) -> Iterator[Content]:
        budget = self._session.budget
        if budget is None:
            return
        if budget.waiting:
            seconds = budget.waiting[0].seconds
            many = f"{len(budget.waiting)} calls wait" if len(budget.waiting) > 1 else "1 call waits"
            yield Content.styled(f"◔ {many}, {seconds:.0f} s", "bold $text-warning")
        elif budget.stopped_for:
            yield Content.styled(f"◔ the service wants a pause, {budget.stopped_for:.0f} s", "bold $text-warning")
        if budget.limit is not None:
            learnt = " (learnt)" if budget.learnt else ""
            style = "$foreground 60%" if budget.left else "$text-warning"
            yield Content.styled(f"{budget.left}/{budget.limit} calls{learnt}", style)
