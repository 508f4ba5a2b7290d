"""Assets as the service gives them: plain JSON, with nothing read into it and nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from peekui.api.models import Asset, Page
from peekui.api.requests import asset_path, list_assets, request
from peekui.browse.columns import TITLE
from peekui.filters.facts import Facts, elements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from peekui.api.client import MixpeekClient
    from peekui.api.sending import Request
    from peekui.browse.query import AssetQuery
    from peekui.filters.nodes import JsonValue

__all__ = ["Record", "asset_record", "cells_of", "list_request", "page_of", "title_of", "without_urls"]

Record: TypeAlias = "dict[str, JsonValue]"

_SECRETS = frozenset({"url", "preview_url"})


def list_request(query: AssetQuery, page: int, page_size: int, *, urls: bool = False) -> Request:
    """Give the request for a page of a query.

    Args:
        query: Its relative times count from when it was made, so that all pages agree.
        page: Number from 1.
        page_size: Rows to ask for.
        urls: Have every asset's presigned URLs made too, which takes longer (mixpeek-api.md, section 5).
    """
    body = query.body()
    if urls:
        body["return_url"] = True
    return list_assets(body, namespace=query.namespace, page=page, page_size=page_size)


async def page_of(
    client: MixpeekClient, asked: Request, *, sooner: Callable[[bytes], Page[Any] | None] = lambda _: None
) -> Page[Any]:
    """Ask for a page of anything; what is no object in it is left out.

    Args:
        client: To ask with.
        asked: What.
        sooner: As `MixpeekClient.ask` has it.

    Returns:
        A page of records, or what `sooner` made of the answer.

    Raises:
        MixpeekError: It could not be had.
    """
    page = await client.ask(Page[Any], asked, sooner=sooner)
    if all(isinstance(row, dict | bytes) for row in page.results):
        return page
    return page.model_copy(update={"results": [row for row in page.results if isinstance(row, dict)]})


async def asset_record(
    client: MixpeekClient, asset_id: str, *, namespace: str | None, features: bool = False, urls: bool = False
) -> Record:
    """Ask for one asset.

    Args:
        client: To ask with.
        asset_id: Of the asset.
        namespace: It is in.
        features: What was extracted from it too: then the answer has `asset` and `features`.
        urls: With presigned URLs.

    Raises:
        NotFound: There is none.
        MixpeekError: It could not be had.
    """
    path = f"{asset_path(asset_id)}/features" if features else asset_path(asset_id)
    params = {"return_url": "true"} if urls else {}
    return await client.ask(dict[str, Any], request("GET", path, namespace=namespace, params=params))


def without_urls(record: Record) -> Record:
    """Leave out presigned URLs, which are secrets that nobody asked for (section 7)."""
    if _SECRETS.isdisjoint(record):
        return record
    return {name: value for name, value in record.items() if name not in _SECRETS}


def title_of(record: Record) -> str:
    """Give what a person calls an asset; see `Asset.title`."""
    asset_id, metadata = record.get("asset_id"), record.get("metadata")
    return Asset(
        asset_id=asset_id if isinstance(asset_id, str) else None,
        metadata=metadata if isinstance(metadata, dict) else None,
    ).title


def cells_of(record: Record, columns: Sequence[str]) -> list[JsonValue]:
    """Give what a record has in some columns: null for nothing, a list for several values.

    Args:
        record: Any.
        columns: Dotted paths, or `TITLE`; `[]` at the end of one gives the elements of a list one by one.
    """
    return [title_of(record) if column == TITLE else _cell(record, column) for column in columns]


def _cell(record: Record, path: str) -> JsonValue:
    found = Facts(record).find(path) or ()
    values = list(elements(found) if path.endswith("[]") else found)
    return values[0] if len(values) == 1 else values or None
