"""A pane with a list of names, and a line to filter it by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.content import Content
from textual.widgets import Input

from peekui.ui.commands import Situation, Where
from peekui.ui.running import RunsCommands, bindings_for
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.notice import Tone
from peekui.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget

    from peekui.ui.widgets.name_list import NameList

__all__ = ["NamePane"]


class NamePane(RunsCommands, Pane):
    """Typing letters after `/` leaves only the names that have them; Enter goes to those, Esc shows all again."""

    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.NAMES)

    def __init__(self, names: NameList, *, title: str, id: str) -> None:  # noqa: A002  (Textual's word)
        """Frame a list of names."""
        super().__init__(names, title=title, id=id)
        self.names = names
        self.line = Input(placeholder="part of a name", compact=True, classes="name-line")
        self.line.display = False

    def parts(self) -> list[Widget]:
        """Give the line above the names."""
        return [self.line, *super().parts()]

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(names=bool(self.names.names), filtered=bool(self.names.wanted) or self.line.display)

    def command_names_filter(self) -> None:
        """Open the line."""
        self.line.display = True
        # Not `focus()`, which waits for its turn: the next key may be in the queue already.
        self.screen.set_focus(self.line)

    def command_names_unfilter(self) -> None:
        """List all names again."""
        self.line.value = ""
        self._close()

    def on_input_changed(self, event: Input.Changed) -> None:
        """List the names that have the letters."""
        event.stop()
        self.names.wanted = event.value.strip()
        self.border_subtitle = Content(f"/{one_line(self.names.wanted)}") if self.names.wanted else ""
        if self.names.listed or not self.names.names:
            self.show_body()
        else:
            self.say(Tone.EMPTY, "No name has these letters")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the names that are left."""
        event.stop()
        self._close()

    def on_key(self, event: events.Key) -> None:
        """Move on to the list from within the line."""
        if event.key == "down" and self.line.has_focus:
            event.stop()
            self._close()

    def take_focus(self) -> None:
        """Put the focus on the line while it is open."""
        if self.line.display:
            self.line.focus()
        else:
            super().take_focus()

    def _close(self) -> None:
        self.line.display = False
        self.take_focus()
