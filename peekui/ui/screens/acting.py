"""What is done with several assets of the browser: acts, and exports. What they open is imported then."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from peekui.browse.columns import SCORE
from peekui.ui.screens.filtering import FiltersAssets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from peekui.browse.copy_forms import CopyItem
    from peekui.ui.app import PeekApp
    from peekui.ui.exports import Export

__all__ = ["ActsOnAssets"]


class ActsOnAssets(FiltersAssets):
    """Base of the browser's screen."""

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Say where this is."""
        return (self._session.source.name, *self.place.crumbs())

    def command_assets_act(self) -> None:
        """Choose what to do with the marked assets, or with the one under the cursor."""
        marked, current = self.marked_items(), self.current_item()
        if marked:
            self.act_on(marked, f"{len(marked):,} marked assets" if len(marked) > 1 else "the marked asset")
        elif current:
            self.act_on([current], current.title)

    def act_on(self, items: Sequence[CopyItem], about: str) -> None:
        """Choose what to do with some assets.

        Args:
            items: The assets.
            about: What they are, such as `12 marked assets`.
        """
        from peekui.ui.triage.acting import Acting

        Acting(self, cast("PeekApp", self.app), self._session, items, about).menu()

    def command_assets_export(self) -> None:
        """Write the rows of the table to a file: all, or the marked where there are some."""
        query = self.place.query()
        if query is None:
            return
        from peekui.ui.exports import of_query

        whole = of_query(query, self._columns_on_show, self.panes.rows.window.total)
        marked = self.marked_items()
        if not marked:
            self.export(whole)
            return
        from peekui.ui.screens.asking import AskingScreen
        from peekui.ui.widgets.choice_list import Choice

        def run(chosen: Callable[[], object] | None) -> None:
            if chosen:
                chosen()

        about = f"{len(marked):,} marked assets"
        answers = [
            Choice("The marked", text=about, run=partial(self.export_items, marked, about)),
            Choice("All of the table", text=whole.what, run=partial(self.export, whole)),
        ]
        self.app.push_screen(AskingScreen("Export which rows?", answers), run)

    def export_items(self, items: Sequence[CopyItem], about: str) -> None:
        """Write what the columns on show say of some assets to a file."""
        from peekui.ui.exports import of_assets

        ids, keys = [item.asset_id for item in items], [item.key for item in self.place.collections]
        self.export(of_assets(ids, about, self._columns_on_show, namespace=self.place.scope, collections=keys))

    def export(self, export: Export) -> None:
        """Ask where to, and write."""
        from peekui.ui.screens.exporting import ExportingScreen, ExportTo, ExportToScreen

        def write(to: ExportTo | None) -> None:
            if to:
                self.app.push_screen(ExportingScreen(self._session, export, to))

        self.app.push_screen(ExportToScreen(self._session, export), write)

    @property
    def _columns_on_show(self) -> list[str]:
        shown = [column.field for column in self.panes.table.columns.shown()]
        return shown if self.place.text else [field for field in shown if field != SCORE]
