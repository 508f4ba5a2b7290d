"""What can be exported from a screen: its columns, and its rows as they come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from peekui.browse.columns import TITLE
from peekui.browse.export import cells
from peekui.search.pages import Portion, read_pages
from peekui.triage.plans.bulk import calls_to_find, find_assets
from peekui.triage.scope import TITLE_FIELDS

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence

    from peekui.api.client import MixpeekClient
    from peekui.api.models import Asset, Page
    from peekui.browse.query import AssetQuery
    from peekui.filters.nodes import JsonValue

__all__ = ["Export", "of_assets", "of_query", "of_rows"]

_PAGE: Final = 1000
"""Rows a call: as many as a page may have (mixpeek-api.md, section 5)."""


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be written.

    Attributes:
        name: A word for the name of the file, such as `assets`.
        what: What the rows are, such as `302 assets`.
        columns: Names of the columns.
        calls: Calls it takes, as far as can be told.
        total: Rows in all, None where that is not known.
        rows: Gives them as they come; raises MixpeekError, FilterRefused.
    """

    name: str
    what: str
    columns: Sequence[str]
    calls: int
    total: int | None
    rows: Callable[[MixpeekClient], AsyncGenerator[Portion[Sequence[JsonValue]]]]


def of_rows(name: str, what: str, columns: Sequence[str], rows: Sequence[Sequence[JsonValue]]) -> Export:
    """Export rows that are at hand."""

    async def give(_: MixpeekClient) -> AsyncGenerator[Portion[Sequence[JsonValue]]]:
        yield Portion(rows, len(rows))

    return Export(name, what, columns, 0, len(rows), give)


def of_query(query: AssetQuery, columns: Sequence[str], total: int | None) -> Export:
    """Export all assets of a query, in its order.

    Args:
        query: Which.
        columns: Dotted paths, or `TITLE`.
        total: How many there are, None where the service did not say.
    """
    # A search ranks its rows, and what it says of that is no field to select.
    asked = query if query.text else replace(query, select=_fields_for(columns))

    async def give(client: MixpeekClient) -> AsyncGenerator[Portion[Sequence[JsonValue]]]:
        async def ask(number: int, size: int) -> Page[Asset]:
            return await client.assets(asked.body(), namespace=asked.namespace, page=number, page_size=size)

        async for page in read_pages(ask, page_size=_PAGE):
            yield Portion(
                [cells(asset, columns) for asset in page.rows], page.total, page.number, page.page_size, page.last,
                page.ignored,
            )  # fmt: skip

    what = "all assets of the table" if total is None else f"{total:,} assets"
    return Export("assets", what, columns, -(-(total or 1) // _PAGE), total, give)


def of_assets(
    asset_ids: Sequence[str],
    about: str,
    columns: Sequence[str],
    *,
    namespace: str | None,
    collections: Sequence[str],
) -> Export:
    """Export some assets.

    Args:
        asset_ids: Which.
        about: What they are, such as `12 marked assets`.
        columns: Dotted paths, or `TITLE`.
        namespace: They are in; None where the key has only one.
        collections: Where they are looked for.
    """

    async def give(client: MixpeekClient) -> AsyncGenerator[Portion[Sequence[JsonValue]]]:
        found = find_assets(
            client, "asset_id", asset_ids, namespace=namespace, collections=collections, select=_fields_for(columns)
        )
        async for assets in found:
            yield Portion([cells(asset, columns) for asset in assets], len(asset_ids))

    return Export("assets", about, columns, calls_to_find(len(asset_ids)), len(asset_ids), give)


def _fields_for(columns: Sequence[str]) -> tuple[str, ...]:
    """Give the fields to fetch for some columns."""
    paths = (column.replace("[]", "") for column in columns if column != TITLE)
    return ("asset_id", *paths, *(TITLE_FIELDS if TITLE in columns else ()))
