"""What triage is opened for while browsing, and what it asks of the browser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from peekui.browse.filter_parts import with_part
from peekui.ui.lines import search_of
from peekui.ui.screens.acting import ActsOnAssets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.api.models import Collection
    from peekui.browse.marks import Marks
    from peekui.browse.query import AssetQuery
    from peekui.filters.nodes import Group

__all__ = ["TriagesAssets"]


class TriagesAssets(ActsOnAssets):
    """Base of the browser's screen: triage of the chosen collections. What narrows the rows does not narrow that."""

    def command_triage_failures(self) -> None:
        """Look at failures by cause."""
        if query := self.place.query():
            from peekui.triage.scope import Scope, Subject  # noqa: PLC0415  (when it is opened)
            from peekui.ui.triage.failures import FailuresScreen  # noqa: PLC0415

            scope = Scope(Subject.FAILURES, query.namespace, query.collections)
            self.app.push_screen(FailuresScreen(self._session, scope, self._of(query), self.crumbs, self))

    def command_triage_duplicates(self) -> None:
        """Look at groups of duplicates."""
        if query := self.place.query():
            from peekui.triage.scope import Scope, Subject  # noqa: PLC0415  (when it is opened)
            from peekui.ui.triage.duplicates import DuplicatesScreen  # noqa: PLC0415

            scope = Scope(Subject.DUPLICATES, query.namespace, query.collections)
            self.app.push_screen(DuplicatesScreen(self._session, scope, self._of(query), self.crumbs, self))

    def command_triage_plans(self) -> None:
        """Look at the plans there are."""
        from peekui.ui.triage.plans import PlansScreen  # noqa: PLC0415  (when it is opened)

        self.app.push_screen(PlansScreen(self._session, self.crumbs))

    def collections_named(self) -> Sequence[str]:
        """Name the collections that are looked at; none for all of the namespace."""
        return search_of(self.place).collections

    def look_at(self, tree: Group) -> None:
        """Show the assets that pass a filter, and no others."""
        self.go(replace(self.place.with_filter(tree), text=None))
        self.panes.command_panes_assets()

    def add_to_filter(self, node: Group) -> None:
        """Have the filter ask for one thing more, or say why it does not."""
        self._change(lambda: with_part(self.place.filter, node))

    def mark(self, marks: Marks) -> None:
        """Mark these, and no others."""
        self.panes.rows.marks = marks

    def _of(self, query: AssetQuery) -> list[Collection]:
        return [item for item in self.place.collections if item.key in query.collections]
