"""Looking for the assets that have the same file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.browse.query import AssetQuery
from peekui.filters.nodes import Condition, Group, Kind, Operator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.api.models import Asset

__all__ = ["copies_query"]


def copies_query(asset: Asset, namespace: str | None, collections: Sequence[str]) -> AssetQuery | None:
    """Ask for the assets with an asset's hash, itself among them.

    Args:
        asset: Any.
        namespace: It is in.
        collections: To look in; where none are known, its own.

    Returns:
        The query, None where the service names no hash, or nothing to look in.
    """
    looked_in = tuple(collections) or tuple(filter(None, [asset.collection_id]))
    if not asset.file_hash or not looked_in:
        return None
    same = Condition("file_hash", Operator.EQ, asset.file_hash)
    return AssetQuery(namespace, looked_in, filter=Group(Kind.AND, (same,)))
