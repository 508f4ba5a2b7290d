"""An asset with all that was extracted from it, put in order once for every tab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from peekui.browse.inspecting.features import FeatureFacts

if TYPE_CHECKING:
    from peekui.api.models import Asset, AssetFeatures, Task
    from peekui.filters.nodes import JsonValue

__all__ = ["HIDDEN", "Inspected", "asset_tree", "plain_task"]

HIDDEN: Final = "(signed: not shown)"
"""Stands for a presigned URL, which is a secret with a lifetime (mixpeek-api.md, section 7)."""

_SECRETS: Final = frozenset({"url", "preview_url", "presigned_url"})
_FIRST: Final = (
    "status", "error", "modality", "file_data", "created_at", "updated_at", "score", "duplicate_of", "file_hash",
    "asset_id", "collection_id", "task_id", "metadata",
)  # fmt: skip
"""Fields in the order people ask for them; others follow as they came."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the inspector shows.

    Attributes:
        asset: As it is now.
        tree: Its fields, those that matter first.
        modalities: The features by modality, those there are; in the order of time where they have times.
        answer: All that the service said, without presigned URLs.
    """

    asset: Asset
    tree: dict[str, JsonValue]
    modalities: dict[str, tuple[FeatureFacts, ...]]
    answer: JsonValue

    @classmethod
    def of(cls, answer: AssetFeatures, known: Asset) -> Self:
        """Put an answer in order; of a large one that takes a while, which belongs into a thread.

        Args:
            answer: As it came; a modality may be missing or null (mixpeek-api.md, section 5).
            known: The asset as the table knows it, where the answer has none.
        """
        asset = answer.asset or known
        whole = _without_secrets(answer.model_dump(mode="json", exclude_unset=True))
        modalities = {
            name: tuple(sorted(map(FeatureFacts.of, found), key=FeatureFacts.in_time))
            for name, found in (answer.features or {}).items()
            if found
        }
        return cls(asset, asset_tree(asset), modalities, whole)


def asset_tree(asset: Asset) -> dict[str, JsonValue]:
    """Give the fields that an asset has, those that matter first, without presigned URLs."""
    fields: dict[str, JsonValue] = asset.model_dump(mode="json", exclude_unset=True)
    order = [*_FIRST, *(name for name in fields if name not in _FIRST)]
    named = {name: fields[name] for name in order if fields.get(name) is not None and name not in _SECRETS}
    whole = _without_secrets(named)
    return whole if isinstance(whole, dict) else {}


def plain_task(task: Task) -> JsonValue:
    """Give a task as JSON, without presigned URLs."""
    return _without_secrets(task.model_dump(mode="json", exclude_unset=True))


def _without_secrets(value: JsonValue) -> JsonValue:
    """Put a sentence in the place of every presigned URL, at any depth."""
    if isinstance(value, dict):
        return {
            name: HIDDEN if name in _SECRETS and isinstance(item, str) and item else _without_secrets(item)
            for name, item in value.items()
        }
    return [_without_secrets(item) for item in value] if isinstance(value, list) else value
