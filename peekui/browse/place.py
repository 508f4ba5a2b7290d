"""What a browser is looking at: namespace, chosen collections, search, filter, order, fields."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from peekui.browse.columns import SCORE
from peekui.browse.filter_parts import FAILED, has_part
from peekui.browse.query import EVERYWHERE, AssetQuery, Sort
from peekui.browse.remembered import RememberedPlace
from peekui.filters.expression.printing import to_expression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.api.models import Collection, Namespace
    from peekui.browse.query import TextQuery
    from peekui.filters.nodes import Group

__all__ = ["ALL", "SORTS", "Place"]

ALL = ""
"""Key of the row that stands for all collections."""

SORTS: tuple[tuple[str, Sort | None], ...] = (
    ("", None),
    ("newest first", Sort("created_at", descending=True)),
    ("oldest first", Sort("created_at")),
    ("largest first", Sort("file_data.file_size_bytes", descending=True)),
    ("by title", Sort("metadata.title")),
)
"""Common orders to go through, the service's own first."""

_LONGEST_FILTER = 120
"""Characters of a filter in a sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the library.

    Attributes:
        namespaces: All there are.
        namespace: The one that is open.
        collections: Those of the open namespace.
        chosen: Keys of the collections looked at; empty means all.
        text: Words to look for; None for none.
        filter: Condition tree, muted parts and all; None for none.
        sort: Order of the rows; None is the service's own.
        select: Dotted fields to fetch; None is all of them.
        page_size: Rows to ask for at a time; None leaves it to whoever asks.
        last: Namespace that was open last, which the rest is about until one is open.
    """

    namespaces: tuple[Namespace, ...] = ()
    namespace: Namespace | None = None
    collections: tuple[Collection, ...] = ()
    chosen: frozenset[str] = frozenset()
    text: TextQuery | None = None
    filter: Group | None = None
    sort: Sort | None = None
    select: tuple[str, ...] | None = None
    page_size: int | None = None
    last: str | None = None

    @property
    def scope(self) -> str | None:
        """What `X-Namespace` says."""
        return (self.namespace.key or None) if self.namespace else None

    @property
    def narrowed(self) -> bool:
        """Whether there is a layer to take away: a filter, a search, fields that are left out."""
        return self.searched or self.select is not None

    @property
    def searched(self) -> bool:
        """Whether not all assets answer: words or a filter are asked for."""
        return self.text is not None or self.filter is not None

    @property
    def failed_only(self) -> bool:
        """Whether failed assets alone pass, because the filter asks for them at its root."""
        return has_part(self.filter, FAILED)

    @classmethod
    def remembered(cls, spot: RememberedPlace | None, wanted: str | None) -> Place:
        """Begin where the user was last, unless another namespace is wanted; what is there is not known yet.

        Args:
            spot: Where that was.
            wanted: Id or name of the namespace to open instead.
        """
        if spot is None or wanted not in {None, spot.namespace}:
            return cls()
        return replace(cls(last=spot.namespace), **_asked(spot))

    @property
    def columns_keys(self) -> tuple[str, ...]:
        """What the columns are remembered by, the nearest first: the collection, then all of the namespace's."""
        one = tuple(f"{self.scope}/{key}" for key in self.chosen) if len(self.chosen) == 1 else ()
        return (*one, f"{self.scope}/")

    @property
    def spot(self) -> RememberedPlace:
        """What of it can be gone back to, now or at the next start."""
        chosen = tuple(item.key for item in self.collections if item.key in self.chosen) or tuple(sorted(self.chosen))
        return RememberedPlace(self.scope, chosen, self.text, self.filter, self.sort, self.select, self.page_size)

    def at(self, spot: RememberedPlace) -> Place | None:
        """Give the place a spot stands for; None when its namespace is not there any more."""
        namespace = next((item for item in self.namespaces if (item.key or None) == spot.namespace), None)
        if namespace is None:
            return None
        collections = self.collections if spot.namespace == self.scope else ()
        return replace(Place(self.namespaces, namespace, collections), **_asked(spot))

    def with_namespaces(self, namespaces: Sequence[Namespace], wanted: str | None) -> Place:
        """Take what the service has: stay where we are, else open the wanted one, else the first."""
        wanted = self.scope or wanted or self.last
        names = [item for item in namespaces if item.key]
        found = next((item for item in names if wanted and wanted in {item.namespace_id, item.namespace_name}), None)
        if self.last and (found is None or found.key != self.last):
            return Place(tuple(names), found or (names[0] if names else None))
        return replace(self, namespaces=tuple(names), namespace=found or (names[0] if names else None), last=None)

    def with_namespace(self, key: str) -> Place:
        """Open another namespace; what was chosen and searched belonged to the old one."""
        namespace = next((item for item in self.namespaces if item.key == key), self.namespace)
        return Place(namespaces=self.namespaces, namespace=namespace, sort=self.sort)

    def with_collections(self, collections: Sequence[Collection]) -> Place:
        """Take what the namespace has; chosen ones, by key or name, that are gone are no longer chosen."""
        known = tuple(item for item in collections if item.key)
        chosen = {item.key for item in known if item.key in self.chosen or item.collection_name in self.chosen}
        return replace(self, collections=known, chosen=frozenset(chosen))

    def with_only(self, key: str) -> Place:
        """Look at one collection, or at `ALL`."""
        return replace(self, chosen=frozenset() if key == ALL else frozenset({key}))

    def toggled(self, key: str) -> Place:
        """Add a collection or take it out; `ALL` starts afresh."""
        return replace(self, chosen=frozenset() if key == ALL else self.chosen ^ {key})

    def cleared(self) -> Place:
        """Take away one layer: the filter, then the search with an order by its score, then the choice of fields."""
        if self.filter is not None:
            return replace(self, filter=None)
        if self.text is not None:
            by_score = self.sort is not None and self.sort.field == SCORE
            return replace(self, text=None, sort=None if by_score else self.sort)
        return replace(self, select=None, page_size=None)

    def with_filter(self, tree: Group | None) -> Place:
        """Filter by another tree; one with nothing in it is none."""
        return replace(self, filter=tree if tree and tree.children else None)

    def with_next_sort(self) -> Place:
        """Sort by the next of the common orders."""
        orders = [sort for _, sort in SORTS]
        here = orders.index(self.sort) if self.sort in orders else 0
        return replace(self, sort=orders[(here + 1) % len(orders)])

    def sorted_by(self, field: str | None, *, descending: bool = False) -> Place:
        """Sort by a field; by the same one again the other way round, then as the service does.

        Args:
            field: Dotted path; None is the service's own order, by rank for a search.
            descending: Whether the largest come first when it is asked for the first time.
        """
        if field is None:
            return replace(self, sort=None)
        one, other = Sort(field, descending), Sort(field, not descending)
        return replace(self, sort={one: other, other: None}.get(self.sort, one) if self.sort else one)

    def query(self) -> AssetQuery | None:
        """Give the one value that asks for what is on screen; None while there is nothing to ask."""
        keys = tuple(item.key for item in self.collections if not self.chosen or item.key in self.chosen)
        if not keys:
            return None
        return AssetQuery(
            namespace=self.scope,
            collections=keys,
            text=self.text,
            filter=self.filter,
            sort=self.sort,
            # What has no id can be neither opened nor marked.
            select=tuple(dict.fromkeys((*self.select, "asset_id"))) if self.select else None,
        )

    def narrowing(self) -> str:
        """Say in words what narrows and orders the rows, and which fields alone they have."""
        only = f"only {', '.join(self.select)}" if self.select else ""
        said = (_quoted(self.text), _briefly(self.filter), _in_words(self.sort), only)
        return " · ".join(part for part in said if part)

    def nothing(self) -> tuple[str, str]:
        """Say that no row answers, and what to do about it."""
        if self.searched:
            return f"Nothing matches {self.narrowing()}", "Take away a part of the filter, or the search."
        return "No assets", "The chosen collections are empty."

    def crumbs(self) -> tuple[str, ...]:
        """Name the place from the outside in."""
        if not self.namespace:
            return ()
        chosen = [item.title for item in self.collections if item.key in self.chosen]
        return (self.namespace.title, ", ".join(chosen) or "all collections")


def _asked(spot: RememberedPlace) -> dict[str, Any]:
    """Give what a spot says beside its namespace, by the names of a place's fields."""
    return {
        "chosen": frozenset(spot.collections),
        "text": spot.text,
        "filter": spot.filter,
        "sort": spot.sort,
        "select": spot.select,
        "page_size": spot.page_size,
    }


def _quoted(text: TextQuery | None) -> str:
    if text is None:
        return ""
    return f"“{text.value}”" + ("" if text.keys == EVERYWHERE else f" in {', '.join(text.keys)}")


def _briefly(tree: Group | None) -> str:
    text = to_expression(tree) if tree else ""
    return text if len(text) <= _LONGEST_FILTER else f"{text[: _LONGEST_FILTER - 1]}…"


def _in_words(sort: Sort | None) -> str:
    common = next((words for words, order in SORTS if order == sort), None)
    if sort is None or common is not None:
        return common or ""
    return f"by {sort.field}, {'descending' if sort.descending else 'ascending'}"
