"""What one line asks for, and the query it makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from peekui.browse.query import AssetQuery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.browse.query import Sort, TextQuery
    from peekui.filters.nodes import Group

__all__ = ["MOST_ROWS", "Search"]

MOST_ROWS: Final = 1000
"""Rows a page can be asked to have."""


@dataclass(frozen=True, slots=True)
class Search:
    """Everything a line can say; whatever one line says, another says in the same order and no other way.

    Attributes:
        text: Words to look for.
        filter: Condition tree; None for none.
        collections: Ids or names; empty means all of the namespace.
        sort: Order; None is the service's own, by rank where there are words.
        select: Dotted fields to fetch, at least one; None is all of them.
        page_size: Rows of a page, 1 to `MOST_ROWS`; None leaves it to whoever asks.
    """

    text: TextQuery | None = None
    filter: Group | None = None
    collections: tuple[str, ...] = ()
    sort: Sort | None = None
    select: tuple[str, ...] | None = None
    page_size: int | None = None

    @classmethod
    def of(cls, query: AssetQuery, page_size: int | None = None) -> Search:
        """Take what a query asks for; its namespace is no part of a line.

        Args:
            query: Any.
            page_size: Rows of a page.
        """
        return cls(query.text, query.filter, query.collections, query.sort, query.select, page_size)

    def query(self, namespace: str | None, everything: Sequence[str] = ()) -> AssetQuery:
        """Give the query it makes.

        Args:
            namespace: Id or name the request is scoped to; None where the key has only one.
            everything: The collections to search where it names none.
        """
        collections = self.collections or tuple(everything)
        return AssetQuery(namespace, collections, self.text, self.filter, self.sort, self.select)
