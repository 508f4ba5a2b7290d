"""The panes of the browser, side by side, and how a place and its rows are drawn in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, Static

from peekui.browse.place import SORTS
from peekui.ui.commands import Where
from peekui.ui.names import collection_names, namespace_names
from peekui.ui.running import RunsCommands, bindings_for
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.asset_table import AssetRows, AssetTable
from peekui.ui.widgets.detail_panel import DetailPanel
from peekui.ui.widgets.name_list import NameList
from peekui.ui.widgets.notice import Tone
from peekui.ui.widgets.pane import Pane
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from peekui.api.models import Asset
    from peekui.browse.pages import PageWindow
    from peekui.browse.place import Place

__all__ = ["BrowsePanes", "CollectionList", "NamespaceList"]


class NamespaceList(NameList):
    """Namespaces, of which one is open."""


class CollectionList(NameList):
    """Collections, of which several can be chosen."""

    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.COLLECTIONS)

    class Toggled(RowView.Highlighted):
        """A collection is to be added to the chosen ones, or taken out."""

    def command_collections_toggle(self) -> None:
        """Add the collection under the cursor, or take it out."""
        self.post_message(self.Toggled(self, self.cursor))


class BrowsePanes(RunsCommands, Horizontal):
    """Namespaces above collections, the table, the detail. How many are seen at once depends on the width."""

    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.PANES)

    namespaces = query_one("#namespaces", Pane)
    collections = query_one("#collections", Pane)
    assets = query_one("#assets", Pane)
    detail = query_one("#detail", Pane)
    rows = query_one(AssetRows)
    table = query_one(AssetTable)
    search = query_one("#search", Input)

    def compose(self) -> ComposeResult:
        """The panes."""
        with Vertical(id="places"):
            yield Pane(NamespaceList(id="namespace-list"), title="Namespaces", id="namespaces")
            yield Pane(CollectionList(id="collection-list"), title="Collections", id="collections")
        with Vertical(id="middle"):
            yield Input(placeholder="search all text; Enter runs, Esc leaves", id="search", compact=True)
            yield Static(id="narrowing", markup=False)
            yield Pane(AssetTable(), title="Assets", id="assets")
        yield Pane(DetailPanel(), title="Detail", id="detail")

    def on_mount(self) -> None:
        """Start with the table."""
        self.search.display = self.query_one("#narrowing").display = False
        self.detail.say(Tone.EMPTY, "Nothing under the cursor")
        self.watch(self.screen, "focused", self._mark_current, init=False)
        self.assets.take_focus()

    @property
    def current(self) -> Pane | None:
        """The pane with the focus."""
        focused = self.screen.focused
        return next((node for node in focused.ancestors if isinstance(node, Pane)), None) if focused else None

    @property
    def shows_rows(self) -> bool:
        """Whether there are rows on show."""
        return self.assets.body.display

    def asset(self) -> Asset | None:
        """Give the asset under the cursor."""
        return self.rows.asset_at(self.rows.cursor) if self.shows_rows else None

    # -- drawing ------------------------------------------------------------------------------------------

    def draw_place(self, place: Place) -> None:
        """Draw where we are."""
        self.query_one(NamespaceList).names = namespace_names(place)
        self.query_one(CollectionList).names = collection_names(place)
        narrowing = self.query_one("#narrowing", Static)
        narrowing.update(one_line(place.narrowing()))
        narrowing.display = bool(place.narrowing())
        self.table.set_sort(SORTS[place.sort][1])

    def draw_rows(self, window: PageWindow[Asset], *, scored: bool) -> None:
        """Draw rows that came: of the window on show, or of another one, from its top."""
        self.assets.show_body()
        self.table.scored = scored
        if self.rows.window is window:
            self.rows.redraw()
        else:
            self.rows.window = window
        self.draw_count()

    def draw_count(self) -> None:
        """Say which rows of how many are in view; never a number that was not measured."""
        window = self.rows.window
        if not self.shows_rows or not window.total:
            self.assets.border_subtitle = ""
            return
        first = self.rows.scroll_offset.y + 1
        last = min(first + max(self.rows.size.height, 1) - 1, window.total)
        total = f"{window.total:,}" if window.exact else f"more than {window.total - 1:,}"
        note = " (the service gives no more pages)" if window.unpaged and not window.exact else ""
        self.assets.border_subtitle = f"{first:,}–{last:,} of {total}{note}"

    def draw_detail(self) -> None:
        """Draw the asset under the cursor."""
        asset = self.asset()
        self.detail.border_title = Content(one_line(asset.title)) if asset else "Detail"
        if asset:
            self.detail.query_one(DetailPanel).show(asset)
            self.detail.show_body()
        else:
            self.detail.say(Tone.EMPTY, "Nothing under the cursor")

    def open_search(self, words: str) -> None:
        """Show the search line, with what was searched before."""
        self.search.display = True
        self.search.value = words
        # Not `focus()`, which waits for its turn: the next key may be in the queue already.
        self.screen.set_focus(self.search)

    def close_search(self) -> None:
        """Hide the search line."""
        self.search.display = False
        self.assets.take_focus()

    # -- moving between panes -----------------------------------------------------------------------------

    def command_panes_namespaces(self) -> None:
        """Go to the namespaces."""
        self.namespaces.take_focus()

    def command_panes_collections(self) -> None:
        """Go to the collections."""
        self.collections.take_focus()

    def command_panes_assets(self) -> None:
        """Go to the assets."""
        self.assets.take_focus()

    def command_panes_detail(self) -> None:
        """Go to the detail panel, or open the asset where there is no room for one."""
        if self.detail.region:
            self.detail.take_focus()
        else:
            self.rows.command_rows_open()

    def command_panes_next(self) -> None:
        """Go to the pane on the right."""
        self._move(1)

    def command_panes_previous(self) -> None:
        """Go to the pane on the left."""
        self._move(-1)

    def _move(self, step: int) -> None:
        panes = [self.namespaces, self.collections, self.assets]
        if self.detail.region:
            panes.append(self.detail)
        here = panes.index(self.current) if self.current in panes else 0
        panes[(here + step) % len(panes)].take_focus()

    def _mark_current(self) -> None:
        # One pane at a time is shown in a narrow terminal: the style sheet shows the marked one.
        current = self.current or self.assets
        for pane in self.query(Pane):
            pane.set_class(pane is current, "-current")
        for column in self.query("#places, #middle"):
            column.set_class(current in column.children, "-current")
