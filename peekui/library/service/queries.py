"""From a request's body to a query (asset_query.py), and from there to a page of assets."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from peekui.filters.wire import MAX_DEPTH, FilterShapeError, from_json
from peekui.library.asset_query import Order, Query, ResultList, Term
from peekui.library.filter_sql import BadFilter
from peekui.library.service.errors import ApiError, InvalidRequest, not_found
from peekui.library.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.filters.nodes import Group
    from peekui.library.feature_query import FeatureQuery
    from peekui.library.service.context import Call
    from peekui.library.service.requests import SearchTerm, SortBody

__all__ = ["MAX_CONDITIONS", "collection_rows", "filter_of", "find_rows", "order_of", "term_of", "window"]

MAX_CONDITIONS = 20
"""In one AND, OR or NOR list (mixpeek-api.md, section 2)."""
_MAX_CONDITIONS_IN_ALL = 2000
"""An own limit: SQL has an end."""


async def collection_rows(call: Call[Any, Any], names: Sequence[str]) -> tuple[int, ...] | None:
    """Give the rows of collections named by id or name, None when they are all there are.

    Raises:
        ApiError: 404 for one that is not there.
    """
    libraries = [library.row for library in call.libraries()]
    known = await call.parts.readers.run(
        lambda db: db.execute("SELECT id, namespace, collection_id, name FROM collection").fetchall()
    )
    in_scope = [row for row in known if row[1] in libraries]
    rows: set[int] = set()
    for name in names:
        found = {row[0] for row in in_scope if row[2] == name} or {row[0] for row in in_scope if row[3] == name}
        if not found:
            raise not_found("Collection", name)
        rows |= found
    return None if len(rows) == len(known) else tuple(sorted(rows))


def filter_of(data: dict[str, Any] | None) -> Group | None:
    """Read a filter.

    Raises:
        ApiError: 400 when it is too long or too deep, or an operator cannot have its value.
        InvalidRequest: It is no filter.
    """
    if data is None:
        return None
    _check_limits(data)
    try:
        return from_json(data)
    except FilterShapeError as error:
        where = ["body", "filters", *error.path]
        if error.path[-1:] == ("value",):
            raise ApiError(HTTPStatus.BAD_REQUEST, f"Invalid filter: {error}", {"loc": where}) from error
        raise InvalidRequest(where, error.reason) from error


def order_of(sort: SortBody | None) -> Order | None:
    """Read an order."""
    return None if sort is None else Order(visible(sort.field), descending=sort.direction == "desc")


def term_of(query: SearchTerm | None) -> Term | None:
    """Read a search term."""
    return None if query is None else Term(tuple(query.key), query.value)


async def find_rows(call: Call[Any, Any], query: Query | FeatureQuery) -> ResultList:
    """Compute the list for a query.

    Raises:
        ApiError: 400 when the filter makes no sense.
    """
    try:
        return await call.parts.results.get(query)
    except BadFilter as error:
        raise ApiError(HTTPStatus.BAD_REQUEST, f"Invalid filter: {error}", {"key": error.key}) from error


def window(found: ResultList, page: int, page_size: int) -> tuple[Sequence[int], Sequence[float] | None]:
    """Give rows and scores of one page."""
    begin = (page - 1) * page_size
    end = begin + page_size
    return found.ids[begin:end], None if found.scores is None else found.scores[begin:end]


def _check_limits(data: dict[str, Any]) -> None:
    """Count before anything is built: what is too deep or too long is no matter of shape (section 2)."""
    waiting: list[tuple[Any, int]] = [(data, 1)]
    conditions = 0
    while waiting:
        node, depth = waiting.pop()
        if not isinstance(node, dict) or "key" in node:
            conditions += 1
            _check_value(node)
            continue
        if depth > MAX_DEPTH:
            raise ApiError(
                HTTPStatus.BAD_REQUEST,
                f"Filters nest at most {MAX_DEPTH} levels deep.",
                {"limit": MAX_DEPTH},
            )
        for kind in ("AND", "OR", "NOR"):
            nodes = node.get(kind)
            if not isinstance(nodes, list):
                continue
            if len(nodes) > MAX_CONDITIONS:
                raise ApiError(
                    HTTPStatus.BAD_REQUEST,
                    f"A list of a filter holds at most {MAX_CONDITIONS} conditions; this {kind} has {len(nodes)}.",
                    {"limit": MAX_CONDITIONS},
                )
            waiting.extend((child, depth + 1) for child in nodes)
    if conditions > _MAX_CONDITIONS_IN_ALL:
        raise ApiError(
            HTTPStatus.BAD_REQUEST,
            f"A filter holds at most {_MAX_CONDITIONS_IN_ALL:,} conditions in all; this one has {conditions:,}.",
            {"limit": _MAX_CONDITIONS_IN_ALL},
        )


def _check_value(condition: object) -> None:
    # Nothing compares with an object, or with a list in a list.
    value = condition.get("value") if isinstance(condition, dict) else None
    items = value if isinstance(value, list) else [value]
    if any(isinstance(item, (dict, list)) for item in items):
        raise ApiError(
            HTTPStatus.BAD_REQUEST,
            "Invalid filter: a value is a string, a number, a boolean, null, or for in and nin a list of these.",
        )
