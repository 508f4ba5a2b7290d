"""An area to type a filter in: what is wrong is underlined, and what can come next is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Span
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import TextArea

from peekui.browse.suggestions import Suggestions
from peekui.ui.commands import Situation, Where
from peekui.ui.running import RunsCommands, bindings_for
from peekui.ui.untrusted import visible

if TYPE_CHECKING:
    from rich.text import Text
    from textual import events

__all__ = ["FilterArea"]


class FilterArea(RunsCommands, TextArea):
    """Holds the text, the place of what is wrong with it, and what is offered to go on with."""

    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.FILTER_TEXT)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"filter-area--fault"}

    fault: reactive[int | None] = reactive(None)
    """Offset of the character that is wrong; the text's length for its end."""
    offers: reactive[Suggestions] = reactive(Suggestions(0, 0))
    """What can stand at the cursor."""
    picked: reactive[int] = reactive(0)
    """Which of them is taken next."""

    class Edited(Message):
        """The user changed the text."""

    def __init__(self, *, placeholder: str = "") -> None:
        """Take what to say while there is no text."""
        super().__init__(soft_wrap=True, compact=True, highlight_cursor_line=False, placeholder=placeholder)
        self._written = ""
        self._cursor_at = self.cursor_location

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(offers=bool(self.offers.choices))

    @property
    def cursor_index(self) -> int:
        """Offset of the cursor in the text."""
        return len(self.get_text_range((0, 0), self.cursor_location))

    def write(self, text: str) -> None:
        """Put another text in, which is not an edit of the user's; Ctrl+Z in the area still goes back behind it."""
        self.close_offers()
        if text == self.text:
            return
        self._written = text
        self.history.checkpoint()
        self.replace(text, self.document.start, self.document.end)
        if not self.has_focus:
            self.move_cursor((0, 0))

    def write_as_user(self, text: str, cursor: int | None = None) -> None:
        """Put another text in, as if the user had typed it.

        Args:
            text: The text, from anywhere.
            cursor: Offset where the cursor goes; None leaves it.
        """
        self.replace(visible(text), self.document.start, self.document.end)
        if cursor is not None:
            self.move_cursor(_location(self.text, cursor))

    def get_line(self, line_index: int) -> Text:
        """Give a line as it is drawn: the character that is wrong is underlined, or the place where one is missing."""
        line = super().get_line(line_index)
        if self.fault is not None:
            row, column = _location(self.text, self.fault)
            if row == line_index:
                style = self.get_component_rich_style("filter-area--fault", partial=True)
                line.spans = [*line.spans, Span(column, column + 1, style)]
        return line

    def watch_fault(self) -> None:
        """Draw the lines anew: the area keeps those whose text is the same."""
        self.notify_style_update()
        self.refresh()

    def on_text_area_changed(self) -> None:
        """Tell the user's edits from what was written."""
        self._cursor_at = self.cursor_location
        if self.text != self._written:
            self._written = self.text
            self.post_message(self.Edited())

    def on_text_area_selection_changed(self) -> None:
        """Offer nothing where the cursor was only moved to."""
        if self.text == self._written and self.cursor_location != self._cursor_at:
            self.close_offers()

    def on_paste(self, event: events.Paste) -> None:
        """Make visible what would act on a terminal, before it is in the text."""
        event.text = visible(event.text)

    def action_cursor_down(self, select: bool = False) -> None:
        """Move the cursor, or go to the next offer from the last line."""
        if not select and self.offers.choices and self.cursor_at_last_line:
            self.picked = min(self.picked + 1, len(self.offers.choices) - 1)
        else:
            super().action_cursor_down(select)

    def action_cursor_up(self, select: bool = False) -> None:
        """Move the cursor, or go to the offer before."""
        if not select and self.offers.choices and self.picked:
            self.picked -= 1
        else:
            super().action_cursor_up(select)

    def command_text_complete(self) -> None:
        """Take the offer."""
        self.take(self.picked)

    def take(self, index: int) -> None:
        """Put an offer in place of the word at the cursor."""
        text, cursor = self.offers.taken(self.text, index)
        self.write_as_user(text, cursor)

    def close_offers(self) -> None:
        """Offer nothing until the next edit."""
        self.offers, self.picked = Suggestions(0, 0), 0


def _location(text: str, offset: int) -> tuple[int, int]:
    """Give line and column of an offset, both from 0."""
    before = text[:offset]
    return before.count("\n"), len(before) - (before.rfind("\n") + 1)
