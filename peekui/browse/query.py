"""The one value everything on screen answers: an immutable asset query."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from peekui.filters.meaning import active
from peekui.filters.moments import RelativeTime, now_or
from peekui.filters.nodes import Condition
from peekui.filters.paths import walk
from peekui.filters.wire import to_json

if TYPE_CHECKING:
    from datetime import datetime

    from peekui.api.requests import AssetBody
    from peekui.filters.nodes import Group

__all__ = ["EVERYWHERE", "AssetQuery", "Sort", "TextQuery"]

EVERYWHERE: Final = ("*",)
"""The fields that words are looked for in where none are named."""


@dataclass(frozen=True, slots=True)
class TextQuery:
    """Words to look for.

    Attributes:
        value: The words.
        keys: Fields to look in; `*` is all of them.
    """

    value: str
    keys: tuple[str, ...] = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of rows by a dotted field."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class AssetQuery:
    """Which assets, in which order.

    Attributes:
        namespace: Id or name the request is scoped to; None where the key has only one.
        collections: Ids or names, never empty in a request.
        text: Full-text part; with it the query is a search, without it a list.
        filter: Condition tree.
        sort: Order; None is the service's own, by rank for a search.
        select: Dotted fields to fetch; None is all of them.
        asked_at: What relative times count from: when the query was made, so that all pages of its answer agree, or
            another moment set with `replace`, so that several queries do. Two that differ in it alone are equal.
    """

    namespace: str | None
    collections: tuple[str, ...]
    text: TextQuery | None = None
    filter: Group | None = None
    sort: Sort | None = None
    select: tuple[str, ...] | None = None
    asked_at: datetime = field(default_factory=lambda: now_or(None), compare=False)

    @property
    def depends_on_time(self) -> bool:
        """Whether it asks for something else tomorrow: its filter has a time relative to now."""
        nodes = (node for _, node in walk(active(self.filter))) if self.filter else ()
        return any(isinstance(node, Condition) and isinstance(node.value, RelativeTime) for node in nodes)

    def body(self) -> AssetBody:
        """Give the request's JSON, with only the keys that say something (mixpeek-api.md, sections 1 and 5)."""
        body: AssetBody = {"collections": list(self.collections)}
        if self.text:
            body["query"] = {"key": list(self.text.keys), "value": self.text.value}
        if self.filter and active(self.filter).children:
            body["filters"] = to_json(self.filter, self.asked_at)
        if self.sort:
            body["sort"] = {"field": self.sort.field, "direction": "desc" if self.sort.descending else "asc"}
        if self.select is not None:
            body["select"] = list(self.select)
        return body
