"""Saved searches and those of before, as the browser opens and lists them."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.message import Message

from peekui.api.budget import Priority
from peekui.browse.columns import ColumnLayout
from peekui.browse.pages import PAGE_SIZE
from peekui.ui import formats
from peekui.ui.answers import ShownAs, ShowsAnswer
from peekui.ui.lines import read_line, search_of
from peekui.ui.loader import Subject, start
from peekui.ui.screens.watching import WatchesAssets
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.asset_rows import Sign

if TYPE_CHECKING:
    from peekui.browse.place import Place
    from peekui.search.history import Searched
    from peekui.search.saved import SavedSearch
    from peekui.ui.app import PeekApp
    from peekui.ui.kept_searches import Home, KeptSearch
    from peekui.ui.loader import PageLoaded

__all__ = ["KeepsSearches"]

_LOG = logging.getLogger(__name__)


class LookedSince(Message, bubble=False):
    """A saved search that was opened was looked at."""

    def __init__(self, kept: KeptSearch) -> None:
        super().__init__()
        self.kept = kept


@dataclass(slots=True)
class _Opened:
    """A saved search on show; `looked` once it was asked what is new in it."""

    name: str
    saved: SavedSearch
    place: Place
    looked: bool = False

    def is_at(self, place: Place) -> bool:
        """Whether a place still asks what it does; its collections may go by other names once they are known."""
        one, other = (replace(search_of(each), collections=()) for each in (self.place, place))
        return place.scope == self.place.scope and one == other


class KeepsSearches(ShowsAnswer, WatchesAssets):
    """Base of the browser's screen: searches that are kept."""

    _opened: _Opened | None = None
    _columns_before: ColumnLayout | None = None
    """Of the table, before a saved search brought its own."""

    def command_search_saved(self) -> None:
        """List the saved searches."""
        from peekui.search.saved import SavedSearch
        from peekui.ui.screens.saved import SavedScreen

        columns = tuple(setting.field for setting in self.panes.table.columns.shown())
        present = SavedSearch(search_of(self.place), self.place.scope, columns)
        self.app.push_screen(SavedScreen(self._session, self._home(), present, self.open_saved))

    def command_search_history(self) -> None:
        """List the searches of before."""
        from peekui.ui.screens.history import HistoryScreen

        def go(one: Searched) -> None:
            self.open_line(one.line, one.namespace)

        self.app.push_screen(HistoryScreen(self.searches_of_before(), self._home(), go))

    def shown_as(self) -> ShownAs | None:
        """Give what asks for the rows on show."""
        query = self.place.query()
        if query is None:
            return None
        from peekui.search.commands_for import search_command
        from peekui.search.records import list_request

        command = ("peekui command", search_command(search_of(self.place), query.namespace))
        return ShownAs((command,), list_request(query, 1, self.place.page_size or PAGE_SIZE))

    def searches_of_before(self) -> list[Searched]:
        """Give what was searched for with this account, the newest first."""
        from peekui.own_files import state_folder
        from peekui.search.history import history_path, read_history

        try:
            return read_history(history_path(state_folder(), self._session.source.account))[::-1]
        except OSError as error:
            _LOG.warning("earlier searches cannot be read: %s", error.strerror)
            return []

    # -- opening one --------------------------------------------------------------------------------------

    def visit(self, place: Place) -> None:
        """Go to a place from wherever the user is, unless something over the browser stays open."""
        if cast("PeekApp", self.app).back_to_browser() is self:
            self.go(place)
            self.panes.command_panes_assets()

    def open_line(self, line: str, namespace: str | None) -> None:
        """Look at what a line finds.

        Args:
            line: As it was kept.
            namespace: Id or name of the one it was for; None for that of now.
        """
        from peekui.filters.expression.parse import ParseError

        names = (item for item in self.place.namespaces if namespace in {item.namespace_id, item.namespace_name})
        there = next(names, None)
        if namespace and there is None:
            self.app.notify(f"There is no namespace “{one_line(namespace)}” here.", severity="warning", markup=False)
            return
        moves = there is not None and there != self.place.namespace
        place = self.place.with_namespace(there.key) if there and moves else self.place
        try:
            self.visit(read_line(place, line))
        except ParseError as error:
            self.app.notify(
                f"“{one_line(line)}” cannot be opened: {one_line(error.reason)}.", severity="warning", markup=False
            )

    def open_saved(self, name: str) -> None:
        """Look at what a saved search finds."""
        from peekui.ui.entered import Refused

        try:
            self.visit(self.saved_place(name))
        except Refused as error:
            self.app.notify(f"“{name}” cannot be opened: {one_line(str(error))}.", severity="warning", markup=False)

    def saved_place(self, name: str) -> Place:
        """Give the place of a saved search, which is then shown in the columns it names.

        Raises:
            Refused: Its file cannot be used, or it names what is not there.
        """
        from peekui.search.saved import BadSaved, load_saved, saved_folder
        from peekui.ui.entered import Refused, place_of_saved

        try:
            saved = load_saved(saved_folder(), name)
        except BadSaved as error:
            raise Refused(str(error).removesuffix(".")) from error
        place = place_of_saved(self.place, saved)
        self._opened = _Opened(name, saved, place)
        return place

    def draw_columns(self) -> None:
        """Draw the columns of the saved search that is on show, else those chosen for what is looked at."""
        table, opened = self.panes.table, self._opened
        if opened and opened.saved.columns and opened.is_at(self.place):
            self._columns_before = self._columns_before or table.columns
            table.columns = ColumnLayout.from_json([{"field": path} for path in opened.saved.columns])
            return
        if self._columns_before:
            table.columns, self._columns_before = self._columns_before, None
        super().draw_columns()

    def on_page_loaded(self, message: PageLoaded) -> None:  # noqa: ARG002  (the browser reads it)
        """Find out what is new in a saved search, once it is on show."""
        opened = self._opened
        if opened is None:
            return
        if not opened.is_at(self.place):
            self._opened = None
            self.panes.rows.signs = {}
        elif not opened.looked:
            opened.looked = True
            start(self, Subject.SAVED, partial(self._look_since, opened.name, self._home()))

    async def _look_since(self, name: str, home: Home) -> None:
        from peekui.search.saved import saved_folder
        from peekui.ui.kept_searches import look_now, read_one

        kept = await asyncio.to_thread(read_one, saved_folder(), name, home)
        self.post_message(LookedSince(await look_now(self._session, kept, home, Priority.AHEAD)))

    def on_looked_since(self, message: LookedSince) -> None:
        """Mark what is new since the last time, and say so."""
        kept, opened = message.kept, self._opened
        if opened is None or opened.name != kept.name or not kept.changes or not kept.before:
            return
        new, changed = dict.fromkeys(kept.changes.new, Sign.NEW), dict.fromkeys(kept.changes.changed, Sign.CHANGED)
        self.panes.rows.signs = changed | new
        self.notify(f"{kept.changes} since {formats.age(kept.before.at)} ago.", title=f"@{kept.name}", markup=False)

    def _home(self) -> Home:
        from peekui.ui.kept_searches import Home

        namespace = self.place.namespace
        names = {namespace.namespace_id, namespace.namespace_name} if namespace else set()
        keys = tuple(item.key for item in self.place.collections)
        return Home(self._session.source.account, self.place.scope, frozenset(filter(None, names)), keys)
