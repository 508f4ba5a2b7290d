"""The filter as text to edit, as an expression and as JSON: the text follows the draft, and the draft the text."""

from __future__ import annotations

import json
from abc import abstractmethod
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from peekui.browse.filter_json import carried_over, unwritten
from peekui.browse.json_text import json_text
from peekui.browse.suggestions import suggest
from peekui.filters.expression.parse import ParseError, parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.lenient import read_leniently
from peekui.filters.wire import FilterShapeError, to_json
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.filter_area import FilterArea
from peekui.ui.widgets.key_bar import draw_keys
from peekui.ui.widgets.suggestion_list import SuggestionList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from peekui.browse.filter_draft import FilterDraft
    from peekui.browse.filter_json import Carried
    from peekui.filters.lenient import Note
    from peekui.filters.nodes import Group
    from peekui.ui.widgets.row_view import RowView

__all__ = ["ExpressionPanel", "JsonPanel", "TextPanel"]

_REPLACED = "The text that could not be read gave way to the filter: Ctrl+Z in it brings it back."


class _Wrong(Exception):
    """A text that is no filter; the message says why, in a sentence without a full stop.

    Attributes:
        position: Offset of the character it is wrong at; None where that is not known.
    """

    def __init__(self, reason: str, position: int | None) -> None:
        super().__init__(reason)
        self.position = position


class _Read(NamedTuple):
    """A filter read from a text, and what is to be said of it."""

    tree: Group
    remark: str = ""


class TextPanel(Vertical):
    """A text to edit, and a line of what there is to say of it.

    What is typed becomes the filter as soon as it can be read; it is put into its canonical form when the focus
    leaves. All that is typed in one go is one step of undo.
    """

    suffix: str
    """Of the name of a file with such a text."""
    placeholder: str
    """What an empty text says."""

    def __init__(self, draft: FilterDraft, *, id: str) -> None:  # noqa: A002  (Textual's word)
        """Take the draft to follow."""
        super().__init__(id=id)
        self.area = FilterArea(placeholder=self.placeholder)
        self.draft = draft
        self.remark = Static(classes="remark", markup=False)
        self._said: Group | None = None
        self._wrong = False
        self._typing = False

    def compose(self) -> ComposeResult:
        """The text, and the line."""
        yield self.area
        yield self.remark

    @abstractmethod
    def written(self) -> str:
        """Write the filter of the draft."""

    @abstractmethod
    def read(self, text: str) -> _Read:
        """Read a filter; raises _Wrong for a text that is none."""

    def standing_remark(self) -> str:
        """Say what the user should know of the text as it was written."""
        return ""

    def follow(self) -> None:
        """Write the filter anew if it is another than the text says."""
        if self.draft.tree == self._said:
            return
        remark = _REPLACED if self._wrong else ""
        self._write()
        self._say(remark or self.standing_remark())

    def on_filter_area_edited(self) -> None:
        """Make what was typed the filter, or say what is wrong with it."""
        try:
            read = self.read(self.area.text)
        except _Wrong as error:
            self._wrong, self.area.fault = True, error.position
            self._say(f"✗ {error}", "$text-error")
            return
        self._wrong, self.area.fault = False, None
        self._say(read.remark)
        self._said = read.tree
        self.draft.replace(read.tree, amend=self._typing)
        self._typing = True

    def on_descendant_blur(self) -> None:
        """Put a text that can be read into its canonical form."""
        self._typing = False
        if not self._wrong:
            self._write()

    def _write(self) -> None:
        self._typing = self._wrong = False
        self._said, self.area.fault = self.draft.tree, None
        self.area.write(self.written())

    def _say(self, text: str, style: str = "$text-muted") -> None:
        self.remark.update(Content.styled(one_line(text), style))
        self.remark.display = bool(text)


class ExpressionPanel(TextPanel):
    """The filter as one line of text, with what can come next."""

    suffix = ".txt"
    placeholder = "no filter: type one, such as status = FAILED and created_at > -7d"

    def compose(self) -> ComposeResult:
        """The text, the line, the offers."""
        yield from super().compose()
        yield SuggestionList()

    def on_mount(self) -> None:
        """Show the offers there are."""
        self.watch(self.area, "offers", self._offer)
        self.watch(self.area, "picked", self._offer)

    def written(self) -> str:
        """Write the filter of the draft."""
        return to_expression(self.draft.tree)

    def read(self, text: str) -> _Read:
        """Read a filter; raises _Wrong for a text that is none."""
        try:
            return _Read(parse(text))
        except ParseError as error:
            line = f"line {error.line}, " if "\n" in text else ""
            raise _Wrong(f"{line}column {error.column}: {error.reason}", error.position) from error

    def on_filter_area_edited(self) -> None:
        """Offer what can come next."""
        self.area.close_offers()
        if self.area.has_focus:
            self.area.offers = suggest(self.area.text, self.area.cursor_index, self.draft.schema)

    def on_descendant_blur(self) -> None:
        """Offer nothing any more."""
        self.area.close_offers()

    def on_row_view_opened(self, message: RowView.Opened) -> None:
        """Take the offer that was clicked."""
        message.stop()
        self.area.take(message.index)

    def _offer(self) -> None:
        offers = self.query_one(SuggestionList)
        offers.choices = self.area.offers.choices
        offers.cursor = self.area.picked
        offers.display = bool(offers.choices)
        self.call_after_refresh(draw_keys, self.screen)


class JsonPanel(TextPanel):
    """The filter as the API's JSON. It has no muted nodes and no relative times: an edit keeps them."""

    suffix = ".json"
    placeholder = "no filter: paste one"

    def __init__(self, draft: FilterDraft, *, id: str) -> None:  # noqa: A002  (Textual's word)
        """Take the draft to follow."""
        super().__init__(draft, id=id)
        self._base, self._now = draft.tree, datetime.now(UTC)

    def written(self) -> str:
        """Write the filter of the draft, with relative times as the instants they are now."""
        self._base, self._now = self.draft.tree, datetime.now(UTC)
        return json_text(to_json(self._base, self._now))

    def read(self, text: str) -> _Read:
        """Read a filter as leniently as can be; raises _Wrong for a text that is none."""
        try:
            imported = read_leniently(json.loads(text) if text.strip() else {})
        except json.JSONDecodeError as error:
            reason = f"line {error.lineno}, column {error.colno}: {error.msg[0].lower()}{error.msg[1:]}"
            raise _Wrong(reason, error.pos) from error
        except FilterShapeError as error:
            raise _Wrong(str(error), None) from error
        except ValueError as error:
            raise _Wrong("a number has more digits than can be read", None) from error
        except RecursionError as error:
            raise _Wrong("it nests too deep", None) from error
        carried = carried_over(self._base, self._now, imported.group)
        return _Read(carried.tree, "; ".join((*_changes(imported.notes), *_losses(carried))))

    def standing_remark(self) -> str:
        """Say what the filter has that its JSON has not."""
        muted, times = unwritten(self.draft.tree)
        parts = [_parts(muted)] if muted else []
        parts += ["relative times"] if times else []
        return f"An edit keeps what JSON cannot say: {', '.join(parts)}." if parts else ""


def _changes(notes: Sequence[Note]) -> list[str]:
    """Say what was changed to read the JSON, each sort of change once."""
    return list(dict.fromkeys(note.change for note in notes))


def _losses(carried: Carried) -> list[str]:
    losses = [_parts(carried.muted)] if carried.muted else []
    losses += [str(time) for time in dict.fromkeys(carried.times)]
    return [f"gone with what was changed: {', '.join(losses)}"] if losses else []


def _parts(muted: int) -> str:
    return "1 muted part" if muted == 1 else f"{muted:,} muted parts"
