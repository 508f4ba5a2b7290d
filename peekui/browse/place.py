"""What a browser is looking at: namespace, chosen collections, search, filter, order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from peekui.browse.query import AssetQuery, Sort, TextQuery
from peekui.filters.nodes import Condition, Group, Kind, Operator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.api.models import Collection, Namespace

__all__ = ["ALL", "FAILED", "SORTS", "Place"]

ALL = ""
"""Key of the row that stands for all collections."""

FAILED = Group(Kind.AND, (Condition("status", Operator.EQ, "FAILED"),))
"""Failed assets; comparison is insensitive to case unless a group says otherwise (section 6)."""

SORTS: tuple[tuple[str, Sort | None], ...] = (
    ("", None),
    ("newest first", Sort("created_at", descending=True)),
    ("oldest first", Sort("created_at")),
    ("largest first", Sort("file_data.file_size_bytes", descending=True)),
    ("by title", Sort("metadata.title")),
)
"""Orders to go through, the service's own first."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the library.

    Attributes:
        namespaces: All there are.
        namespace: The one that is open.
        collections: Those of the open namespace.
        chosen: Keys of the collections looked at; empty means all.
        words: Search text, if any.
        failed_only: Only failed assets.
        sort: Index into `SORTS`.
    """

    namespaces: tuple[Namespace, ...] = ()
    namespace: Namespace | None = None
    collections: tuple[Collection, ...] = ()
    chosen: frozenset[str] = frozenset()
    words: str = ""
    failed_only: bool = False
    sort: int = 0

    @property
    def scope(self) -> str | None:
        """What `X-Namespace` says."""
        return (self.namespace.key or None) if self.namespace else None

    @property
    def narrowed(self) -> bool:
        """Whether a search or a filter is active."""
        return bool(self.words) or self.failed_only

    def with_namespaces(self, namespaces: Sequence[Namespace], wanted: str | None) -> Place:
        """Take what the service has: stay where we are, else open the wanted one, else the first."""
        wanted = self.scope or wanted
        names = [item for item in namespaces if item.key]
        found = next((item for item in names if wanted and wanted in {item.namespace_id, item.namespace_name}), None)
        return replace(self, namespaces=tuple(names), namespace=found or (names[0] if names else None))

    def with_namespace(self, index: int) -> Place:
        """Open another namespace; what was chosen and searched belonged to the old one."""
        return Place(namespaces=self.namespaces, namespace=self.namespaces[index], sort=self.sort)

    def with_collections(self, collections: Sequence[Collection]) -> Place:
        """Take what the namespace has; chosen ones that are gone are no longer chosen."""
        known = tuple(item for item in collections if item.key)
        return replace(self, collections=known, chosen=self.chosen & {item.key for item in known})

    def with_only(self, key: str) -> Place:
        """Look at one collection, or at `ALL`."""
        return replace(self, chosen=frozenset() if key == ALL else frozenset({key}))

    def toggled(self, key: str) -> Place:
        """Add a collection or take it out; `ALL` starts afresh."""
        return replace(self, chosen=frozenset() if key == ALL else self.chosen ^ {key})

    def cleared(self) -> Place:
        """Take away one layer: the filter, then the search."""
        return replace(self, failed_only=False) if self.failed_only else replace(self, words="")

    def query(self) -> AssetQuery | None:
        """Give the one value that asks for what is on screen; None while there is nothing to ask."""
        keys = tuple(item.key for item in self.collections if not self.chosen or item.key in self.chosen)
        if not keys:
            return None
        return AssetQuery(
            namespace=self.scope,
            collections=keys,
            text=TextQuery(self.words) if self.words else None,
            filter=FAILED if self.failed_only else None,
            sort=SORTS[self.sort][1],
        )

    def narrowing(self) -> str:
        """Say in words what narrows and orders the rows."""
        parts = [f"“{self.words}”" if self.words else "", "status = FAILED" if self.failed_only else ""]
        return " · ".join(filter(None, (*parts, SORTS[self.sort][0])))

    def nothing(self) -> tuple[str, str]:
        """Say that no row answers, and what to do about it."""
        if self.narrowed:
            return f"Nothing matches {self.narrowing()}", "Esc takes away the filter, then the search."
        return "No assets", "The chosen collections are empty."

    def crumbs(self) -> tuple[str, ...]:
        """Name the place from the outside in."""
        if not self.namespace:
            return ()
        chosen = [item.title for item in self.collections if item.key in self.chosen]
        return (self.namespace.title, ", ".join(chosen) or "all collections")
