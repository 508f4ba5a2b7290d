"""Assets: list, search, get, features (mixpeek-api.md, section 5)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from peekui.library.asset_query import GroupBy, Query, Term
from peekui.library.service.answers import Asset, AssetFeatures, Page, page_of
from peekui.library.service.asset_rows import Signer, asset_row, assets_by_row, feature_answers
from peekui.library.service.endpoints import Operation
from peekui.library.service.errors import not_found
from peekui.library.service.queries import (
    collection_rows,
    filter_of,
    find_rows,
    order_of,
    term_of,
    window,
)
from peekui.library.service.requests import AssetPage, ListAssets, PageQuery, SearchAssets, UrlQuery
from peekui.library.service.selection import selected

if TYPE_CHECKING:
    import sqlite3

    from peekui.library.service.answers import Feature
    from peekui.library.service.context import Call

__all__ = ["OPERATIONS"]

_MODALITIES = ("video", "image", "text", "audio")


async def list_assets(call: Call[PageQuery, ListAssets]) -> Page[Any]:
    """List the assets of some collections."""
    grouping = call.body.group_by
    group = None if grouping is None else GroupBy(grouping.field, int(grouping.max_assets), order_of(grouping.sort))
    return await _page(call, group=group)


async def search_assets(call: Call[PageQuery, SearchAssets]) -> Page[Any]:
    """Search the assets of some collections by words."""
    return await _page(call, term=term_of(call.body.query))


async def get_asset(call: Call[UrlQuery, Any]) -> Asset:
    """Give one asset."""
    return await call.parts.readers.run(lambda db: _one(db, call)[1])


async def asset_features(call: Call[UrlQuery, Any]) -> AssetFeatures:
    """Give one asset with its features by modality."""

    def read(db: sqlite3.Connection) -> AssetFeatures:
        row, asset = _one(db, call)
        by_modality: dict[str, list[Feature]] = {modality: [] for modality in _MODALITIES}
        for feature in feature_answers(db, "asset.id = ? ORDER BY ordinal", (row,), _signer(call)):
            by_modality.setdefault(feature.modality or "", []).append(feature)
        return AssetFeatures(asset, by_modality)

    return await call.parts.readers.run(read)


async def _page(call: Call[PageQuery, Any], *, term: Term | None = None, group: GroupBy | None = None) -> Page[Any]:
    body: AssetPage = call.body
    query = Query(
        collections=await collection_rows(call, body.collections),
        filter=filter_of(body.filters),
        term=term,
        order=order_of(body.sort),
        group=group,
    )
    found = await find_rows(call, query)
    rows, scores = window(found, call.query.page, call.query.page_size)
    signer = Signer(call.origin, call.parts.presigner) if body.return_url else None
    assets = await call.parts.readers.run(lambda db: assets_by_row(db, rows, signer, scores))
    results = assets if body.select is None else selected(assets, body.select, always="asset_id")
    return page_of(
        results, total=len(found.ids), page=call.query.page, page_size=call.query.page_size, path=call.url_path
    )


def _one(db: sqlite3.Connection, call: Call[UrlQuery, Any]) -> tuple[int, Asset]:
    asset_id = call.path["asset_id"]
    row = asset_row(db, asset_id, [library.row for library in call.libraries()])
    assets = [] if row is None else assets_by_row(db, [row], _signer(call))
    if row is None or not assets:
        raise not_found("Asset", asset_id)
    return row, assets[0]


def _signer(call: Call[UrlQuery, Any]) -> Signer | None:
    return Signer(call.origin, call.parts.presigner) if call.query.return_url else None


_WRONG = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

OPERATIONS = (
    Operation(
        "POST", "/v1/assets", list_assets, Page[Asset], "List assets", query=PageQuery, body=ListAssets, statuses=_WRONG
    ),
    Operation(
        "POST",
        "/v1/assets/search",
        search_assets,
        Page[Asset],
        "Search assets by words",
        query=PageQuery,
        body=SearchAssets,
        statuses=_WRONG,
    ),
    Operation(
        "GET",
        "/v1/assets/{asset_id}",
        get_asset,
        Asset,
        "Get an asset",
        query=UrlQuery,
        statuses=(HTTPStatus.NOT_FOUND,),
    ),
    Operation(
        "GET",
        "/v1/assets/{asset_id}/features",
        asset_features,
        AssetFeatures,
        "Get an asset with its features",
        query=UrlQuery,
        statuses=(HTTPStatus.NOT_FOUND,),
    ),
)
