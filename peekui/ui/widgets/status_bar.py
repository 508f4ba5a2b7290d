"""The line at the top: where am I, how is the service doing."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from peekui.ui.untrusted import one_line

__all__ = ["StatusBar"]

_GAP = 2
"""Cells kept free between the two sides."""


class StatusBar(Widget):
    """Breadcrumb on the left, latency and progress on the right.

    One widget that draws both: every widget more would be paid for in the first frame.
    """

    crumbs: reactive[tuple[str, ...]] = reactive(())
    """Source, namespace, collections: from the outside in, as the server named them."""
    latency_ms: reactive[float | None] = reactive(None)
    """Of the newest call."""
    indexing: reactive[int] = reactive(0)
    """Files the embedded library has not indexed yet."""

    def render(self) -> Content:
        """Draw the line: the breadcrumb gives way where there is no room for both."""
        health = self._health()
        room = max(self.size.width - health.cell_length - _GAP, 0)
        place = self._place().truncate(room, ellipsis=True, pad=True)
        return Content.assemble(place, " " * _GAP, health)

    def _place(self) -> Content:
        parts = [Content.styled("peekui", "bold $primary"), *(Content(one_line(crumb)) for crumb in self.crumbs)]
        return Content.styled(" ▸ ", "dim").join(parts)

    def _health(self) -> Content:
        words = []
        if self.indexing:
            words.append(f"⟳ indexing, {self.indexing:,} to go")
        if self.latency_ms is not None:
            words.append(f"{self.latency_ms:,.0f} ms")
        return Content.styled("  ".join(words), "$foreground 60%")
