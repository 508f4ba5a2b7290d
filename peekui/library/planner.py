"""Choosing how SQLite goes through the assets.

SQLite knows how many values an index has, not how many assets have a certain one: to it FAILED is as common as DONE.
So the conditions that an index can answer are counted, up to a bound, and the rarest one leads. A `+` before the
others keeps SQLite from using an index for them.
"""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from peekui.library.sql import ALL, Sql

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

__all__ = ["plan"]

_SHARE: Final = 8
"""An index that gives less than one in so many assets is faster than reading them all in their order."""


def plan(db: sqlite3.Connection, conditions: Sequence[Sql], *, assets: int) -> Sql:
    """Give the conditions joined by AND, with the rarest one in front and the others not to be searched by.

    Args:
        db: To count with.
        conditions: All of them must hold.
        assets: About how many assets there are.
    """
    bound = assets // _SHARE
    lead: Sql | None = None
    for condition in conditions:
        if condition != ALL and _has_index(db, condition):
            count = _count(db, condition, bound + 1)
            if count <= bound:
                lead, bound = condition, count
    parts = [lead] if lead else []
    # Cheap before dear: a sub-select is built once, but it is built; a word match costs a call into Python.
    rest = sorted((c for c in conditions if c is not lead and c != ALL), key=_cost)
    parts += [Sql(f"+({condition.text})", condition.params) for condition in rest]
    if not parts:
        return ALL
    return Sql(" AND ".join(part.text for part in parts), tuple(value for part in parts for value in part.params))


def _has_index(db: sqlite3.Connection, condition: Sql) -> bool:
    steps = db.execute(f"EXPLAIN QUERY PLAN SELECT 1 FROM facet WHERE {condition.text}", condition.params)
    return not any(detail.startswith("SCAN facet") for *_, detail in steps)


def _count(db: sqlite3.Connection, condition: Sql, bound: int) -> int:
    counted = f"SELECT count(*) FROM (SELECT 1 FROM facet WHERE {condition.text} LIMIT ?)"
    [count] = db.execute(counted, (*condition.params, bound)).fetchone()
    return int(count)


def _cost(condition: Sql) -> int:
    return ("SELECT" in condition.text) + 2 * ("has_words" in condition.text)
