"""Choosing how SQLite goes through the assets.

SQLite knows how many values an index has, not how many assets have a certain one: to it FAILED is as common as DONE.
So the conditions that an index can answer are counted, up to a bound, and the rarest one leads. A `+` before the
others keeps SQLite from using an index for them. Where none is rare the assets are read in their order, which leaves
nothing to sort.
"""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from peekui.library.sql import ALL, Sql, all_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

__all__ = ["Plan", "plan"]

_SHARE: Final = 12
"""An index that gives less than one in so many assets is faster than reading them all in their order: to look up an
asset that an index names takes as long as to read a dozen that lie side by side."""


class Plan(msgspec.Struct, frozen=True):
    """How to go through the assets.

    Attributes:
        table: The table `facet`, with what SQLite has to know of its indexes.
        where: All conditions.
    """

    table: str
    where: Sql


def plan(db: sqlite3.Connection, conditions: Sequence[Sql], *, assets: int) -> Plan:
    """Join conditions by AND, with the rarest one in front and the others not to be searched by.

    Args:
        db: To count with.
        conditions: All of them must hold.
        assets: About how many assets there are.
    """
    conditions = [condition for condition in conditions if condition != ALL]
    if not conditions:
        # The smallest index there is, and in nearly the order of the assets.
        return Plan("facet INDEXED BY facet_by_collection", ALL)
    if len(conditions) == 1 and _has_index(db, conditions[0]):
        return Plan("facet", conditions[0])
    bound = assets // _SHARE
    lead: Sql | None = None
    for condition in conditions:
        if _has_index(db, condition):
            count = _count(db, condition, bound + 1)
            if count <= bound:
                lead, bound = condition, count
    # Cheap before dear: few comparisons before many, then what needs a sub-select, then what calls into Python.
    rest = sorted((condition for condition in conditions if condition is not lead), key=_cost)
    if lead is None:
        return Plan("facet NOT INDEXED", all_of(rest))
    parts = [lead, *(Sql(f"+({condition.text})", condition.params) for condition in rest)]
    return Plan("facet", all_of(parts))


def _has_index(db: sqlite3.Connection, condition: Sql) -> bool:
    steps = db.execute(f"EXPLAIN QUERY PLAN SELECT 1 FROM facet WHERE {condition.text}", condition.params)
    return not any(detail.startswith("SCAN facet") for *_, detail in steps)


def _count(db: sqlite3.Connection, condition: Sql, bound: int) -> int:
    counted = f"SELECT count(*) FROM (SELECT 1 FROM facet WHERE {condition.text} LIMIT ?)"
    [count] = db.execute(counted, (*condition.params, bound)).fetchone()
    return int(count)


def _cost(condition: Sql) -> tuple[bool, bool, int]:
    return "has_words" in condition.text, "SELECT" in condition.text, len(condition.params)
