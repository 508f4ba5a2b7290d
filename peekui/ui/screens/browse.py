"""The browser: where we are, what was asked, what came. Panes draw it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.getters import query_one
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from peekui.browse.place import SORTS, Place
from peekui.ui.commands import Situation, Where
from peekui.ui.copying import CopiesAssets
from peekui.ui.loader import Loader, Subject
from peekui.ui.row_feed import RowFeed
from peekui.ui.running import bindings_for
from peekui.ui.screens.asset import AssetScreen
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.browse_panes import BrowsePanes, CollectionList, NamespaceList
from peekui.ui.widgets.key_bar import KeyBar
from peekui.ui.widgets.notice import Problem, Tone
from peekui.ui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widgets import Input

    from peekui.api.models import Asset
    from peekui.ui.loader import CollectionsLoaded, Indexing, LoadFailed, NamespacesLoaded, PageLoaded
    from peekui.ui.session import Session
    from peekui.ui.widgets.asset_table import AssetRows
    from peekui.ui.widgets.row_view import RowView

__all__ = ["BrowseScreen"]

_REST = 0.12
"""Seconds the cursor rests before the detail follows: drawing it on every move makes a held key stutter."""


class BrowseScreen(CopiesAssets, Screen[None]):
    """Owns the place and the rows."""

    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.BROWSE, Where.VIEW)
    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (60, "-two"), (110, "-three")]  # noqa: RUF012  (as Textual declares it)

    status = query_one(StatusBar)
    panes = query_one(BrowsePanes)

    def __init__(self, session: Session) -> None:
        """Take the connection; nothing is asked before the first frame."""
        super().__init__()
        self.place = Place()
        self.loader = Loader(session, self.post_message)
        self._session = session
        self._feed = RowFeed(self, self.loader)
        self._detail_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Status, panes, footer."""
        yield StatusBar()
        yield BrowsePanes()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show where we are; the first question is asked once that has been painted."""
        self.status.crumbs = (self._session.source.name,)
        self.panes.assets.say(Tone.LOADING, self._session.source.starting)
        self.watch(self, "focused", self._draw_keys, init=False)
        self.call_after_refresh(self._load, Subject.NAMESPACES)

    # -- what is known ------------------------------------------------------------------------------------

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(
            asset=self.panes.asset() is not None,
            narrowed=self.place.narrowed or self.panes.search.display,
            collections=bool(self.place.collections),
            problem=self.current_problem() is not None,
        )

    def current_asset(self) -> tuple[Asset, str | None] | None:
        """Give the asset under the cursor and its namespace."""
        asset = self.panes.asset()
        return (asset, self.place.scope) if asset else None

    def current_problem(self) -> Problem | None:
        """Give the failure of the focused pane, else the first there is."""
        panes = (self.panes.current, self.panes.namespaces, self.panes.collections, self.panes.assets)
        return next((pane.problem for pane in panes if pane and pane.problem), None)

    # -- going somewhere ----------------------------------------------------------------------------------

    def go(self, place: Place) -> None:
        """Look at another place: draw it, and ask for what it needs."""
        moved = place.scope != self.place.scope or not self.place.namespace
        self.place = place
        self.status.crumbs = (self._session.source.name, *place.crumbs())
        self.panes.draw_place(place)
        if moved:
            self.panes.collections.say(Tone.LOADING, "Loading…")
            self.panes.assets.say(Tone.LOADING, "Loading…")
            self._feed.ask(None)
            self._load(Subject.COLLECTIONS)
        elif (query := place.query()) != self._feed.query:
            # The old rows stay, dimmed, until the answer comes.
            self.panes.rows.stale = True
            self._feed.ask(query)
            if not self.panes.shows_rows:
                self.panes.assets.say(Tone.LOADING, "Loading…")
        self._draw_keys()

    def _load(self, subject: Subject) -> None:
        work = self.loader.namespaces() if subject is Subject.NAMESPACES else self.loader.collections(self.place.scope)
        self.run_worker(work, group=subject, exclusive=True, exit_on_error=False)

    # -- answers ------------------------------------------------------------------------------------------

    def on_namespaces_loaded(self, message: NamespacesLoaded) -> None:
        """Open a namespace: the one that was open, the one asked for, or the first."""
        self._note_latency()
        source = self._session.source
        place = self.place.with_namespaces(message.namespaces, source.namespace)
        if place.namespace is None:
            self.panes.namespaces.say(
                Tone.EMPTY, "No namespaces", "This key sees none: create one, or use another key."
            )
            for pane in (self.panes.collections, self.panes.assets):
                pane.say(Tone.EMPTY, "Nothing to show without a namespace")
            return
        wanted = source.namespace
        if wanted and wanted not in {place.namespace.namespace_id, place.namespace.namespace_name}:
            text = f"There is no namespace “{one_line(wanted)}”: this is “{one_line(place.namespace.title)}”."
            self.notify(text, severity="warning", markup=False)
        self.panes.namespaces.show_body()
        self.go(place)
        if source.indexes:
            self.run_worker(self.loader.follow_indexing(), group=Subject.INDEXING, exclusive=True, exit_on_error=False)

    def on_collections_loaded(self, message: CollectionsLoaded) -> None:
        """Show the collections and ask for their assets."""
        self._note_latency()
        if message.scope != self.place.scope:
            return
        place = self.place.with_collections(message.page.results)
        self.go(place)
        if place.collections:
            self.panes.collections.show_body()
        else:
            self.panes.collections.say(Tone.EMPTY, "No collections", "This namespace has none yet.")
            self.panes.assets.say(Tone.EMPTY, "No assets", "Assets live in collections; this namespace has none yet.")

    def on_page_loaded(self, message: PageLoaded) -> None:
        """Draw a page, unless it answers an earlier question."""
        self._note_latency()
        if not self._feed.accept(message):
            return
        self.panes.rows.stale = False
        if self._feed.window.total:
            self.panes.draw_rows(self._feed.window, scored=bool(self.place.words))
        else:
            self.panes.assets.say(Tone.EMPTY, *self.place.nothing())
        self._draw_detail_soon()
        self._draw_keys()

    def on_indexing(self, message: Indexing) -> None:
        """Show how far the embedded library is, and what it has indexed meanwhile."""
        if message.left == self.status.indexing:
            return
        self.status.indexing = message.left
        self._load(Subject.COLLECTIONS)
        self._fetch_view()

    def _fetch_view(self) -> None:
        rows = self.panes.rows
        shown = rows.in_view() if self.panes.shows_rows and rows.window is self._feed.window else (0, 0)
        self._feed.fetch_again(*shown)

    def on_load_failed(self, message: LoadFailed) -> None:
        """Show a failure in the pane it belongs to; the others stay as they are."""
        self._note_latency()
        super().on_load_failed(message)
        if message.subject is Subject.INDEXING:
            self.notify(message.problem.what, title="Progress of indexing", severity="warning", markup=False)
        elif message.subject in {Subject.NAMESPACES, Subject.COLLECTIONS} or self._feed.reject(message):
            self._fail(message.subject, message.problem)
        self._draw_keys()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Turn a bug in a worker into a failure of its pane: it must not end the app, nor go unseen."""
        if event.state is WorkerState.ERROR and event.worker.group in {*Subject}:
            detail = f"{type(event.worker.error).__name__}: {event.worker.error}"
            problem = Problem("peekui made a mistake.", "Press r to try again, and please report it.", detail)
            self._fail(Subject(event.worker.group), problem)

    def _fail(self, subject: Subject, problem: Problem) -> None:
        self.panes.rows.stale = False
        pane = {Subject.NAMESPACES: self.panes.namespaces, Subject.COLLECTIONS: self.panes.collections}.get(subject)
        if pane is None and self.panes.shows_rows and self.panes.rows.window is self._feed.window:
            self.panes.rows.redraw()
            text = f"{problem.what} {problem.advice}"
            self.notify(text, title="Some rows could not be loaded", severity="error", markup=False)
            return
        # The middle is where people look: it tells as well when what it depends on could not be loaded.
        if not self.panes.shows_rows:
            self.panes.assets.fail(problem)
        if pane:
            pane.fail(problem)
        if subject is Subject.NAMESPACES and not self.place.collections:
            self.panes.collections.say(Tone.EMPTY, "Waiting for the namespaces")

    # -- the user -----------------------------------------------------------------------------------------

    def on_row_view_highlighted(self, event: RowView.Highlighted) -> None:
        """Let the detail follow the table's cursor."""
        if event.control is self.panes.rows:
            self._draw_detail_soon()

    def on_row_view_opened(self, event: RowView.Opened) -> None:
        """Open what is under the cursor."""
        if isinstance(event.control, NamespaceList):
            self.go(self.place.with_namespace(event.index))
            self.panes.command_panes_collections()
        elif isinstance(event.control, CollectionList):
            self.go(self.place.with_only(event.control.names[event.index].key))
            self.panes.command_panes_assets()
        elif current := self.current_asset():
            self.app.push_screen(AssetScreen(self._session, *current, self._step))

    def on_collection_list_toggled(self, event: CollectionList.Toggled) -> None:
        """Add a collection, or take it out."""
        if isinstance(event.control, CollectionList):
            self.go(self.place.toggled(event.control.names[event.index].key))

    def on_asset_rows_in_view(self, event: AssetRows.InView) -> None:
        """Fetch what came into view."""
        self.panes.draw_count()
        if self.panes.rows.window is self._feed.window:
            self._feed.want(event.first, event.last)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Run the search."""
        self.panes.close_search()
        self.go(replace(self.place, words=event.value.strip()))

    def _step(self, rows: int) -> Asset | None:
        """Move the cursor for the asset screen; None while the row there is on its way."""
        self.panes.rows.cursor += rows
        return self.panes.asset()

    def command_assets_search(self) -> None:
        """Open the search line."""
        self.panes.open_search(self.place.words)

    def command_assets_failed(self) -> None:
        """Show only failed assets, or all again."""
        self.go(replace(self.place, failed_only=not self.place.failed_only))

    def command_assets_sort(self) -> None:
        """Sort by the next order."""
        self.go(replace(self.place, sort=(self.place.sort + 1) % len(SORTS)))

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
            self._load(Subject.NAMESPACES)
        elif self.panes.current is self.panes.collections or not self.place.collections:
            self._load(Subject.COLLECTIONS)
        elif self._feed.query:
            self.panes.rows.stale = True
            self._fetch_view()

    # -- drawing ------------------------------------------------------------------------------------------

    def _draw_detail_soon(self) -> None:
        if self._detail_timer:
            self._detail_timer.stop()
        self._detail_timer = self.set_timer(_REST, self._draw_detail)

    def _draw_detail(self) -> None:
        self.panes.draw_detail()
        self._draw_keys()

    def _draw_keys(self) -> None:
        if self.is_mounted:
            self.query_one(KeyBar).refresh_hints(self.focused or self)

    def on_resize(self) -> None:
        """Fit the footer to the new width."""
        self.call_after_refresh(self._draw_keys)

    def _note_latency(self) -> None:
        self.status.latency_ms = self._session.latency_ms
