"""The line of the search: all that is asked, as one text to edit, with what can be typed next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.widgets.input import Selection

from peekui.browse.suggestions import Suggestions
from peekui.filters.schema import Schema
from peekui.ui.commands import Situation, Where
from peekui.ui.running import RunsCommands, bindings_for
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.key_bar import draw_keys
from peekui.ui.widgets.offer_list import NOTHING_CHOSEN, OfferList
from peekui.ui.widgets.search_input import SearchInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from peekui.ui.entered import Entered
    from peekui.ui.widgets.row_view import RowView

__all__ = ["LineAids", "SearchLine"]

_PLACEHOLDER = "words  field = value  in: key: sort: select: size:"
_MOST_OFFERS = 8
"""Rows of the list."""
_MOST_TYPED = 50
"""Lines that were typed and left, or run, in this sitting."""


@dataclass(frozen=True, slots=True)
class LineAids:
    """What helps to type a line; it comes a moment after the line was opened.

    Attributes:
        schema: Fields, and values seen in them.
        collections: Names of the collections.
        earlier: Lines that were searched for, the newest first.
    """

    schema: Schema = field(default_factory=Schema)
    collections: Sequence[str] = ()
    earlier: Sequence[str] = ()


class SearchLine(RunsCommands, Vertical):
    """Holds the text, says what is wrong with it or what it is, and offers what can come next.

    Nothing that was typed is lost: what was left or could not be answered is the first that Up goes back to.
    """

    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.FILTER_TEXT, Where.LINE)

    class Submitted(Message):
        """The user wants what stands in the line.

        Attributes:
            text: All of it.
        """

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """The user left the line."""

    def __init__(self) -> None:
        """Make an empty line, closed."""
        super().__init__(id="search")
        self.input = SearchInput(placeholder=_PLACEHOLDER)
        self.remark = Static(classes="remark", markup=False)
        self.offers = OfferList()
        self.display = self.remark.display = self.offers.display = False
        self._read: Callable[[str], Entered] | None = None
        self._aids = LineAids()
        self._opened = ""
        self._typed: list[str] = []
        self._recall = _Recall("", ())
        self._suggestions = Suggestions(0, 0)
        self._said = ("", "")

    def compose(self) -> ComposeResult:
        """The text, the list over what is below, the remark."""
        yield self.input
        yield self.remark
        yield self.offers

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(offers=bool(self.offers.offers))

    @property
    def value(self) -> str:
        """What stands in the line, with all that was pasted."""
        return self.input.whole

    # -- opening and closing ------------------------------------------------------------------------------

    def open(self, line: str, selection: tuple[int, int], read: Callable[[str], Entered]) -> None:
        """Show the line of a place; a line that is open already keeps what was typed in it.

        Args:
            line: That says what is asked now.
            selection: From where to where in it is selected: what is typed takes its place.
            read: Says what a text asks for; raises `Refused`.
        """
        if not self.display or self.value == self._opened:
            self.display = True
            self._read, self._opened = read, line
            self._put(line)
            self._recall = _Recall(line, self._recallable())
            self.input.selection = Selection(*selection)
        # Not `focus()`, which waits for its turn: the next key may be in the queue already.
        self.screen.set_focus(self.input)

    def aid(self, aids: LineAids) -> None:
        """Take what helps to type; what is typed by now is offered more."""
        self._aids = aids
        self._recall.lines = self._recallable()
        self.input.complete_from(aids.earlier)
        if self.offers.offers:
            self._offer()

    def close(self) -> None:
        """Hide the line; what was typed can be gone back to when it is opened again."""
        text = self.value
        if text.strip() and text != self._opened and not self.input.hides:
            self._typed = [text, *(line for line in self._typed if line != text)][:_MOST_TYPED]
        self.display = False
        self._put("")

    def refuse(self, reason: str, position: int | None = None) -> None:
        """Say why the text cannot be run.

        Args:
            reason: Without a full stop.
            position: Offset of the character it is wrong at.
        """
        self._close_offers()
        self._say(f"✗ {reason}", "$text-error", position)

    # -- typing -------------------------------------------------------------------------------------------

    def on_search_input_edited(self, event: SearchInput.Edited) -> None:
        """Say what was recognised or is wrong, and offer what can come next."""
        event.stop()
        self._recall = _Recall(self.input.value, self._recallable())
        self._remark()
        self._offer()

    def command_line_run(self) -> None:
        """Take the offer that was gone to, or ask for what stands in the line."""
        if self.offers.cursor != NOTHING_CHOSEN:
            self._take(self.offers.cursor)
        else:
            self.post_message(self.Submitted(self.value))

    def on_row_view_opened(self, message: RowView.Opened) -> None:
        """Take the offer that was clicked."""
        message.stop()
        self._take(message.index)

    def on_descendant_blur(self) -> None:
        """Offer nothing while something else has the focus."""
        self._close_offers()

    def command_text_complete(self) -> None:
        """Take the offer that was gone to, or the first."""
        self._take(max(self.offers.cursor, 0))

    def command_line_up(self) -> None:
        """Go to the offer above; to the search before, where nothing is offered."""
        if self.offers.offers:
            self.offers.command_rows_up()
        else:
            self._show(self._recall.older(self.input.value))

    def command_line_down(self) -> None:
        """Go to the offer below; to the search after, where nothing is offered."""
        if self.offers.offers:
            self.offers.command_rows_down()
        else:
            self._show(self._recall.newer())

    def command_line_leave(self) -> None:
        """Close the offers, or else leave the line."""
        if self.offers.offers:
            self._close_offers()
        else:
            self.post_message(self.Left())

    def _take(self, index: int) -> None:
        text, cursor = self._suggestions.taken(self.input.value, index)
        self.input.write(text, cursor)

    def _put(self, line: str) -> None:
        """Put a text in that the user did not type."""
        self.input.put(line)
        self._close_offers()
        self._say("")

    def _show(self, line: str | None) -> None:
        if line is not None:
            self._put(line)
            self._remark()

    # -- what there is to say -----------------------------------------------------------------------------

    def _recallable(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self._typed, *self._aids.earlier)))

    def _remark(self) -> None:
        """Say what was recognised. What is wrong is said once the cursor is past it: till then it may be half typed."""
        from peekui.ui.entered import Refused  # noqa: PLC0415  (with it comes all that reads lines)

        if self._read is None or not self.value.strip():
            self._say("")
            return
        try:
            entered = self._read(self.value)
        except Refused as error:
            half_typed = error.position is not None and self._is_being_typed(error.position)
            if half_typed:
                self._say("")
            else:
                self._say(f"✗ {error}", "$text-error", error.position)
        else:
            self._say(entered.said)

    def _is_being_typed(self, position: int) -> bool:
        """Say whether the cursor is in the word at a place, or nothing stands there yet."""
        text = self.input.value
        behind = text[position : self.input.cursor_position]
        return position >= len(text.rstrip()) or not any(letter.isspace() for letter in behind)

    def _say(self, text: str, style: str = "$text-muted", position: int | None = None) -> None:
        self.input.fault = position
        if (text, style) != self._said:  # else all would be laid out anew with every key
            self._said = (text, style)
            self.remark.update(Content.styled(one_line(text), style))
            self.remark.display = bool(text)

    def _offer(self) -> None:
        from peekui.search.completion import suggest_line  # noqa: PLC0415

        text, cursor = self.input.value, self.input.cursor_position
        found = suggest_line(text, cursor, self._aids.schema, self._aids.collections)
        pasted = self.remark.display and self.input.fault is None
        self._draw_offers(Suggestions(0, 0) if pasted else found)

    def _close_offers(self) -> None:
        self._draw_offers(Suggestions(0, 0))

    def _draw_offers(self, suggestions: Suggestions) -> None:
        from peekui.browse.condition_offers import Offer  # noqa: PLC0415  (with it comes pydantic)

        self._suggestions = suggestions
        self.offers.show(tuple(Offer(choice.text, choice.detail) for choice in suggestions.choices))
        if suggestions.choices:
            self.offers.styles.height = min(len(suggestions.choices), _MOST_OFFERS)
        self.offers.display = bool(suggestions.choices)
        self.call_after_refresh(draw_keys, self.screen)


@dataclass(slots=True)
class _Recall:
    """Lines to go back to from what is typed, and where among them the user is."""

    typed: str
    lines: tuple[str, ...]
    _at: int = field(default=-1)

    def older(self, shown: str) -> str | None:
        """Give the line before that is another than the one on show, None where there is none."""
        rest = range(self._at + 1, len(self.lines))
        return self._go(next((index for index in rest if self.lines[index].strip() != shown.strip()), None))

    def newer(self) -> str | None:
        """Give the line after, at last what was typed; None where there is none."""
        return self._go(self._at - 1 if self._at >= 0 else None)

    def _go(self, index: int | None) -> str | None:
        if index is None:
            return None
        self._at = index
        return self.typed if index < 0 else self.lines[index]
