"""Why an asset answers a query or does not: what it makes of each node of the filter, and what keeps it out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from peekui.filters import edits
from peekui.filters.evaluate import evaluate
from peekui.filters.facts import Facts

if TYPE_CHECKING:
    from peekui.api.models import Asset
    from peekui.browse.query import AssetQuery
    from peekui.filters.edits import Edit
    from peekui.filters.evaluate import Finding
    from peekui.filters.nodes import Group
    from peekui.filters.paths import Path

__all__ = ["Example", "muting_all"]


@dataclass(frozen=True)
class Example:
    """An asset to hold a filter against.

    Attributes:
        asset: The asset.
        fetched: Dotted fields that were asked for; None for all.
    """

    asset: Asset
    fetched: tuple[str, ...] | None = None

    @cached_property
    def facts(self) -> Facts:
        """What is known of it, but for presigned URLs: they are secrets, which no filter may bring on screen."""
        asset = self.asset.model_dump(mode="json", exclude_unset=True, exclude={"url", "preview_url"})
        return Facts(asset, self.fetched)

    def against(self, tree: Group) -> Finding:
        """Hold a filter against it."""
        return evaluate(tree, self.facts)

    def outside(self, query: AssetQuery) -> bool:
        """Say whether it is in none of the collections that are looked at; where it says no collection it is not."""
        collection = self.asset.collection_id
        return collection is not None and collection not in query.collections


def muting_all(tree: Group, paths: tuple[Path, ...]) -> Edit:
    """Mute several nodes that are not muted, in one edit; the first is then in hand.

    Args:
        tree: The filter.
        paths: At least one.
    """
    for path in paths:
        tree = edits.mute(tree, path).tree
    return edits.Edit(tree, paths[0])
