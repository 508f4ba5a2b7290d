"""A tree of JSON with a line to search it by, and what can be copied of it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from peekui.browse.filter_parts import PartRefused
from peekui.browse.inspecting.json_search import MOST_MATCHES, filter_expression, find_paths, path_text
from peekui.ui.columns import whole_value
from peekui.ui.commands import Situation, Where
from peekui.ui.inspector.json_view import JsonView
from peekui.ui.loader import Subject, start
from peekui.ui.running import RunsCommands, bindings_for, key_for
from peekui.ui.screens.value import ValueScreen
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.key_bar import draw_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult

    from peekui.browse.inspecting.json_rows import JsonPath
    from peekui.filters.nodes import JsonValue
    from peekui.ui.widgets.row_view import RowView

__all__ = ["JsonPane"]


class JsonPane(RunsCommands, Vertical):
    """Shows a value; Enter unfolds, or shows a text whole."""

    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.TREE)

    class Copied(Message):
        """Something of the value is to be copied."""

        def __init__(self, what: str, text: str) -> None:
            super().__init__()
            self.what = what
            self.text = text

    class Found(Message):
        """The paths that some words lead to."""

        def __init__(self, value: JsonValue, words: str, paths: list[JsonPath]) -> None:
            super().__init__()
            self.value = value
            self.words = words
            self.paths = paths

    def __init__(self, *, id: str, asset_at: JsonPath | None = None) -> None:  # noqa: A002  (Textual's word)
        """Start with nothing.

        Args:
            id: Of the pane.
            asset_at: Path to the asset in what is shown: what is in there can be filtered by. None where there is none.
        """
        super().__init__(id=id)
        self.view = JsonView(id=f"{id}-view")
        self.line = Input(placeholder="part of a name or a value; Enter finds", compact=True, classes="search-line")
        self.line.display = False
        self._asset_at = asset_at
        self._value: JsonValue = {}
        self._words = ""
        self._paths: list[JsonPath] = []
        self._at = 0

    def compose(self) -> ComposeResult:
        """The line above the tree, what was found below it."""
        yield self.line
        yield self.view
        found = Static(classes="found", markup=False)
        found.display = False
        yield found

    def show(self, value: JsonValue, opened: Iterable[JsonPath] = ()) -> None:
        """Show another value, with some paths unfolded."""
        self._value = value
        self.view.show(value, opened)
        self._forget()

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(matches=bool(self._paths), searched=bool(self._words) or self.line.display)

    def command_tree_search(self) -> None:
        """Open the line."""
        self.line.display = True
        self.line.value = self._words
        # Not `focus()`, which waits for its turn: the next key may be in the queue already.
        self.screen.set_focus(self.line)

    def command_tree_unsearch(self) -> None:
        """Close the line, and forget what was found."""
        self._forget()
        self.view.focus()
        draw_keys(self.screen)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Look for the words."""
        event.stop()
        words = event.value.strip()
        self._forget()
        self.view.focus()
        if words:
            self._words = words
            start(self, Subject.WORDS, partial(self._find, self._value, words))

    async def _find(self, value: JsonValue, words: str) -> None:
        self.post_message(self.Found(value, words, await asyncio.to_thread(find_paths, value, words)))

    def on_json_pane_found(self, message: Found) -> None:
        """Go to the first place at the cursor or below it."""
        message.stop()
        if message.value is not self._value or message.words != self._words:
            return
        self._paths = message.paths
        self.view.mark(frozenset(message.paths))
        self._go(0)
        draw_keys(self.screen)

    def command_tree_next(self) -> None:
        """Go to the next place that was found."""
        self._go((self._at + 1) % len(self._paths))

    def command_tree_previous(self) -> None:
        """Go to the place before."""
        self._go((self._at - 1) % len(self._paths))

    def _go(self, number: int) -> None:
        self._at = number
        words, count = f"“{one_line(self._words)}”", len(self._paths)
        if not self._paths:
            self._say(f"○ nothing has {words}")
            return
        self.view.go_to(self._paths[number])
        total = f"{count:,}" if count < MOST_MATCHES else f"the first {count:,}"
        keys = f"{key_for('tree.next', self)} next, {key_for('tree.previous', self)} previous"
        self._say(f"{number + 1:,} of {total} with {words} · {keys}")

    def _say(self, text: str) -> None:
        found = self.query_one(".found", Static)
        found.update(Content(text), layout=False)
        found.display = bool(text)

    def _forget(self) -> None:
        self._words, self._paths, self._at = "", [], 0
        self.line.display = False
        self.view.mark(frozenset())
        self._say("")

    def on_row_view_opened(self, event: RowView.Opened) -> None:
        """Unfold or fold an object or a list; show anything else whole."""
        event.stop()
        row = self.view.row
        if row is None:
            return
        if row.opens:
            self.view.toggle()
        else:
            self.app.push_screen(ValueScreen(path_text(row.path), whole_value(row.value)))

    def command_tree_unfold(self) -> None:
        """Unfold the row."""
        self.view.unfold()

    def command_tree_fold(self) -> None:
        """Fold the row."""
        self.view.fold()

    def command_tree_copy_value(self) -> None:
        """Copy the value of the row."""
        if row := self.view.row:
            self.post_message(self.Copied("Value", whole_value(row.value)))

    def command_tree_copy_path(self) -> None:
        """Copy the path to the row."""
        if row := self.view.row:
            self.post_message(self.Copied("Path", path_text(row.path)))

    def command_tree_copy_filter(self) -> None:
        """Copy the filter that finds assets with the value."""
        row = self.view.row
        if row is None:
            return
        try:
            self.post_message(self.Copied("Filter", self._filter(row.path, row.value)))
        except PartRefused as error:
            self.notify(f"There is no filter by this: {error}.", severity="warning", markup=False)

    def _filter(self, path: JsonPath, value: JsonValue) -> str:
        at = self._asset_at
        if at is None or path[: len(at)] != at:
            raise PartRefused("only fields of the asset can be filtered by")
        return filter_expression(path[len(at) :], value)
