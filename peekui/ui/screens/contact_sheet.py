"""The rows of the table as thumbnails, with the same cursor and the same marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.getters import query_one
from textual.worker import Worker, WorkerState

from peekui.ui.answers import ShownAs, ShowsAnswer
from peekui.ui.commands import Situation, Where
from peekui.ui.copying import CopiesAssets
from peekui.ui.loader import Loader
from peekui.ui.picturing import ShowsPictures
from peekui.ui.row_feed import RowFeed
from peekui.ui.running import bindings_for
from peekui.ui.screens.asset import AssetScreen
from peekui.ui.screens.closing import Overlay
from peekui.ui.widgets.contact_grid import ContactGrid
from peekui.ui.widgets.key_bar import KeyBar, draw_keys
from peekui.ui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.app import ComposeResult

    from peekui.api.models import Asset
    from peekui.browse.marks import Marks
    from peekui.browse.query import AssetQuery
    from peekui.ui.loader import LoadFailed, PageLoaded
    from peekui.ui.session import Session
    from peekui.ui.widgets.asset_rows import AssetRows
    from peekui.ui.widgets.notice import Problem

__all__ = ["ContactSheet"]


class ContactSheet(ShowsPictures, ShowsAnswer, CopiesAssets, Overlay[None]):
    """Fetches the pages that are in view into the table's own window."""

    CSS_PATH = "contact_sheet.tcss"
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.SHEET, Where.VIEW, Where.ANSWER)

    status = query_one(StatusBar)

    def __init__(
        self,
        session: Session,
        table: AssetRows,
        query: AssetQuery,
        shown_as: Callable[[], ShownAs | None],
        *,
        crumbs: Sequence[str] = (),
        collections: Sequence[str] = (),
    ) -> None:
        """Take the rows.

        Args:
            session: To ask for more of them, and for pictures.
            table: The table that shows them.
            query: They answer.
            shown_as: Gives what asks for them.
            crumbs: Where they are, in words.
            collections: Of the namespace: where copies of an asset are looked for.
        """
        super().__init__()
        self.loader = Loader(session, self.post_message)
        self.grid = ContactGrid(table)
        self._session = session
        self._table = table
        self._shown_as = shown_as
        self._crumbs = tuple(crumbs)
        self._collections = tuple(collections)
        self._problem: Problem | None = None
        self._feed = RowFeed(self, self.loader, session.may_prefetch)
        self._feed.resume(query, table.window)

    def compose(self) -> ComposeResult:
        """Status, thumbnails, footer."""
        yield StatusBar(self._session)
        yield self.grid
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin at the table's cursor."""
        self.status.crumbs = self._crumbs
        self.watch(self._table, "row_count", self.grid.redraw, init=False)  # a library may still be indexing
        self.set_focus(self.grid)
        self._draw_keys()

    # -- what is known ------------------------------------------------------------------------------------

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        here = self.current_asset() is not None
        return Situation(asset=here, marked=bool(self.marked()), problem=self._problem is not None)

    def current_asset(self) -> tuple[Asset, str | None] | None:
        """Give the asset under the cursor and its namespace."""
        asset = self.grid.asset_at(self.grid.cursor)
        return (asset, self._table.scope) if asset else None

    def shown_as(self) -> ShownAs | None:
        """Give what asks for the rows of the table."""
        return self._shown_as()

    def current_problem(self) -> Problem | None:
        """Give the reason why assets could not be loaded, if that was so."""
        return self._problem

    def marked(self) -> Marks:
        """Give the marked assets."""
        return self._table.marks

    def unmark(self, asset_ids: Iterable[str]) -> None:
        """Unmark assets that something was done with."""
        self._table.marks = self._table.marks.without(asset_ids)

    # -- asking -------------------------------------------------------------------------------------------

    def on_contact_grid_in_view(self, message: ContactGrid.InView) -> None:
        """Fetch what came into view."""
        self._feed.want(message.first, message.last)

    def on_page_loaded(self, message: PageLoaded) -> None:
        """Draw a page."""
        if self._feed.accept(message):
            self._problem = None
            self.grid.redraw()
            self._draw_keys()

    def on_load_failed(self, message: LoadFailed) -> None:
        """Say where the assets would be that they could not be loaded."""
        if self._feed.reject(message):
            self._problem = message.problem
            self.grid.draw()
            text = f"{message.problem.what} {message.problem.advice}"
            self.notify(text, title="Some rows could not be loaded", severity="error", markup=False)
            self._draw_keys()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Turn a bug in a worker into words: it must not end the app, nor go unseen."""
        if event.state is WorkerState.ERROR:
            text = f"peekui made a mistake. {type(event.worker.error).__name__}: {event.worker.error}"
            self.notify(text, severity="error", markup=False)

    # -- the user -----------------------------------------------------------------------------------------

    def on_contact_grid_moved(self) -> None:
        """Show what can be done with the asset under the cursor."""
        self._draw_keys()

    def on_contact_grid_opened(self) -> None:
        """Inspect the asset under the cursor."""
        if current := self.current_asset():
            self.app.push_screen(AssetScreen(self._session, *current, self._step, self._collections))

    def _step(self, rows: int) -> Asset | None:
        """Move the cursor for the inspector; None while the asset there is on its way."""
        self.grid.cursor += rows
        return self.grid.asset_at(self.grid.cursor)

    def command_view_reload(self) -> None:
        """Ask again for what is in view."""
        self._feed.fetch_again(*self.grid.in_view())

    def command_sheet_right(self) -> None:
        """To the next asset."""
        self.grid.cursor += 1

    def command_sheet_left(self) -> None:
        """To the asset before."""
        self.grid.cursor -= 1

    def command_sheet_close(self) -> None:
        """Go back to the table, to the same asset."""
        self._table.row_count = self.grid.count
        self._table.cursor = self.grid.cursor
        self._table.redraw()
        self.dismiss()

    def _draw_keys(self) -> None:
        draw_keys(self)

    def on_resize(self) -> None:
        """Fit the footer to the new width."""
        self.call_after_refresh(self._draw_keys)
