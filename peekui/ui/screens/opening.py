"""The first frame: where peekui is going. The browser, and all it needs, is imported once that was painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.screen import Screen

from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["OpeningScreen"]


class OpeningScreen(Screen[None]):
    """Says what is being opened; what is pushed over it stays there."""

    def __init__(self, name: str, starting: str, go_on: Callable[[], Awaitable[None]]) -> None:
        """Take what to say.

        Args:
            name: Of what is opened.
            starting: What is waited for.
            go_on: Called after the first frame.
        """
        super().__init__()
        self._name_shown = name
        self._starting = starting
        self._go_on = go_on

    def on_mount(self) -> None:
        """Go on once this was painted."""
        self.call_after_refresh(self._go_on)

    def render(self) -> Content:
        """Draw the first line as the browser's status bar begins, and what is waited for."""
        place = Content.assemble(" ", ("peekui", "bold $primary"), (" ▸ ", "dim"), one_line(self._name_shown))
        return Content("\n\n").join([place, Content.styled(f" … {one_line(self._starting)}", "$foreground 60%")])
