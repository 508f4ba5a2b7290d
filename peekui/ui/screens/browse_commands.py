"""What the user can do while browsing. The screens that are opened are imported then: not before the first frame."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual.screen import Screen

from peekui.browse.columns import ColumnLayout
from peekui.browse.marks import Marks
from peekui.ui.copying import CopiesAssets
from peekui.ui.lines import search_of
from peekui.ui.loader import Subject
from peekui.ui.session import HostedSource
from peekui.ui.widgets.notice import Tone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peekui.api.models import Asset
    from peekui.api.secret import Secret
    from peekui.browse.memory import Memory
    from peekui.browse.place import Place
    from peekui.browse.query import AssetQuery
    from peekui.browse.remembered import RememberedPlace
    from peekui.browse.trail import Trail
    from peekui.ui.answers import ShownAs
    from peekui.ui.row_feed import RowFeed
    from peekui.ui.session import Session
    from peekui.ui.widgets.asset_table import AssetTable
    from peekui.ui.widgets.browse_panes import BrowsePanes

__all__ = ["BrowseCommands"]


class BrowseCommands(CopiesAssets, Screen[None]):
    """Base of the browser's screen, which owns the place and draws it.

    Attributes:
        place: What is looked at.
        panes: Where it is drawn.
    """

    place: Place
    panes: BrowsePanes
    _memory: Memory | None
    _session: Session
    _feed: RowFeed
    _trail: Trail[RememberedPlace]

    @abstractmethod
    def go(self, place: Place) -> None:
        """Look at another place: draw it, and ask for what it needs."""

    @abstractmethod
    def ask(self, query: AssetQuery | None) -> None:
        """Ask for rows."""

    @abstractmethod
    def load(self, subject: Subject) -> None:
        """Ask for the namespaces, or for the collections of the one that is open."""

    @abstractmethod
    def fetch_view(self) -> None:
        """Ask again for the rows in view."""

    @abstractmethod
    def shown_as(self) -> ShownAs | None:
        """Give what asks for the rows on show."""

    def marked(self) -> Marks:
        """Give the marked assets."""
        return self.panes.rows.marks if self.panes.table.is_mounted else Marks()

    def unmark(self, asset_ids: Iterable[str]) -> None:
        """Unmark assets that something was done with."""
        self.panes.rows.marks = self.panes.rows.marks.without(asset_ids)

    def command_assets_sort(self) -> None:
        """Sort by the next order."""
        self.go(self.place.with_next_sort())

    def on_asset_table_sort_asked(self, event: AssetTable.SortAsked) -> None:
        """Sort by a column."""
        self.go(self.place.sorted_by(event.field, descending=event.descending))

    def command_assets_columns(self) -> None:
        """Choose the columns of the table."""
        from peekui.ui.screens.columns import ColumnsScreen

        self.app.push_screen(ColumnsScreen(self.panes.table))

    def on_asset_table_columns_changed(self, event: AssetTable.ColumnsChanged) -> None:
        """Remember the columns of what is looked at."""
        if self._memory:
            self._memory.remember_columns(self.place.columns_keys[0], event.layout)

    def draw_columns(self) -> None:
        """Draw the columns chosen for what is looked at, else those for all of the namespace."""
        if self._memory:
            kept = (self._memory.columns(key) for key in self.place.columns_keys)
            self.panes.table.columns = next(filter(None, kept), ColumnLayout())

    def command_service_key(self) -> None:
        """Ask for another API key, and use it."""
        source = self._session.source
        if not isinstance(source, HostedSource):
            self.notify("This library is on this machine: it needs no key of yours.", markup=False)
            return
        from peekui.ui.screens.key import KeyScreen

        async def use(key: Secret | None) -> None:
            if key:
                await self._session.change_source(source.with_key(key))
                self.load(Subject.NAMESPACES)
                self.fetch_view()

        if isinstance(self.app.screen, KeyScreen):
            return
        problem = self.current_problem()
        self.app.push_screen(KeyScreen(source.settings, problem.what if problem else ""), use)

    def command_assets_overview(self) -> None:
        """Look over the chosen collections, as they are narrowed now."""
        query = self.place.query()
        if query:
            from peekui.ui.screens.overview import OverviewScreen

            looked_at = [item for item in self.place.collections if item.key in query.collections]
            seen, search = self.panes.values_in_view(), search_of(self.place)
            self.app.push_screen(OverviewScreen(self._session, query, looked_at, seen, search))

    def command_assets_sheet(self) -> None:
        """Show the rows as thumbnails."""
        query = self._feed.query
        if query is None or self.panes.rows.window is not self._feed.window:
            self.notify("The rows are still on their way.", markup=False)
            return
        from peekui.ui.screens.contact_sheet import ContactSheet

        collections = [collection.key for collection in self.place.collections]
        crumbs = (self._session.source.name, *self.place.crumbs())
        rows = self.panes.rows
        self.app.push_screen(
            ContactSheet(self._session, rows, query, self.shown_as, crumbs=crumbs, collections=collections)
        )

    def command_places_back(self) -> None:
        """Go back to the place before this one."""
        self._return(self._trail.back())

    def command_places_forward(self) -> None:
        """Go to the place that was left by going back."""
        self._return(self._trail.forward())

    def _return(self, trail: Trail[RememberedPlace]) -> None:
        place = self.place.at(trail.here) if trail.here else None
        self._trail = trail
        if place:
            self.go(place)
        else:
            self.notify("The namespace of that place is not there any more.", severity="warning", markup=False)

    def command_calls_give_up(self) -> None:
        """Cancel the calls that wait for their turn."""
        if client := self._session.connected:
            for call in client.budget.state.waiting:
                client.budget.cancel(call.place.number)

    def command_assets_clear(self) -> None:
        """Close the search line, or take away the filter, then the search, then the choice of fields."""
        if self.panes.search.display:
            self.panes.close_search()
        else:
            self.go(self.place.cleared())

    def command_view_reload(self) -> None:
        """Ask again for what the focused pane shows; what it depends on comes first where that has failed."""
        if self.panes.current is self.panes.namespaces or not self.place.namespace:
            self.panes.namespaces.say(Tone.LOADING, "Loading…")
            self.load(Subject.NAMESPACES)
        elif self.panes.current is self.panes.collections or not self.place.collections:
            self.load(Subject.COLLECTIONS)
        elif self._feed.query and self._feed.query.depends_on_time:
            self.ask(self.place.query())  # all its pages, from the moment of now
        elif self._feed.query:
            self.panes.rows.stale = True
            self.fetch_view()

    def _open_asset(self, asset: Asset, namespace: str | None) -> None:
        from peekui.ui.screens.asset import AssetScreen

        collections = [collection.key for collection in self.place.collections]
        self.app.push_screen(AssetScreen(self._session, asset, namespace, self._step, collections))

    def _step(self, rows: int) -> Asset | None:
        """Move the cursor for the asset screen; None while the row there is on its way."""
        self.panes.rows.cursor += rows
        return self.panes.asset()
