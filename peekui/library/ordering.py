"""The order of a list by a field, and its grouping by one."""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import msgspec

from peekui.library.filter_sql import BadFilter
from peekui.library.places import SYSTEM_FIELDS
from peekui.library.sql import ids_of
from peekui.library.terms import term_path

if TYPE_CHECKING:
    import sqlite3

    from peekui.library.filter_sql import Place, Places
    from peekui.library.sql import Sql

__all__ = ["GroupBy", "Order", "grouped", "ordered"]

_NOTHING_TO_SORT_BY = "IN ('n', 'o')"  # null, and objects (keys.py)


class Order(msgspec.Struct, frozen=True):
    """An order by a dotted field; `score` is the rank of a search."""

    field: str
    descending: bool = False


class GroupBy(msgspec.Struct, frozen=True):
    """At most so many assets for each value of a field."""

    field: str
    max_assets: int
    order: Order | None = None


def ordered(db: sqlite3.Connection, where: Sql, order: Order, places: Places) -> array[int]:
    """Give the assets with something to sort by, in its order; then, whichever the direction, those without.

    Args:
        db: For reading.
        where: Condition on `facet`.
        order: By a field of the asset, not `score`.
        places: Where fields are.
    """
    source, column, params = _sort_column(places(term_path(order.field)), descending=order.descending)
    some = f"{column} IS NOT NULL AND {column} NOT {_NOTHING_TO_SORT_BY}"
    way = "DESC" if order.descending else "ASC"
    select = f"SELECT facet.id FROM facet{source} WHERE {where.text}"
    found = ids_of(db, f"{select} AND {some} ORDER BY {column} {way}, facet.id {way}", params + where.params)
    none = f"({column} IS NULL OR {column} {_NOTHING_TO_SORT_BY})"
    return array("q", found + ids_of(db, f"{select} AND {none} ORDER BY facet.id", params + where.params))


def grouped(db: sqlite3.Connection, where: Sql, group: GroupBy, places: Places) -> array[int]:
    """Give the first assets of each value of a field, value by value.

    Args:
        db: For reading.
        where: Condition on `facet`.
        group: Field, how many of each of its values, and which of them come first.
        places: Where fields are.

    Raises:
        BadFilter: No asset has the field.
    """
    place = places(term_path(group.field))
    if group.field not in SYSTEM_FIELDS and place.column is None and place.postings is None:
        raise BadFilter(group.field, "group_by needs an indexed field; this one is in no asset")
    source, column, params = _sort_column(place, descending=False)
    rank, join = "facet.id", ""
    ranks: tuple[str, ...] = ()
    if group.order is not None:
        # The order within a group is an order of the whole list, of which each group keeps its first ones.
        rank, join = "ranked.key", " JOIN json_each(?) AS ranked ON ranked.value = facet.id"
        ranks = (msgspec.json.encode(list(ordered(db, where, group.order, places))).decode(),)
    numbered = (
        f"SELECT facet.id AS id, {column} AS key, {rank} AS rank,"
        f" row_number() OVER (PARTITION BY {column} ORDER BY {rank}) AS number"
        f" FROM facet{source}{join} WHERE {where.text} AND {column} IS NOT NULL"
    )
    select = f"SELECT id FROM ({numbered}) WHERE number <= ? ORDER BY key, rank"
    return array("q", ids_of(db, select, (*params, *ranks, *where.params, group.max_assets)))


def _sort_column(place: Place, *, descending: bool) -> tuple[str, str, tuple[int, ...]]:
    if place.aside is not None:
        return " JOIN asset ON asset.id = facet.id", place.aside, ()
    column = place.column or "NULL"
    if place.postings is None:
        return "", column, ()
    # A list is sorted by its least element, downwards by its greatest.
    ends = (
        f" LEFT JOIN (SELECT posting.asset, {'max' if descending else 'min'}(key) AS key FROM posting"
        f" WHERE field = ? AND key NOT {_NOTHING_TO_SORT_BY} GROUP BY posting.asset) AS ends ON ends.asset = facet.id"
    )
    return ends, f"ifnull({column}, ends.key)", (place.postings,)
