"""An input for a search: it underlines what is wrong, completes from earlier lines, and hides keys that are pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.highlighter import Highlighter
from textual.message import Message
from textual.reactive import reactive
from textual.suggester import Suggester
from textual.widgets import Input

from peekui.api.redaction import redact
from peekui.ui.untrusted import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from rich.text import Text
    from textual import events

__all__ = ["SearchInput"]


class SearchInput(Input, inherit_bindings=False):
    """Holds one line of text. Something that is no line takes the place of all of it when it is pasted."""

    # Enter is a command, with a key of its own.
    BINDINGS: ClassVar[list[Any]] = [one for one in Input.BINDINGS if getattr(one, "key", "") != "enter"]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"search-input--fault"}

    fault: reactive[int | None] = reactive(None)
    """Offset of the character that is wrong; the text's length for its end."""

    class Edited(Message):
        """The user changed the text."""

    def __init__(self, *, placeholder: str) -> None:
        """Take what to say while there is no text."""
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False, highlighter=_Underline(self))
        self._written = ""
        self._shown = self._pasted = ""

    @property
    def hides(self) -> bool:
        """Whether something of what was pasted is not shown: the key of a command, or what signs a URL."""
        return self._shown != self._pasted and self.value == self._shown

    @property
    def whole(self) -> str:
        """The text, with what is not shown of it."""
        return self._pasted if self.hides else self.value

    def put(self, text: str) -> None:
        """Put a text in, which is not an edit of the user's."""
        self._written = text
        self._shown = self._pasted = ""
        self.write(text, len(text))

    def write(self, text: str, cursor: int) -> None:
        """Put a text in, as if the user had typed it."""
        self.value = text
        self.cursor_position = 0  # Textual scrolls only where it moves, and the first text moves it unseen
        self.cursor_position = cursor

    def complete_from(self, earlier: Sequence[str]) -> None:
        """Complete from lines, the newest first."""
        self.suggester = _FromLines(earlier)

    def watch_fault(self) -> None:
        """Draw it."""
        self.refresh()

    def fault_style(self) -> Style:
        """Give the style of the character that is wrong."""
        return self.get_component_rich_style("search-input--fault", partial=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell edits of the user's from texts that were put in."""
        event.stop()
        if self.value != self._written:
            self._written = self.value
            self.post_message(self.Edited())

    def on_paste(self, event: events.Paste) -> None:
        """Make one safe line of what was pasted."""
        event.stop()
        event.prevent_default()
        self._take_in(event.text)

    def action_paste(self) -> None:
        """Paste what was cut or copied in this terminal."""
        self._take_in(self.app.clipboard)

    def action_end(self, select: bool = False) -> None:
        """Go to the end; from there take what completes the line."""
        if self.cursor_at_end and not select:
            self.action_cursor_right()
        else:
            super().action_end(select)

    def _take_in(self, text: str) -> None:
        line = _in_one_line(visible(text))
        if not _stands_alone(line):
            self.replace(line, *sorted(self.selection))
            return
        self._pasted = line
        self._shown = line if line.startswith(("{", "[")) else redact(line)  # JSON has no place for a key
        self.write(self._shown, len(self._shown))


class _FromLines(Suggester):
    """Completes a text to the first line that begins with it."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._lines = lines

    async def get_suggestion(self, value: str) -> str | None:
        """Give the line."""
        return next((line for line in self._lines if line.startswith(value)), None) if value.strip() else None


class _Underline(Highlighter):
    """Styles the character that is wrong, or the place where one is missing."""

    def __init__(self, line: SearchInput) -> None:
        self._line = line

    def highlight(self, text: Text) -> None:
        """Style it."""
        fault = self._line.fault
        if fault is None:
            return
        if fault >= len(text):
            text.pad_right(1)
        text.stylize(self._line.fault_style(), fault, fault + 1)


def _in_one_line(text: str) -> str:
    """Join lines; a backslash at the end of one says in a shell that the next belongs to it."""
    return " ".join(line.removesuffix("\\").strip() for line in text.strip().splitlines())


def _stands_alone(line: str) -> bool:
    from peekui.search.pasted import BadPaste, recognise  # noqa: PLC0415  (when it is needed)

    try:
        return recognise(line) is not None
    except BadPaste:
        return True
