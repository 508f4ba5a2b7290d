"""The line at the top: where am I, how is the service doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["StatusBar"]


class StatusBar(Horizontal):
    """Breadcrumb on the left, latency and progress on the right."""

    crumbs: reactive[tuple[str, ...]] = reactive(())
    """Source, namespace, collections: from the outside in, as the server named them."""
    latency_ms: reactive[float | None] = reactive(None)
    """Of the newest call."""
    indexing: reactive[int] = reactive(0)
    """Files the embedded library has not indexed yet."""

    def compose(self) -> ComposeResult:
        """Two texts."""
        yield Static(id="status-place", markup=False)
        yield Static(id="status-health", markup=False)

    def watch_crumbs(self, crumbs: tuple[str, ...]) -> None:
        """Draw the place."""
        parts = [Content.styled("peekui", "bold $primary"), *(Content(one_line(crumb)) for crumb in crumbs)]
        arrow = Content.styled(" ▸ ", "dim")
        self._update("#status-place", arrow.join(parts))

    def watch_latency_ms(self) -> None:
        """Draw the state of the service."""
        self._draw_health()

    def watch_indexing(self) -> None:
        """Draw the state of the service."""
        self._draw_health()

    def _draw_health(self) -> None:
        words = []
        if self.indexing:
            words.append(f"⟳ indexing, {self.indexing:,} to go")
        if self.latency_ms is not None:
            words.append(f"{self.latency_ms:,.0f} ms")
        self._update("#status-health", Content("  ".join(words)))

    def _update(self, selector: str, text: Content) -> None:
        # Watchers fire once before the children are there.
        if self.is_mounted:
            self.query_one(selector, Static).update(text)

    def on_mount(self) -> None:
        """Draw what was set before."""
        self.watch_crumbs(self.crumbs)
        self._draw_health()
