"""Which assets, in which order: a request's question as ids, computed by SQL."""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import msgspec

from peekui.filters.nodes import Group, Kind, Operator
from peekui.library.filter_sql import compile_filter
from peekui.library.matching import full_text_term
from peekui.library.ordering import GroupBy, Order, grouped, ordered
from peekui.library.places import DatabasePlaces
from peekui.library.planner import plan
from peekui.library.predicates import predicate
from peekui.library.ranking import ranked
from peekui.library.sql import ALL, NOTHING, Sql, any_of, ids_of, snapshot
from peekui.library.terms import term_path

if TYPE_CHECKING:
    import sqlite3

__all__ = ["GroupBy", "Order", "Query", "ResultList", "Term"]

_CONTENT_KEYS = {"text", "content", "features.text"}
"""Keys of a search that mean the text found in the files, not a field of the asset."""


class Term(msgspec.Struct, frozen=True):
    """Words to find, in some fields or in all (`*`)."""

    keys: tuple[str, ...]
    value: str


class Query(msgspec.Struct, frozen=True):
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


class ResultList(msgspec.Struct, frozen=True):
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
            found = ResultList(*ranked(db, full_text, conditions))
            return _reversed(found) if query.order and not query.order.descending else found
        conditions.append(Sql("facet.id IN (SELECT rowid FROM words WHERE words MATCH ?)", (full_text,)))
    if NOTHING in conditions:
        return ResultList(array("q"))
    [assets] = db.execute("SELECT ifnull(sum(asset_count), 0) FROM collection").fetchone()
    way = plan(db, conditions, assets=assets)
    if query.group is not None:
        return ResultList(grouped(db, way.where, query.group, places))
    if query.order is None:
        ids = ids_of(db, f"SELECT facet.id FROM {way.table} WHERE {way.where.text}", way.where.params)
        return ResultList(array("q", sorted(ids)))
    return ResultList(ordered(db, way.where, query.order, places))


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


def _reversed(found: ResultList) -> ResultList:
    return ResultList(found.ids[::-1], found.scores[::-1] if found.scores is not None else None)
