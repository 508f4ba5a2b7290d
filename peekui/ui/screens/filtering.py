"""What the user can do about the filter while browsing: build it, change its parts, point at cells, compare."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from peekui.browse.cell_filters import narrowed_by
from peekui.browse.filter_parts import FAILED, PartRefused, with_toggled
from peekui.ui.lines import search_of
from peekui.ui.running import keymap_of
from peekui.ui.screens.browse_commands import BrowseCommands

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.browse.cell_filters import Pointing
    from peekui.filters.nodes import Group
    from peekui.filters.paths import Path
    from peekui.ui.widgets.asset_table import AssetTable, CurrentCell
    from peekui.ui.widgets.filter_pills import FilterPills

__all__ = ["FiltersAssets"]


class FiltersAssets(BrowseCommands):
    """Base of the browser's screen: the filter of its place."""

    def filter_by(self, tree: Group | None) -> None:
        """Look at the same place through another filter."""
        self.go(self.place.with_filter(tree))

    def command_assets_filter(self) -> None:
        """Build the filter."""
        self._build(())

    def command_assets_failed(self) -> None:
        """Show only failed assets, or all again; the rest of the filter stays."""
        self._change(lambda: with_toggled(self.place.filter, FAILED))

    def command_assets_compare(self) -> None:
        """Compare the filter with the one that was in force before it here."""
        query = self.place.query()
        if query is None:
            return
        from peekui.ui.screens.compare import CompareScreen

        earlier = (spot.filter for spot in reversed(self._trail.behind) if spot.namespace == self.place.scope)
        other = next((tree for tree in earlier if tree != self.place.filter), None)
        self.app.push_screen(CompareScreen(self._session, query, other, self.filter_by))

    def on_filter_pills_changed(self, event: FilterPills.Changed) -> None:
        """Take the filter as its pills were changed."""
        self.filter_by(event.tree)

    def on_filter_pills_edit_asked(self, event: FilterPills.EditAsked) -> None:
        """Build on at a part of the filter."""
        self._build(event.path)

    def on_asset_table_pointed(self, event: AssetTable.Pointed) -> None:
        """Filter by a cell, or ask how."""
        if event.pointing is not None:
            self._point(event.cell, event.pointing)
            return
        from peekui.ui.cell_choices import cell_choices
        from peekui.ui.screens.asking import AskingScreen

        def run(chosen: Callable[[], object] | None) -> None:
            if chosen:
                chosen()

        choices = cell_choices(event.cell, self.place.filter, keymap_of(self), partial(self._point, event.cell))
        self.app.push_screen(AskingScreen("Filter by this cell", choices), run)

    def _point(self, cell: CurrentCell, pointing: Pointing) -> None:
        self._change(lambda: narrowed_by(pointing, self.place.filter, cell.field, cell.value))

    def _change(self, changed: Callable[[], Group]) -> None:
        """Filter by what comes of a change, or say why nothing does."""
        try:
            tree = changed()
        except PartRefused as refused:
            self.notify(f"The filter stays as it is: {refused}.", severity="warning", markup=False)
            return
        if tree == self.place.filter:
            self.notify("The filter says so already.", markup=False)
        else:
            self.filter_by(tree)

    def _build(self, path: Path) -> None:
        query = self.place.query()
        if query is None:
            return
        from peekui.ui.screens.filter import FilterScreen

        rows = tuple(self.panes.rows.window.held())
        search = search_of(self.place)
        namespace = self.place.namespace
        self.app.push_screen(
            FilterScreen(self._session, namespace, query, rows, self.filter_by, path=path, search=search)
        )
