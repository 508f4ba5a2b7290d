"""What triage asks of the browser it was opened from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from peekui.browse.copy_forms import CopyItem
    from peekui.browse.marks import Marks
    from peekui.filters.nodes import Group

__all__ = ["Browser"]


class Browser(Protocol):
    """The screen behind."""

    def collections_named(self) -> Sequence[str]:
        """Name the collections that are looked at, by name or id; none for all of the namespace."""

    def act_on(self, items: Sequence[CopyItem], about: str) -> None:
        """Choose what to do with some assets."""

    def look_at(self, tree: Group) -> None:
        """Show the assets that pass a filter, and no others."""

    def add_to_filter(self, node: Group) -> None:
        """Have its filter ask for one thing more, or say why it does not."""

    def marked(self) -> Marks:
        """Give the marked assets."""

    def mark(self, marks: Marks) -> None:
        """Mark these, and no others."""

    def unmark(self, asset_ids: Iterable[str]) -> None:
        """Unmark assets that something was done with."""

    def fetch_view(self) -> None:
        """Ask again for the rows in view."""
