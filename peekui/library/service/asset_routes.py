"""Assets: list, search, get, features (mixpeek-api.md, section 5)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from peekui.library.service.answers import Asset, AssetFeatures, Page
from peekui.library.service.asset_rows import Signer, asset_row, assets_by_row, feature_answers
from peekui.library.service.endpoints import Operation
from peekui.library.service.errors import not_found
from peekui.library.service.requests import ListAssets, PageQuery, SearchAssets, UrlQuery

if TYPE_CHECKING:
    import sqlite3

    from peekui.library.service.answers import Feature
    from peekui.library.service.context import Call

__all__ = ["OPERATIONS"]

_MODALITIES = ("video", "image", "text", "audio")


async def list_assets(call: Call[PageQuery, ListAssets]) -> Page[Any]:
    """List the assets of some collections."""
    from peekui.library.service import asset_lists  # noqa: PLC0415 - brings what compiles filters: no start needs it

    return await asset_lists.listed(call)


async def search_assets(call: Call[PageQuery, SearchAssets]) -> Page[Any]:
    """Search the assets of some collections by words."""
    from peekui.library.service import asset_lists  # noqa: PLC0415 - as above

    return await asset_lists.searched(call)


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
