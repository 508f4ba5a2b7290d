"""What is read beside the rows of failures: done assets to hold failed ones against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from peekui.browse.query import AssetQuery, Sort
from peekui.filters.nodes import Condition, Group, Kind, Operator
from peekui.triage.pages import read_assets
from peekui.triage.rows import DONE, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from peekui.api.client import MixpeekClient
    from peekui.filters.nodes import JsonValue

__all__ = ["healthy_twins", "read_sample"]

_FIELDS: Final = ("asset_id", "collection_id", "status", "modality", "file_hash", "file_data", "metadata", "created_at")
_HASHES_A_CALL: Final = 200
"""Hashes in one question: some 14 kilobytes of JSON."""
_SAMPLE: Final = 1000
_IS_DONE: Final = Group(Kind.OR, tuple(Condition("status", Operator.EQ, word) for word in sorted(DONE)))


async def read_sample(
    client: MixpeekClient,
    *,
    namespace: str | None,
    collections: Sequence[str],
    asset_ids: Iterable[str] | None = None,
    size: int = _SAMPLE,
) -> list[Row]:
    """Read assets with their metadata, in one call: the newest done ones, or the newest of some failed ones.

    Args:
        client: Whose budget it takes the call from.
        namespace: Id or name, None where the key has only one.
        collections: Ids or names, at least one.
        asset_ids: Of failed assets; None asks for done ones.
        size: How many at most. It is no random sample: the API has none.

    Raises:
        FilterRefused: The service does not filter by status or id.
        MixpeekError: It could not be read.
    """
    chosen = None if asset_ids is None else list(asset_ids)[:size]
    condition = _IS_DONE if chosen is None else Group(Kind.AND, (_one_of("asset_id", chosen),))
    query = AssetQuery(
        namespace, tuple(collections), filter=condition, sort=Sort("created_at", descending=True), select=_FIELDS
    )
    async for page in read_assets(client, query, page_size=size):
        rows = (Row.of(asset, with_metadata=True) for asset in page.rows)
        return [row for row in rows if row and (row.done or chosen is not None)]
    return []


async def healthy_twins(
    client: MixpeekClient, rows: Iterable[Row], *, namespace: str | None, collections: Sequence[str]
) -> Mapping[str, Row]:
    """Find for each failed asset a done one with the same hash: the bytes are good, so something else is wrong.

    Args:
        client: Whose budget it takes calls from, one for 200 hashes.
        rows: Failed assets.
        namespace: Id or name, None where the key has only one.
        collections: Where to look.

    Returns:
        A twin by the hash; a hash without one is left out.

    Raises:
        FilterRefused: The service does not filter by hash.
        MixpeekError: It could not be read.
    """
    hashes = list(dict.fromkeys(row.file_hash for row in rows if row.file_hash))
    twins: dict[str, Row] = {}
    for start in range(0, len(hashes), _HASHES_A_CALL):
        same = _one_of("file_hash", hashes[start : start + _HASHES_A_CALL])
        query = AssetQuery(namespace, tuple(collections), filter=Group(Kind.AND, (same, _IS_DONE)), select=_FIELDS)
        async for page in read_assets(client, query):
            for row in filter(None, map(Row.of, page.rows)):
                if row.done and row.file_hash:
                    twins.setdefault(row.file_hash, row)
    return twins


def _one_of(field: str, values: Sequence[str]) -> Condition:
    listed: list[JsonValue] = list(values)
    return Condition(field, Operator.IN, listed)
