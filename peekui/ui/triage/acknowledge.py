"""A dialog that takes somebody's word that a cause of failure is known, and for how long that holds."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from peekui.triage.acknowledging import Acknowledgement
from peekui.ui.screens.closing import Dialog
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["AcknowledgeScreen"]


class AcknowledgeScreen(Dialog[Acknowledgement | None]):
    """Gives the acknowledgement, None when the user left."""

    CSS_PATH: ClassVar[Any] = "acknowledge.tcss"
    BINDINGS: ClassVar[list[Any]] = [Binding("escape", "dismiss(None)", "close")]

    def __init__(self, signature: str, count: int) -> None:
        """Take what is to be acknowledged.

        Args:
            signature: Which.
            count: Assets that have it now.
        """
        super().__init__()
        self._signature = signature
        self._count = count

    def compose(self) -> ComposeResult:
        """The signature, and three lines to fill in."""
        with Vertical(id="acknowledge-box") as box:
            box.border_title = "A known cause"
            box.border_subtitle = "Enter remembers it · Tab next line · Esc leaves"
            yield Static(one_line(self._signature), id="acknowledge-what", markup=False)
            yield from _line("Until", "until", "a day such as 2027-01-31; empty for no end")
            yield from _line("At most", "most", "so many assets; empty for any number", str(self._count))
            yield from _line("Note", "note", "why it may wait")
            yield Static(id="acknowledge-wrong", markup=False)

    def on_mount(self) -> None:
        """Begin with the day."""
        self.query_one("#acknowledge-until", Input).focus()

    def on_input_submitted(self) -> None:
        """Give what was filled in, or say what is wrong with it."""
        texts = {
            name: self.query_one(f"#acknowledge-{name}", Input).value.strip() for name in ("until", "most", "note")
        }
        try:
            until = _end_of(texts["until"])
            most = int(texts["most"].replace(",", "")) if texts["most"] else None
        except ValueError:
            wrong = "“Until” takes a day such as 2027-01-31, “at most” a whole number."
            self.query_one("#acknowledge-wrong", Static).update(Content.styled(wrong, "$text-error"))
            return
        self.dismiss(Acknowledgement(self._signature, datetime.now(UTC), texts["note"], until, most))


def _end_of(day: str) -> datetime | None:
    """Give the last moment of a day, in the time of this machine; raises ValueError where it is none."""
    return datetime.combine(datetime.fromisoformat(day).date(), time.max).astimezone() if day else None


def _line(label: str, name: str, hint: str, value: str = "") -> ComposeResult:
    with Horizontal():
        yield Static(label, classes="acknowledge-label")
        yield Input(value, placeholder=hint, id=f"acknowledge-{name}", compact=True)
