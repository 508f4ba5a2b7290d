"""The panes of the browser, side by side, and how a place and its rows are drawn in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from peekui.browse.overview import Aspect
from peekui.ui.commands import Situation, Where
from peekui.ui.loader import Subject
from peekui.ui.names import collection_names, namespace_names
from peekui.ui.running import RunsCommands, bindings_for
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.asset_table import AssetTable
from peekui.ui.widgets.detail_panel import DetailPanel
from peekui.ui.widgets.filter_pills import FilterPills
from peekui.ui.widgets.name_list import NameList
from peekui.ui.widgets.name_pane import NamePane
from peekui.ui.widgets.notice import Tone
from peekui.ui.widgets.pane import Pane
from peekui.ui.widgets.row_view import RowView
from peekui.ui.widgets.search_line import SearchLine
from peekui.ui.word_pattern import word_pattern

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from peekui.api.models import Asset
    from peekui.browse.pages import PageWindow
    from peekui.browse.place import Place
    from peekui.browse.query import TextQuery
    from peekui.ui.widgets.asset_rows import AssetRows
    from peekui.ui.widgets.notice import Problem

__all__ = ["BrowsePanes", "CollectionList", "NamespaceList"]


_MODES = ("-normal", "-wide", "-full")
"""How the room is shared out, by the class that the style sheet knows."""


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

    def __init__(self) -> None:
        """Make the panes; what is in them comes with `furnish`."""
        super().__init__()
        self._mode = 0
        self.namespaces = NamePane(NamespaceList(id="namespace-list"), title="Namespaces", id="namespaces")
        self.collections = NamePane(CollectionList(id="collection-list"), title="Collections", id="collections")
        self.search = SearchLine()
        self.narrowing = Static(id="narrowing", markup=False)
        self.pills = FilterPills()
        self.asked = Horizontal(self.narrowing, self.pills, id="asked")
        self.asked.display = False
        self.table = AssetTable()
        self.assets = Pane(self.table, title="Assets", id="assets")
        self.detail = Pane(DetailPanel(), title="Detail", id="detail")
        self.detail.say(Tone.EMPTY, "Nothing under the cursor")

    @property
    def rows(self) -> AssetRows:
        """The rows of the table."""
        return self.table.rows

    def compose(self) -> ComposeResult:
        """The frames of the panes."""
        with Vertical(id="places"):
            yield self.namespaces
            yield self.collections
        with Vertical(id="middle"):
            yield self.assets
        yield self.detail

    async def furnish(self) -> None:
        """Put in what is in the panes, and start with the table."""
        await self.query_one("#middle").mount(self.search, self.asked, before=0)
        for pane in (self.namespaces, self.collections, self.assets, self.detail):
            await pane.furnish()
        self.watch(self.screen, "focused", self._mark_current, init=False)
        # In the frame that scrolls, not in one of its own after it.
        self.watch(self.rows, "scroll_y", self.draw_count, init=False)
        self.assets.take_focus()

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(filter=self.pills.filter is not None)

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
        """Draw where we are: what is asked, beside which the rows may still answer something else."""
        self.namespaces.names.names = namespace_names(place)
        self.collections.names.names = collection_names(place)
        beside_filter = replace(place, filter=None).narrowing()
        self.narrowing.update(one_line(beside_filter))
        self.narrowing.display = bool(beside_filter)
        if place.filter is None and self.screen.focused is self.pills:
            self.assets.take_focus()
        self.pills.filter = place.filter
        self.pills.display = place.filter is not None
        self.asked.display = bool(place.narrowing())
        self.table.sort = place.sort
        self.rows.scope = place.scope

    def draw_answered(self, answered: Place | None) -> None:
        """Dim the rows while another answer is on its way, and say what they answer until then.

        Args:
            answered: The place they are of; None where that is the place of now.
        """
        self.rows.stale = answered is not None
        title = "Assets"
        if answered and self.shows_rows:
            said = (*answered.crumbs()[1:], answered.narrowing())
            title += f" still of: {one_line(' · '.join(part for part in said if part))}"
        self.assets.border_title = Content(title)

    def draw_found(self, milliseconds: float | None) -> None:
        """Say in the title how many rows were found, and how long that took."""
        window = self.rows.window
        found = 0 if not self.shows_rows else window.total or 0
        took = "" if milliseconds is None else f" in {milliseconds:,.0f} ms"
        self.assets.border_title = Content(f"Assets: {_how_many(found, exact=window.exact)}{took}")

    def draw_rows(self, window: PageWindow[Asset], text: TextQuery | None) -> None:
        """Draw rows that came: of the window on show, or of another one, from its top.

        Args:
            window: Has the rows.
            text: Words they were found by: they carry a score then.
        """
        self.assets.show_body()
        self.table.scored = text is not None
        self.rows.matches = word_pattern(text.value) if text else None
        if self.rows.window is window:
            self.rows.redraw()
        else:
            self.rows.window = window
        self.draw_count()

    def draw_count(self) -> None:
        """Say which rows of how many are in view; never a number that was not measured."""
        self.assets.draw_corner(self._count())

    def _count(self) -> str:
        window = self.rows.window
        marked = f"{len(self.rows.marks):,} marked" if self.rows.marks else ""
        if not self.shows_rows or not window.total:
            return marked
        first = self.rows.scroll_offset.y + 1
        last = min(first + max(self.rows.size.height, 1) - 1, window.total)
        total = _how_many(window.total, exact=window.exact)
        note = " (the service gives no more pages)" if window.unpaged and not window.exact else ""
        pages = "1 page" if window.failed == 1 else f"{window.failed:,} pages"
        lost = f"partial: {pages} could not be loaded" if window.failed else ""
        return " · ".join(filter(None, (lost, marked, f"{first:,}–{last:,} of {total}{note}")))

    def on_markable_rows_marks_changed(self) -> None:
        """Say how many assets are marked."""
        self.draw_count()

    def draw_failure(self, subject: Subject, problem: Problem, *, keep_rows: bool) -> None:
        """Show a failure in the pane it belongs to; the others stay as they are.

        Args:
            subject: What could not be loaded.
            problem: Why not.
            keep_rows: The rows on show answer the question of now; only some more of them could not be loaded.
        """
        self.draw_answered(None)
        pane = {Subject.NAMESPACES: self.namespaces, Subject.COLLECTIONS: self.collections}.get(subject)
        if pane is None and keep_rows:
            self.rows.redraw()
            text = f"{problem.what} {problem.advice}"
            self.notify(text, title="Some rows could not be loaded", severity="error", markup=False)
            return
        # The rows on show answer an earlier question: they must not pass for the answer to this one. And the middle is
        # where people look: it tells as well when what it depends on could not be loaded.
        if pane is None or not self.shows_rows:
            self.assets.fail(problem)
        if pane:
            pane.fail(problem)
        if subject is Subject.NAMESPACES and not self.collections.body.display:
            self.collections.say(Tone.EMPTY, "Waiting for the namespaces")

    def draw_wait(self, seconds: float | None) -> None:
        """Have the panes that wait for their rows say how long the call budget makes them.

        Args:
            seconds: Until the next call's turn; None once no call waits.
        """
        for pane in (self.namespaces, self.collections, self.assets):
            if seconds is None and pane.shows(Tone.WAITING):
                pane.say(Tone.LOADING, "Loading…")
            elif seconds is not None and (pane.shows(Tone.LOADING) or pane.shows(Tone.WAITING)):
                pane.say(Tone.WAITING, f"Waiting {seconds:.0f} s for a call", "The calls of this minute are used up.")

    def values_in_view(self) -> set[tuple[Aspect, str]]:
        """Give the statuses and types of the rows in view."""
        first, last = self.rows.in_view()
        assets = [asset for index in range(first, last + 1) if (asset := self.rows.asset_at(index))]
        pairs = [(Aspect.STATUS, asset.status) for asset in assets]
        pairs += [(Aspect.MODALITY, asset.modality) for asset in assets]
        return {(aspect, value) for aspect, value in pairs if value}

    def draw_detail(self) -> None:
        """Draw the asset under the cursor."""
        asset = self.asset()
        self.detail.border_title = Content(one_line(asset.title)) if asset else "Detail"
        if asset:
            self.detail.query_one(DetailPanel).show(asset, self.rows.scope, self.rows.matches)
            self.detail.show_body()
        else:
            self.detail.say(Tone.EMPTY, "Nothing under the cursor")

    def close_search(self) -> None:
        """Hide the search line."""
        self.search.close()
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

    def command_panes_filter(self) -> None:
        """Go to the parts of the filter."""
        self.screen.set_focus(self.pills)

    def on_filter_pills_left(self) -> None:
        """Go from the filter to the assets."""
        self.assets.take_focus()

    def command_panes_next(self) -> None:
        """Go to the pane on the right."""
        self._move(1)

    def command_panes_previous(self) -> None:
        """Go to the pane on the left."""
        self._move(-1)

    def command_panes_larger(self) -> None:
        """Give the pane with the focus more room: wide, then the whole screen."""
        self._show_in(min(self._mode + 1, len(_MODES) - 1))

    def command_panes_smaller(self) -> None:
        """Give the other panes their room again."""
        self._show_in(max(self._mode - 1, 0))

    def _show_in(self, mode: int) -> None:
        self._mode = mode
        for number, name in enumerate(_MODES):
            self.set_class(number == mode and mode > 0, name)

    def _move(self, step: int) -> None:
        panes = [self.namespaces, self.collections, self.assets]
        if self.detail.region:
            panes.append(self.detail)
        current = self.assets if self.pills.has_focus else self.current
        here = panes.index(current) if current in panes else 0
        panes[(here + step) % len(panes)].take_focus()

    def _mark_current(self) -> None:
        # One pane at a time is shown in a narrow terminal: the style sheet shows the marked one.
        current = self.current or self.assets
        for pane in self.query(Pane):
            pane.set_class(pane is current, "-current")
        for column in self.query("#places, #middle"):
            column.set_class(current in column.children, "-current")


def _how_many(total: int, *, exact: bool) -> str:
    return f"{total:,}" if exact else f"more than {total - 1:,}"
