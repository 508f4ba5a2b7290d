"""Which copies have features, for the keep-rule's `has features`.

No field of an asset says it. `GET /v1/assets/{id}/features` would take a call for each; the list of features is asked
instead (`POST /v1/features`, mixpeek-api.md, section 5), for just the asset ids of those of some two hundred assets at
a time: at least one call for these, more where they have more than a thousand features before all of them were seen.
"""

from __future__ import annotations

import math
from contextlib import aclosing
from typing import TYPE_CHECKING, Final

from peekui.api.errors import BadRequest
from peekui.api.models import Feature, Page
from peekui.api.requests import request
from peekui.search.pages import read_pages
from peekui.triage.pages import PAGE_SIZE, FilterRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from peekui.api.client import MixpeekClient
    from peekui.triage.rows import Row

__all__ = ["calls_at_least", "find_featured"]

_ASSETS_A_CALL: Final = 200
"""Ids in one question: some ten kilobytes of JSON."""


def calls_at_least(assets: int) -> int:
    """Say how many calls it takes at least to find out which of so many assets have features."""
    return math.ceil(assets / _ASSETS_A_CALL)


async def find_featured(
    client: MixpeekClient, rows: Iterable[Row], *, namespace: str | None, collections: Sequence[str]
) -> dict[str, bool]:
    """Find out which assets have features.

    Args:
        client: Whose budget it takes calls from.
        rows: The assets.
        namespace: Id or name, None where the key has only one.
        collections: Those the assets are in.

    Returns:
        Whether it has any, for each asset by id.

    Raises:
        FilterRefused: The service does not list features by asset.
        MixpeekError: They could not be read.
    """
    ids = list(dict.fromkeys(row.asset_id for row in rows))
    found: set[str] = set()
    for start in range(0, len(ids), _ASSETS_A_CALL):
        found |= await _among(client, ids[start : start + _ASSETS_A_CALL], namespace, collections)
    return {asset_id: asset_id in found for asset_id in ids}


async def _among(
    client: MixpeekClient, ids: Sequence[str], namespace: str | None, collections: Sequence[str]
) -> set[str]:
    """Give those of some assets that have features; reads no further once all have been seen."""
    body = {
        "collections": list(collections),
        "filters": {"AND": [{"key": "asset_id", "operator": "in", "value": list(ids)}]},
        "select": ["asset_id"],
    }

    async def ask(number: int, size: int) -> Page[Feature]:
        params = {"page": number, "page_size": size}
        try:
            return await client.ask(
                Page[Feature], request("POST", "/v1/features", namespace=namespace, params=params, body=body)
            )
        except BadRequest as error:
            raise FilterRefused(error) from error

    wanted, found = set(ids), set[str]()
    async with aclosing(read_pages(ask, page_size=PAGE_SIZE)) as portions:
        async for portion in portions:
            found |= wanted & {feature.asset_id for feature in portion.rows if feature.asset_id}
            if found == wanted:
                break
    return found
