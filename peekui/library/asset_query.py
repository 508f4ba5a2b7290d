"""Which assets, in which order: a request's question as ids, computed by SQL."""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from peekui.filters.nodes import Group, Kind, Operator
from peekui.library.filter_sql import BadFilter, compile_filter
from peekui.library.matching import full_text_term
from peekui.library.places import SYSTEM_FIELDS, DatabasePlaces
from peekui.library.planner import plan
from peekui.library.predicates import predicate
from peekui.library.sql import ALL, NOTHING, Sql, any_of, ids_of, snapshot
from peekui.library.terms import term_path

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from peekui.library.filter_sql import Place

__all__ = ["GroupBy", "Order", "Query", "ResultList", "Term"]

_CONTENT_KEYS = {"text", "content", "features.text"}
"""Keys of a search that mean the text found in the files, not a field of the asset."""
_NOTHING_TO_SORT_BY = "IN ('n', 'o')"  # null, and objects (keys.py)


@dataclass(frozen=True, slots=True)
class Order:
    """An order by a dotted field; `score` is the rank of a search."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """Words to find, in some fields or in all (`*`)."""

    keys: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class GroupBy:
    """At most so many assets for each value of a field."""

    field: str
    max_assets: int
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """Everything that decides which assets are in a list and in which order.

    Attributes:
        collections: Rows of collections, sorted; None for all there are.
        filter: Condition tree.
        term: Words to find.
        order: None is the order of the walk, and by rank for a search.
        group: Limits the list to some for each value of a field.
    """

    collections: tuple[int, ...] | None
    filter: Group | None = None
    term: Term | None = None
    order: Order | None = None
    group: GroupBy | None = None

    def find(self, db: sqlite3.Connection) -> ResultList:
        """Compute the list.

        Args:
            db: For reading. When another thread interrupts it, `sqlite3.OperationalError` is raised.

        Raises:
            BadFilter: An operator cannot be used with its value, or the list is grouped by a field that no asset has.
        """
        with snapshot(db):  # what the index knows of fields must be of the same moment as the assets
            return _find(db, self, DatabasePlaces(db))


@dataclass(frozen=True, slots=True)
class ResultList:
    """All assets that match, in order: any page of it, and its total, is at hand.

    Attributes:
        ids: Rows of assets.
        scores: For each how well it matches, in (0, 1], for a search by words.
    """

    ids: array[int]
    scores: array[float] | None = None


def _find(db: sqlite3.Connection, query: Query, places: DatabasePlaces) -> ResultList:
    conditions = [_in_collections(query.collections)]
    if query.filter is not None:
        conditions += [compile_filter(part, places) for part in _conjuncts(query.filter)]
    if query.term is not None:
        full_text = full_text_term(query.term.value)
        if full_text is None:
            return ResultList(array("q"))
        conditions.append(_in_fields(query.term, full_text, places))
        if NOTHING not in conditions and (query.order is None or query.order.field == "score"):
            ranked = _ranked(db, conditions, full_text)
            return _reversed(ranked) if query.order and not query.order.descending else ranked
        conditions.append(Sql("facet.id IN (SELECT rowid FROM words WHERE words MATCH ?)", (full_text,)))
    if NOTHING in conditions:
        return ResultList(array("q"))
    [assets] = db.execute("SELECT ifnull(sum(asset_count), 0) FROM collection").fetchone()
    way = plan(db, conditions, assets=assets)
    if query.group is not None:
        return ResultList(_grouped(db, way.where, query.group, places))
    if query.order is None:
        found = ids_of(db, f"SELECT facet.id FROM {way.table} WHERE {way.where.text}", way.where.params)
        return ResultList(array("q", sorted(found)))
    return ResultList(_ordered(db, way.where, query.order, places))


def _conjuncts(group: Group) -> list[Group]:
    """Give groups that must all match: the planner can choose among them only when they are apart."""
    if group.kind is not Kind.AND:
        return [group]
    parts: list[Group] = []
    for child in group.children:
        if isinstance(child, Group) and child.case_sensitive is None:
            inherited = Group(child.kind, child.children, group.case_sensitive)
            parts += _conjuncts(inherited)
        else:
            parts.append(Group(Kind.AND, (child,), group.case_sensitive))
    return parts


def _in_collections(collections: tuple[int, ...] | None) -> Sql:
    if collections is None:
        return ALL
    if not collections:
        return NOTHING
    return Sql(f"facet.collection IN ({', '.join('?' * len(collections))})", collections)


def _in_fields(term: Term, full_text: str, places: DatabasePlaces) -> Sql:
    if "*" in term.keys:
        return ALL
    ask = predicate(Operator.TEXT, term.value, case_sensitive=False)
    fields = [places(term_path(key)).any(ask) for key in term.keys if key not in _CONTENT_KEYS]
    if not _CONTENT_KEYS.isdisjoint(term.keys):
        in_content = "facet.id IN (SELECT rowid FROM words WHERE words MATCH ?)"
        fields.append(Sql(in_content, (f"content : ({full_text})",)))
    return any_of(fields)


def _ranked(db: sqlite3.Connection, conditions: Sequence[Sql], full_text: str) -> ResultList:
    rest = [condition for condition in conditions if condition != ALL]
    others = "".join(f" AND +({condition.text})" for condition in rest)
    params = tuple(value for condition in rest for value in condition.params)
    source = "words CROSS JOIN facet ON facet.id = words.rowid" if rest else "words"
    row = db.execute(
        "SELECT json_group_array(id), json_group_array(score) FROM (SELECT words.rowid AS id, -rank AS score"
        f" FROM {source} WHERE words MATCH ?{others} ORDER BY rank, words.rowid)",
        (full_text, *params),
    ).fetchone()
    ids, scores = msgspec.json.decode(row[0], type=list[int]), msgspec.json.decode(row[1], type=list[float])
    best = scores[0] if scores else 1.0
    return ResultList(array("q", ids), array("d", (max(score / best, 1e-9) for score in scores)))


def _reversed(ranked: ResultList) -> ResultList:
    return ResultList(ranked.ids[::-1], ranked.scores[::-1] if ranked.scores is not None else None)


def _ordered(db: sqlite3.Connection, where: Sql, order: Order, places: DatabasePlaces) -> array[int]:
    """Those with something to sort by, in its order; then, whichever the direction, those without."""
    source, column, params = _sort_column(places(term_path(order.field)), descending=order.descending)
    some = f"{column} IS NOT NULL AND {column} NOT {_NOTHING_TO_SORT_BY}"
    way = "DESC" if order.descending else "ASC"
    select = f"SELECT facet.id FROM facet{source} WHERE {where.text}"
    found = ids_of(db, f"{select} AND {some} ORDER BY {column} {way}, facet.id {way}", params + where.params)
    none = f"({column} IS NULL OR {column} {_NOTHING_TO_SORT_BY})"
    return array("q", found + ids_of(db, f"{select} AND {none} ORDER BY facet.id", params + where.params))


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


def _grouped(db: sqlite3.Connection, where: Sql, group: GroupBy, places: DatabasePlaces) -> array[int]:
    place = places(term_path(group.field))
    if group.field not in SYSTEM_FIELDS and place.column is None and place.postings is None:
        raise BadFilter(group.field, "group_by needs an indexed field; this one is in no asset")
    source, column, params = _sort_column(place, descending=False)
    order = group.order or Order("asset_id")
    # The order within a group is an order of the whole list, of which each group keeps its first ones.
    ranked = _ordered(db, where, order, places) if group.order else None
    rank = "facet.id" if ranked is None else "ranked.key"
    join = "" if ranked is None else " JOIN json_each(?) AS ranked ON ranked.value = facet.id"
    ranks = () if ranked is None else (msgspec.json.encode(list(ranked)).decode(),)
    numbered = (
        f"SELECT facet.id AS id, {column} AS key, {rank} AS rank,"
        f" row_number() OVER (PARTITION BY {column} ORDER BY {rank}) AS number"
        f" FROM facet{source}{join} WHERE {where.text} AND {column} IS NOT NULL"
    )
    select = f"SELECT id FROM ({numbered}) WHERE number <= ? ORDER BY key, rank"
    return array("q", ids_of(db, select, (*params, *ranks, *where.params, group.max_assets)))
