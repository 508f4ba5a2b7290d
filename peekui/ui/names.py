"""Rows of the lists of names, made from a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from peekui.browse.place import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peekui.browse.place import Place

__all__ = ["Name", "collection_names", "namespace_names"]


@dataclass(frozen=True, slots=True)
class Name:
    """One row.

    Attributes:
        key: What a request names it by.
        title: What a person calls it, as the server sent it.
        count: Assets in it, if known.
        share: Its part of the largest count, 0 to 1; None draws no bar.
        chosen: Whether it is part of what is shown.
    """

    key: str
    title: str
    count: int | None = None
    share: float | None = None
    chosen: bool = False


def namespace_names(place: Place) -> tuple[Name, ...]:
    """Give the namespaces; the API says no size, so only the open one's is known: that of its collections."""
    total = _total(item.count for item in place.collections)
    return tuple(
        Name(item.key, item.title, total if item.key == place.scope else None, chosen=item.key == place.scope)
        for item in place.namespaces
    )


def collection_names(place: Place) -> tuple[Name, ...]:
    """Give the collections, all of them together first."""
    counts = [item.count for item in place.collections]
    most = max(filter(None, counts), default=0)
    rows = [Name(ALL, "all", _total(counts), chosen=not place.chosen)]
    for item in place.collections:
        share = None if item.count is None else item.count / most if most else 0.0
        rows.append(Name(item.key, item.title, item.count, share, item.key in place.chosen))
    return tuple(rows)


def _total(counts: Iterable[int | None]) -> int | None:
    """Add up, unless there is nothing to add or a part of it is unknown."""
    known = list(counts)
    return None if not known or None in known else sum(filter(None, known))
