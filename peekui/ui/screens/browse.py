"""The browser: where we are, what was asked, what came. Panes draw it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.getters import query_one
from textual.worker import Worker, WorkerState

from peekui.browse.place import Place
from peekui.browse.trail import Trail
from peekui.ui import formats
from peekui.ui.answers import ShowsAnswer
from peekui.ui.commands import Situation, Where
from peekui.ui.detailing import ShowsDetail
from peekui.ui.loader import Loader, Subject, start
from peekui.ui.row_feed import RowFeed
from peekui.ui.running import bindings_for
from peekui.ui.screens.finding import FindsThings
from peekui.ui.screens.triaging import TriagesAssets
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.browse_panes import BrowsePanes, CollectionList, NamespaceList
from peekui.ui.widgets.key_bar import KeyBar, draw_keys
from peekui.ui.widgets.notice import Problem, Tone, Trouble
from peekui.ui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.timer import Timer

    from peekui.api.models import Asset
    from peekui.browse.memory import Memory
    from peekui.browse.query import AssetQuery
    from peekui.browse.remembered import RememberedPlace
    from peekui.ui.loader import CollectionsLoaded, Indexing, LoadFailed, NamespacesLoaded, PageLoaded
    from peekui.ui.session import Session
    from peekui.ui.widgets.asset_rows import AssetRows
    from peekui.ui.widgets.row_view import RowView

__all__ = ["BrowseScreen"]

_REST = 0.12
"""Seconds the cursor rests before the detail follows: drawing it on every move makes a held key stutter."""


_IN_PANES = frozenset({Subject.NAMESPACES, Subject.COLLECTIONS, Subject.ASSETS})
"""What has a pane to show its failures in."""


class _Answer(NamedTuple):
    """What the rows on show answer: where, which query, how it was got to, when, and how fast."""

    place: Place
    query: AssetQuery | None
    trail: Trail[RememberedPlace]
    at: datetime
    milliseconds: float | None = None


class BrowseScreen(ShowsDetail, FindsThings, ShowsAnswer, TriagesAssets):
    """Owns the place and the rows."""

    CSS_PATH: ClassVar[Any] = [*sorted((Path(__file__).parents[1] / "widgets").glob("*.tcss")), "browse.tcss"]
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.BROWSE, Where.VIEW, Where.ANSWER)
    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (60, "-two"), (110, "-three")]  # noqa: RUF012  (as Textual declares it)

    status = query_one(StatusBar)

    def __init__(self, session: Session, memory: Memory | None = None) -> None:
        """Take the connection, and what is remembered; nothing is asked before the first frame."""
        super().__init__()
        spot = memory.place if memory else None
        self.place = Place.remembered(spot, session.source.namespace)
        self._lost = spot.lost if spot else ""
        self._memory = memory
        self._trail: Trail[RememberedPlace] = Trail()
        self._answer = _Answer(self.place, None, self._trail, formats.now())
        self.panes = BrowsePanes()
        self.panes.assets.say(Tone.LOADING, session.source.starting)
        self.loader = Loader(session, self.post_message)
        self._session = session
        self._feed = RowFeed(self, self.loader, session.may_prefetch)
        self._detail_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Status, panes, footer."""
        yield StatusBar(self._session)
        yield self.panes
        yield KeyBar()

    def on_mount(self) -> None:
        """Show where we are; the rest comes once that has been painted."""
        self.status.crumbs = (self._session.source.name,)
        self.call_after_refresh(self._begin)

    async def _begin(self) -> None:
        """Put the panes' contents in, and ask the first question."""
        self.load(Subject.NAMESPACES)
        await self.panes.furnish()
        self.watch(self, "focused", self._draw_keys)
        if self._lost:
            self.notify(self._lost, severity="warning", markup=False)

    # -- what is known ------------------------------------------------------------------------------------

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        problem, budget = self.current_problem(), self._session.budget
        return Situation(
            asset=self.panes.asset() is not None,
            narrowed=self.place.narrowed or self.panes.search.display,
            collections=bool(self.place.collections),
            marked=bool(self.marked()),
            problem=problem is not None,
            locked=problem is not None and problem.trouble is Trouble.KEY,
            behind=bool(self._trail.behind),
            ahead=bool(self._trail.ahead),
            waiting_call=bool(budget and budget.waiting),
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
        self._trail = self._trail.visit(place.spot)
        self.status.crumbs = (self._session.source.name, *place.crumbs())
        self.panes.draw_place(place)
        self.draw_columns()
        if moved:
            self.panes.collections.say(Tone.LOADING, "Loading…")
            self.panes.assets.say(Tone.LOADING, "Loading…")
            self.panes.draw_answered(None)
            self._feed.ask(None)
            self.load(Subject.COLLECTIONS)
        elif not self._feed.asks(query := place.query(), place.page_size):
            self.ask(query)
        self._draw_keys()

    def ask(self, query: AssetQuery | None) -> None:
        """Ask for rows; the old ones stay, dimmed, until the answer comes."""
        self.panes.draw_answered(self._answer.place)
        self._feed.ask(query, self.place.page_size)
        if not self.panes.shows_rows:
            self.panes.assets.say(Tone.LOADING, "Loading…")

    def load(self, subject: Subject) -> None:
        """Ask for the namespaces, or for the collections of the one that is open."""
        namespaces = subject is Subject.NAMESPACES
        work = self.loader.namespaces if namespaces else partial(self.loader.collections, self.place.scope)
        start(self, subject, work)

    # -- answers ------------------------------------------------------------------------------------------

    def on_namespaces_loaded(self, message: NamespacesLoaded) -> None:
        """Open a namespace: the one that was open, the one asked for, or the first."""
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
            start(self, Subject.INDEXING, self.loader.follow_indexing)

    def on_collections_loaded(self, message: CollectionsLoaded) -> None:
        """Show the collections and ask for their assets."""
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
        if not self._feed.accept(message):
            return
        first, window = message.number == 1, self._feed.window
        took = message.milliseconds if first else self._answer.milliseconds
        self._answer = _Answer(self.place, self._feed.query, self._trail, formats.now(), took)
        self.status.rows_from = None
        if self._memory:
            self._memory.remember_place(self.place.spot)
        if first:
            self.keep_search(window.total if window.exact else None)
        if window.total:
            self.panes.draw_rows(window, self.place.text)
        else:
            self.panes.assets.say(Tone.EMPTY, *self.place.nothing())
        self._draw_answered()
        self._draw_detail_soon()
        self._draw_keys()

    def on_indexing(self, message: Indexing) -> None:
        """Show how far the embedded library is, and what it has indexed meanwhile."""
        if message.left == self.status.indexing:
            return
        self.status.indexing = message.left
        self.load(Subject.COLLECTIONS)
        self.fetch_view()

    def fetch_view(self) -> None:
        """Ask again for the rows in view."""
        rows = self.panes.rows
        shown = rows.in_view() if self.panes.shows_rows and rows.window is self._feed.window else (0, 0)
        self._feed.fetch_again(*shown)

    def on_load_failed(self, message: LoadFailed) -> None:
        """Show a failure in the pane it belongs to; the others stay as they are."""
        if message.subject is Subject.INDEXING:
            self.notify(message.problem.what, title="Progress of indexing", severity="warning", markup=False)
        elif message.subject in {Subject.NAMESPACES, Subject.COLLECTIONS} or self._feed.reject(message):
            self._fail(message.subject, message.problem)
        self._draw_keys()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Turn a bug in a worker into a failure of its pane: it must not end the app, nor go unseen."""
        if event.state is not WorkerState.ERROR or event.worker.group not in {*Subject}:
            return
        detail = f"{type(event.worker.error).__name__}: {event.worker.error}"
        problem = Problem("peekui made a mistake.", "Try again, and please report it.", detail)
        if event.worker.group in _IN_PANES:
            self._fail(Subject(event.worker.group), problem)
        else:
            self.notify(f"{problem.what} {detail}", severity="error", markup=False)

    def _fail(self, subject: Subject, problem: Problem) -> None:
        stays = subject is Subject.ASSETS and problem.trouble in {Trouble.OFFLINE, Trouble.CANCELLED}
        if stays and self.panes.shows_rows and self._answer.place.scope == self.place.scope:
            self._stay(problem)
            return
        rows_of_now = self.panes.shows_rows and self.panes.rows.window is self._feed.window
        self.panes.draw_failure(subject, problem, keep_rows=rows_of_now)
        if problem.trouble is Trouble.KEY:
            self.command_service_key()

    def _stay(self, problem: Problem) -> None:
        """Go on showing the rows that are there; where the service cannot be reached, dimmed and with their age."""
        offline = problem.trouble is Trouble.OFFLINE
        self._trail = self._answer.trail.short_of(self.place.spot)
        self.place = self._answer.place
        self._feed.resume(self._answer.query, self.panes.rows.window, self.place.page_size)
        self.panes.draw_place(self.place)
        self._draw_answered()
        self.status.crumbs = (self._session.source.name, *self.place.crumbs())
        self.panes.rows.stale = offline
        self.panes.rows.redraw()  # rows that could not be fetched say so
        self.status.rows_from = self._answer.at if offline else None
        text = f"{problem.what} {problem.advice}" if offline else problem.what
        self.notify(text, severity="error" if offline else "information", markup=False)

    # -- the user -----------------------------------------------------------------------------------------

    def on_row_view_highlighted(self, event: RowView.Highlighted) -> None:
        """Let the detail follow the table's cursor."""
        if event.control is self.panes.rows:
            self._draw_detail_soon()

    def on_row_view_opened(self, event: RowView.Opened) -> None:
        """Open what is under the cursor."""
        if not event.there:
            return
        if isinstance(event.control, NamespaceList):
            self.go(self.place.with_namespace(event.control.listed[event.index].key))
            self.panes.command_panes_collections()
        elif isinstance(event.control, CollectionList):
            self.go(self.place.with_only(event.control.listed[event.index].key))
            self.panes.command_panes_assets()
        elif current := self.current_asset():
            self._open_asset(*current)

    def on_collection_list_toggled(self, event: CollectionList.Toggled) -> None:
        """Add a collection, or take it out."""
        if isinstance(event.control, CollectionList) and event.there:
            self.go(self.place.toggled(event.control.listed[event.index].key))

    def on_asset_rows_in_view(self, event: AssetRows.InView) -> None:
        """Fetch what came into view."""
        self.panes.draw_count()
        if self.panes.rows.window is self._feed.window:
            self._feed.want(event.first, event.last)

    # -- drawing ------------------------------------------------------------------------------------------

    def _draw_answered(self) -> None:
        """Say of the rows of a search how many there are, and how fast they came."""
        self.panes.draw_answered(None)
        if self._answer.place.searched:
            self.panes.draw_found(self._answer.milliseconds)

    def _draw_detail_soon(self) -> None:
        if self._detail_timer:
            self._detail_timer.stop()
        self._detail_timer = self.set_timer(_REST, self._draw_detail)

    def _draw_detail(self) -> None:
        self.panes.draw_detail()
        self._draw_keys()

    def _draw_keys(self) -> None:
        draw_keys(self)

    def on_status_bar_waiting(self, event: StatusBar.Waiting) -> None:
        """Show the countdown where rows are waited for, and that it can be cancelled."""
        self.panes.draw_wait(event.seconds)
        self._draw_keys()

    def on_resize(self) -> None:
        """Fit the footer to the new width."""
        self.call_after_refresh(self._draw_keys)
