"""The order of a search by words: how well each asset matches.

FTS5's bm25 reads what it ranks one by one, which takes a second and more for a word that is in a million assets. How
often such a word is in an asset says little about it; where it is says more. So among very many matches those with all
words in the title come first, then those with all words in the metadata, then the others. Each of these parts is in the
order of bm25 where it is small enough, else in the order of the walk.
"""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

import msgspec

from peekui.library.sql import ALL, Sql, ids_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

__all__ = ["BY_BM25", "ranked"]

BY_BM25: Final = 50_000
"""Matches that bm25 puts in order: it takes about two seconds for a million."""


def ranked(db: sqlite3.Connection, full_text: str, conditions: Sequence[Sql]) -> tuple[array[int], array[float]]:
    """Give the assets that have some words, best first; those that match equally well in the order of the walk.

    Args:
        db: For reading.
        full_text: FTS5 expression (matching.full_text_term).
        conditions: On `facet`; all of them must hold too.

    Returns:
        Rows of assets, and for each how well it matches, in (0, 1].
    """
    rest = [condition for condition in conditions if condition != ALL]
    if not _is_common(db, full_text):
        return _joined([_by_bm25(db, _matches(full_text, rest))])
    parts = [_in_walk_order(db, _matches(full_text, rest))]
    if len(parts[0]) > BY_BM25:
        parts = _by_field(db, full_text, among=parts[0] if rest else None)
    return _joined(
        [
            _by_bm25(db, _matches_among(full_text, part)) if len(part) <= BY_BM25 else (part, [1.0] * len(part))
            for part in parts
        ]
    )


def _joined(parts: list[tuple[list[int], list[float]]]) -> tuple[array[int], array[float]]:
    """Put parts one after the other; each has an equal share of the scores from 1 down to 0."""
    ids, scores = array("q"), array("d")
    for below, (rows, shares) in zip(reversed(range(len(parts))), parts, strict=True):
        ids.extend(rows)
        scores.extend((below + share) / len(parts) for share in shares)
    return ids, scores


def _is_common(db: sqlite3.Connection, full_text: str) -> bool:
    counted = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
    [count] = db.execute(counted, (full_text, BY_BM25 + 1)).fetchone()
    return bool(count > BY_BM25)


def _by_field(db: sqlite3.Connection, full_text: str, *, among: list[int] | None) -> list[list[int]]:
    title, metadata = f"title : ({full_text})", f"metadata : ({full_text})"
    expressions = (title, f"{metadata} NOT {title}", f"({full_text}) NOT {title} NOT {metadata}")
    parts = [_in_walk_order(db, _matches(expression, [])) for expression in expressions]
    if among is None:
        return parts
    wanted = set(among)
    return [[row for row in part if row in wanted] for part in parts]


def _in_walk_order(db: sqlite3.Connection, matches: Sql) -> list[int]:
    return ids_of(db, f"SELECT words.rowid AS id {matches.text} ORDER BY words.rowid", matches.params)


def _by_bm25(db: sqlite3.Connection, matches: Sql) -> tuple[list[int], list[float]]:
    found = db.execute(
        "SELECT json_group_array(id), json_group_array(weight) FROM"
        f" (SELECT words.rowid AS id, -rank AS weight {matches.text} ORDER BY rank, words.rowid)",
        matches.params,
    ).fetchone()
    ids, weights = msgspec.json.decode(found[0], type=list[int]), msgspec.json.decode(found[1], type=list[float])
    return ids, [weight / weights[0] for weight in weights]


def _matches(full_text: str, rest: Sequence[Sql]) -> Sql:
    """Give what follows the columns of a SELECT of the assets that have the words and fulfil the rest."""
    source = "words CROSS JOIN facet ON facet.id = words.rowid" if rest else "words"
    # The words lead: a `+` keeps SQLite from going through the assets in another way.
    others = "".join(f" AND +({condition.text})" for condition in rest)
    params = [value for condition in rest for value in condition.params]
    return Sql(f"FROM {source} WHERE words MATCH ?{others}", (full_text, *params))


def _matches_among(full_text: str, rows: list[int]) -> Sql:
    among = "FROM words WHERE words MATCH ? AND +words.rowid IN (SELECT value FROM json_each(?))"
    return Sql(among, (full_text, msgspec.json.encode(rows).decode()))
