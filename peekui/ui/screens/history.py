"""The searches of before, the newest first: open one again, or save it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from peekui.filters.expression.parse import ParseError
from peekui.search.commands_for import search_command
from peekui.search.lines import parse_line
from peekui.search.records import list_request
from peekui.search.saved import SavedSearch
from peekui.search.searches import MOST_ROWS
from peekui.ui import formats
from peekui.ui.answers import ShownAs
from peekui.ui.commands import Situation, Where
from peekui.ui.running import bindings_for
from peekui.ui.screens.naming import NamesSearches
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.kept_list import HistoryList
from peekui.ui.widgets.key_bar import KeyBar, draw_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from peekui.search.history import Searched
    from peekui.search.searches import Search
    from peekui.ui.kept_searches import Home

__all__ = ["HistoryScreen"]


class HistoryScreen(NamesSearches):
    """Lists them; nothing is asked."""

    CSS_PATH: ClassVar[Any] = "kept.tcss"
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.HISTORY, Where.ANSWER)

    rows = query_one(HistoryList)

    def __init__(self, searches: Sequence[Searched], home: Home, go: Callable[[Searched], None]) -> None:
        """Take what to list.

        Args:
            searches: The newest first.
            home: Where they are carried out that name no namespace.
            go: Looks at what one finds.
        """
        super().__init__()
        self._searches = tuple(searches)
        self._home = home
        self._go = go

    def compose(self) -> ComposeResult:
        """The searches, all there is to say of one, the line for a name, keys."""
        with Vertical(id="kept-box") as box:
            box.border_title = "History of searches"
            yield HistoryList()
            yield Static(id="kept-note", markup=False)
            yield self.name_line()
            yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the newest."""
        self.rows.searches = self._searches
        self.rows.focus()
        self.watch(self.rows, "cursor", self._draw)
        self.watch(self, "focused", self._draw_keys, init=False)

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(kept=self.rows.current is not None)

    def shown_as(self) -> ShownAs | None:
        """Give what carries out the search under the cursor."""
        search, namespace = self._search(), self._namespace()
        keys = self._home.collections if namespace == self._home.namespace else ()
        if search is None or not (search.collections or keys):
            return None
        command = ("peekui command", search_command(search, namespace))
        return ShownAs((command,), list_request(search.query(namespace, keys), 1, search.page_size or MOST_ROWS))

    def on_row_view_opened(self) -> None:
        """Search so again."""
        if one := self.rows.current:
            self.dismiss()
            self._go(one)

    def command_history_save(self) -> None:
        """Save the search under a name."""
        search, namespace = self._search(), self._namespace()

        def named(name: str) -> None:
            if search and self.save(name, SavedSearch(search, namespace)):
                self.close_line(self.rows)

        if search:
            self.ask_name("", named)

    def command_history_close(self) -> None:
        """Close the line, else the dialog."""
        if not self.close_line(self.rows):
            self.dismiss()

    def _search(self) -> Search | None:
        """Give the search under the cursor; None where an earlier peekui wrote what this one cannot read."""
        one = self.rows.current
        try:
            return parse_line(one.line) if one else None
        except ParseError as error:
            self.notify(f"It cannot be read: {error}.", severity="warning", markup=False)
            return None

    def _namespace(self) -> str | None:
        one = self.rows.current
        return (one and one.namespace) or self._home.namespace

    def _draw(self) -> None:
        one = self.rows.current
        note = self.query_one("#kept-note", Static)
        if one is None:
            note.update("Nothing was searched for yet." if not self._searches else "")
        else:
            where = f" in {one_line(one.namespace)}" if one.namespace else ""
            found = "" if one.found is None else f"{one.found:,} found, "
            said = f"{found}{formats.brief_moment(one.at)}{where}"
            note.update(Content("\n").join([Content(one_line(one.line) or "everything"), Content.styled(said, "dim")]))
        self._draw_keys()

    def _draw_keys(self) -> None:
        self.call_after_refresh(draw_keys, self)
