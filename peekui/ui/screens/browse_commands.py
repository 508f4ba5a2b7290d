"""What the user can do while browsing. The screens that are opened are imported then: not before the first frame."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.screen import Screen

from peekui.ui.copying import CopiesAssets
from peekui.ui.loader import Subject
from peekui.ui.session import HostedSource
from peekui.ui.widgets.notice import Tone

if TYPE_CHECKING:
    from peekui.api.models import Asset
    from peekui.api.secret import Secret
    from peekui.browse.place import Place
    from peekui.browse.remembered import RememberedPlace
    from peekui.browse.trail import Trail
    from peekui.ui.row_feed import RowFeed
    from peekui.ui.session import Session
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
    _session: Session
    _feed: RowFeed
    _trail: Trail[RememberedPlace]

    def go(self, place: Place) -> None:
        """Look at another place: draw it, and ask for what it needs."""
        raise NotImplementedError  # the screen's

    def load(self, subject: Subject) -> None:
        """Ask for the namespaces, or for the collections of the one that is open."""
        raise NotImplementedError  # the screen's

    def fetch_view(self) -> None:
        """Ask again for the rows in view."""
        raise NotImplementedError  # the screen's

    def command_assets_search(self) -> None:
        """Open the search line."""
        self.panes.open_search(self.place.words)

    def command_assets_failed(self) -> None:
        """Show only failed assets, or all again."""
        self.go(replace(self.place, failed_only=not self.place.failed_only))

    def command_assets_sort(self) -> None:
        """Sort by the next order."""
        self.go(self.place.with_next_sort())

    def command_assets_columns(self) -> None:
        """Choose the columns of the table."""
        from peekui.ui.screens.columns import ColumnsScreen

        self.app.push_screen(ColumnsScreen(self.panes.table))

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
            self.app.push_screen(OverviewScreen(self._session, query, looked_at, self.panes.values_in_view()))

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

    def command_assets_clear(self) -> None:
        """Close the search line, or take away the filter, then the search."""
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
        elif self._feed.query:
            self.panes.rows.stale = True
            self.fetch_view()

    def _open_asset(self, asset: Asset, namespace: str | None) -> None:
        from peekui.ui.screens.asset import AssetScreen

        self.app.push_screen(AssetScreen(self._session, asset, namespace, self._step))

    def _step(self, rows: int) -> Asset | None:
        """Move the cursor for the asset screen; None while the row there is on its way."""
        self.panes.rows.cursor += rows
        return self.panes.asset()
