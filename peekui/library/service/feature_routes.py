"""Features: list and get (mixpeek-api.md, section 5)."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec

from peekui.library.feature_query import FeatureQuery
from peekui.library.service.answers import Feature, FeaturePage, FeaturePagination
from peekui.library.service.asset_rows import Signer, feature_answers
from peekui.library.service.endpoints import Operation
from peekui.library.service.errors import not_found
from peekui.library.service.queries import collection_rows, filter_of, find_rows, order_of
from peekui.library.service.requests import FeatureList, FeaturePageQuery, UrlQuery
from peekui.library.service.selection import selected

if TYPE_CHECKING:
    import sqlite3
    from array import array
    from collections.abc import Sequence

    from peekui.library.service.context import Call

__all__ = ["OPERATIONS"]

_ID = re.compile(r"feat_(?P<asset>[0-9a-f]+)_(?P<ordinal>\d{1,9})", re.ASCII)


async def list_features(call: Call[FeaturePageQuery, FeatureList]) -> FeaturePage[Any]:
    """List the features of some collections."""
    body = call.body
    query = FeatureQuery(await collection_rows(call, body.collections), filter_of(body.filters), order_of(body.sort))
    ids = (await find_rows(call, query)).ids
    size = call.query.page_size
    begin = (call.query.page - 1) * size
    if call.query.offset_feature_id is not None:
        begin = await _place(call, ids, call.query.offset_feature_id)
    signer = Signer(call.origin, call.parts.presigner) if body.return_urls else None
    # One more than the page: where the next one begins. And where the page before began.
    rows = [*ids[begin : begin + size], *ids[begin + size : begin + size + 1]]
    before = ids[max(0, begin - size) : begin][:1]
    features, ends = await call.parts.readers.run(lambda db: (_by_row(db, rows, signer), _by_row(db, before, None)))
    shown = features[:size]
    pagination = FeaturePagination(
        total=len(ids),
        current_page=begin // size + 1,
        page_size=size,
        total_pages=-(-len(ids) // size),
        next_page=features[size].feature_id if len(features) > size else None,
        previous_page=ends[0].feature_id if ends else None,
    )
    results = shown if body.select is None else selected(shown, body.select, always="feature_id")
    return FeaturePage(results, pagination)


async def _place(call: Call[Any, Any], ids: array[int], feature_id: str) -> int:
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
    if row is None or row[0] not in ids:
        raise not_found("Feature", feature_id)
    return ids.index(row[0])


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
    # `007` is no ordinal of ours.
    if not features or features[0].feature_id != feature_id:
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
