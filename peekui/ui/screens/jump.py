"""Jump mode: a letter on everything that can have the focus; typing one goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.widgets import Static

from peekui.ui.screens.closing import Dialog

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.screen import Screen
    from textual.widget import Widget

__all__ = ["JumpScreen"]

_LETTERS = "asdfjklghqwertyuiopzxcvbnm"
"""The home row first; what is more on a screen than these is reached from its neighbours."""


class JumpScreen(Dialog[None]):
    """Lies over a screen, letters where the targets are; the screen below gets the focus it was told."""

    CSS_PATH = "jump.tcss"
    BINDINGS: ClassVar[list[Any]] = [Binding("escape", "dismiss", "close")]

    def __init__(self, below: Screen[Any]) -> None:
        """Take the screen to jump in."""
        super().__init__()
        self._size = below.size
        self._targets = dict(zip(_LETTERS, _targets(below), strict=False))

    def compose(self) -> ComposeResult:
        """A label in the upper left corner of each target."""
        for letter, widget in self._targets.items():
            label = Static(f" {letter} ", classes="jump-letter", markup=False)
            label.styles.offset = widget.region.offset
            yield label

    def on_resize(self, event: events.Resize) -> None:
        """Close when the letters would no longer be where the targets are."""
        if event.size != self._size:
            self.dismiss()

    def on_key(self, event: events.Key) -> None:
        """Go where the letter is; any other key stays."""
        target = self._targets.get(event.character or "")
        if target is not None:
            event.stop()
            self.dismiss()
            target.focus()


def _targets(screen: Screen[Any]) -> list[Widget]:
    """Give what can have the focus and is in view, from top to bottom, then from left to right."""
    in_view = [widget for widget in screen.focus_chain if widget.region.area and widget.region.overlaps(screen.region)]
    return sorted(in_view, key=lambda widget: (widget.region.y, widget.region.x))
