"""Lists of assets: of some collections, or found by words (mixpeek-api.md, section 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from peekui.library.asset_query import GroupBy, Query, Term
from peekui.library.service.answers import Page, page_of
from peekui.library.service.asset_rows import Signer, assets_by_row
from peekui.library.service.queries import collection_rows, filter_of, find_rows, order_of, term_of, window
from peekui.library.service.selection import selected

if TYPE_CHECKING:
    from peekui.library.service.context import Call
    from peekui.library.service.requests import AssetPage, ListAssets, PageQuery, SearchAssets

__all__ = ["listed", "searched"]


async def listed(call: Call[PageQuery, ListAssets]) -> Page[Any]:
    """Give a page of the assets of some collections.

    Raises:
        ApiError: 404 for a collection that is not there, 400 for a filter that makes no sense.
    """
    grouping = call.body.group_by
    group = None if grouping is None else GroupBy(grouping.field, int(grouping.max_assets), order_of(grouping.sort))
    return await _page(call, group=group)


async def searched(call: Call[PageQuery, SearchAssets]) -> Page[Any]:
    """Give a page of the assets of some collections that have some words.

    Raises:
        ApiError: See `listed`.
    """
    return await _page(call, term=term_of(call.body.query))


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
