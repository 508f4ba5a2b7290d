"""Features: list and get (mixpeek-api.md, section 5)."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec

from peekui.library import ids
from peekui.library.service.answers import Feature, FeaturePage, FeaturePagination
from peekui.library.service.asset_rows import Signer, feature_answers
from peekui.library.service.endpoints import Operation
from peekui.library.service.errors import not_found
from peekui.library.service.requests import FeatureList, FeaturePageQuery, UrlQuery
from peekui.library.service.selection import selected
from peekui.library.service.spans import Span

if TYPE_CHECKING:
    import sqlite3
    from array import array
    from collections.abc import Sequence

    from peekui.library.service.context import Call

__all__ = ["OPERATIONS"]

_ID = re.compile(r"feat_(?P<asset>[0-9a-f]+)_(?P<ordinal>0|[1-9]\d{0,8})", re.ASCII)


async def list_features(call: Call[FeaturePageQuery, FeatureList]) -> FeaturePage[Any]:
    """List the features of some collections."""
    # Imported here: they bring what compiles filters, which no start needs.
    from peekui.library.feature_query import FeatureQuery  # noqa: PLC0415
    from peekui.library.service.queries import collection_rows, filter_of, find_rows, order_of  # noqa: PLC0415

    body = call.body
    query = FeatureQuery(await collection_rows(call, body.collections), filter_of(body.filters), order_of(body.sort))
    rows = (await find_rows(call, query)).ids
    size, offset_id = call.query.page_size, call.query.offset_feature_id
    begin = (call.query.page - 1) * size if offset_id is None else await _place(call, rows, offset_id)
    span = Span(len(rows), begin, size)
    ends = [rows[place] for place in (span.next, span.previous) if place is not None]
    signer = Signer(call.origin, call.parts.presigner) if body.return_urls else None
    features, named = await call.parts.readers.run(
        lambda db: (_by_row(db, rows[begin : begin + size], signer), _ids_by_row(db, ends))
    )
    pagination = FeaturePagination(
        total=span.total,
        current_page=span.number,
        page_size=size,
        total_pages=span.pages,
        next_page=None if span.next is None else named.get(rows[span.next]),
        previous_page=None if span.previous is None else named.get(rows[span.previous]),
    )
    results = features if body.select is None else selected(features, body.select, always="feature_id")
    return FeaturePage(results, pagination)


async def _place(call: Call[Any, Any], rows: array[int], feature_id: str) -> int:
    """Give the place of a feature in a list.

    Raises:
        ApiError: 404 when it is not in it.
    """
    match = _ID.fullmatch(feature_id)
    if match is None:
        raise not_found("Feature", feature_id)
    row: tuple[int] | None = await call.parts.readers.run(
        lambda db: db.execute(
            "SELECT feature.id FROM feature JOIN asset ON asset.id = feature.asset"
            " WHERE asset_key = 'sast_' || ? || char(1) AND feature.ordinal = ?",
            (match["asset"], int(match["ordinal"])),
        ).fetchone()
    )
    if row is None or row[0] not in rows:
        raise not_found("Feature", feature_id)
    return rows.index(row[0])


async def get_feature(call: Call[UrlQuery, Any]) -> Feature:
    """Give one feature. It has no vectors: nothing is embedded here, so `include_vectors` adds none."""
    feature_id = call.path["feature_id"]
    match = _ID.fullmatch(feature_id)
    if match is None:
        raise not_found("Feature", feature_id)
    namespaces = [library.row for library in call.libraries()]
    signer = Signer(call.origin, call.parts.presigner) if call.query.return_url else None
    condition = (
        "asset.asset_key = 'sast_' || ? || char(1) AND feature.ordinal = ?"
        f" AND asset.namespace IN ({', '.join('?' * len(namespaces))})"
    )
    features = await call.parts.readers.run(
        lambda db: feature_answers(db, condition, (match["asset"], int(match["ordinal"]), *namespaces), signer)
    )
    if not features:
        raise not_found("Feature", feature_id)
    return features[0]


def _by_row(db: sqlite3.Connection, rows: Sequence[int], signer: Signer | None) -> list[Feature]:
    wanted = msgspec.json.encode(list(rows)).decode()
    # json_each gives the ids with their places: the answer keeps the order of the list.
    condition = (
        "feature.id IN (SELECT value FROM json_each(?1))"
        " ORDER BY (SELECT place.key FROM json_each(?1) AS place WHERE place.value = feature.id)"
    )
    return feature_answers(db, condition, (wanted,), signer)


def _ids_by_row(db: sqlite3.Connection, rows: Sequence[int]) -> dict[int, str]:
    found = db.execute(
        "SELECT feature.id, asset_id, ordinal FROM feature JOIN asset ON asset.id = feature.asset"
        " WHERE feature.id IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode(rows).decode(),),
    )
    return {row: ids.feature_id(asset_id, ordinal) for row, asset_id, ordinal in found}


_WRONG = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

OPERATIONS = (
    Operation(
        "POST",
        "/v1/features",
        list_features,
        FeaturePage[Feature],
        "List features",
        query=FeaturePageQuery,
        body=FeatureList,
        statuses=_WRONG,
    ),
    Operation(
        "GET",
        "/v1/features/{feature_id}",
        get_feature,
        Feature,
        "Get a feature",
        query=UrlQuery,
        statuses=(HTTPStatus.NOT_FOUND,),
    ),
)
