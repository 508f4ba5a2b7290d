"""Features: list and get (mixpeek-api.md, section 5)."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec

from peekui.library.feature_query import FeatureQuery
from peekui.library.service.answers import Feature, FeaturePage, FeaturePagination, page_of
from peekui.library.service.asset_rows import Signer, feature_answers
from peekui.library.service.endpoints import Operation
from peekui.library.service.errors import not_found
from peekui.library.service.queries import collection_rows, filter_of, find_rows, order_of, window
from peekui.library.service.requests import FeatureList, PageQuery, UrlQuery
from peekui.library.service.selection import selected

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from peekui.library.service.context import Call

__all__ = ["OPERATIONS"]

_ID = re.compile(r"feat_(?P<asset>[0-9a-f]+)_(?P<ordinal>\d{1,9})", re.ASCII)


async def list_features(call: Call[PageQuery, FeatureList]) -> FeaturePage[Any]:
    """List the features of some collections."""
    body = call.body
    query = FeatureQuery(await collection_rows(call, body.collections), filter_of(body.filters), order_of(body.sort))
    found = await find_rows(call, query)
    rows, _ = window(found, call.query.page, call.query.page_size)
    signer = Signer(call.origin, call.parts.presigner) if body.return_urls else None
    features = await call.parts.readers.run(lambda db: _by_row(db, rows, signer))
    results = features if body.select is None else selected(features, body.select, always="feature_id")
    size = call.query.page_size
    page = page_of([], total=len(found.ids), page=call.query.page, page_size=size, path=call.url_path).pagination
    pagination = FeaturePagination(
        page.total, page.page, page.page_size, page.total_pages, page.next_page, page.previous_page
    )
    return FeaturePage(results, pagination)


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
        query=PageQuery,
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
