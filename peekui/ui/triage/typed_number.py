"""A dialog that has the number of assets typed in before they are deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from peekui.ui.screens.closing import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["TypedNumberScreen"]


class TypedNumberScreen(Dialog[bool]):
    """Gives whether just that number was typed."""

    CSS_PATH: ClassVar[Any] = "typed_number.tcss"
    BINDINGS: ClassVar[list[Any]] = [Binding("escape", "dismiss(False)", "close")]

    def __init__(self, deletes: int, cost: str) -> None:
        """Take how many assets are to be deleted, and what that costs."""
        super().__init__()
        self._deletes = deletes
        self._cost = cost

    def compose(self) -> ComposeResult:
        """The question, and a line for the number."""
        with Vertical(id="number-box") as box:
            box.border_title = f"Delete {self._deletes:,} assets"
            box.border_subtitle = "Enter deletes · Esc leaves all as it is"
            text = "What is deleted cannot be brought back from here. Each asset is read again first.\n"
            yield Static(f"{text}At most {self._cost}.", id="number-text", markup=False)
            yield Input(placeholder="the number of assets", id="number-line", compact=True)
            yield Static(id="number-wrong", markup=False)

    def on_mount(self) -> None:
        """Begin with the number."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on only with the right number."""
        if event.value.strip() == str(self._deletes):
            self.dismiss(result=True)
        else:
            wrong = "That is not their number: nothing was done."
            self.query_one("#number-wrong", Static).update(Content.styled(wrong, "$text-error"))
