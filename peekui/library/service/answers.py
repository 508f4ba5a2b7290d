"""What the service answers (mixpeek-api.md, sections 4, 5 and 8). Unset optionals of assets and features are absent."""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003 - msgspec reads the annotations
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

import msgspec

__all__ = [
    "Asset",
    "AssetFeatures",
    "Collection",
    "CollectionDetails",
    "Done",
    "Feature",
    "FeaturePage",
    "FeaturePagination",
    "FileData",
    "Health",
    "Models",
    "Namespace",
    "Page",
    "Pagination",
    "PayloadIndex",
    "Resource",
    "Resources",
    "Task",
    "page_of",
]

Row = TypeVar("Row")


class Health(msgspec.Struct, frozen=True):
    """The service is well."""

    status: str


class PayloadIndex(msgspec.Struct, frozen=True):
    """A metadata path that assets have, and the type of its values."""

    field_name: str
    type: str
    field_schema: dict[str, Any] | None = None


class Namespace(msgspec.Struct, frozen=True):
    """A library."""

    namespace_id: str
    namespace_name: str
    embedding_models: list[str]
    payload_indexes: list[PayloadIndex] | None


class Models(msgspec.Struct, frozen=True):
    """What namespaces can be made of."""

    embedding_models: dict[str, dict[str, Any]]
    payload_indexes: list[dict[str, str]]


class Collection(msgspec.Struct, frozen=True):
    """A top-level folder."""

    collection_id: str
    collection_name: str | None
    metadata: msgspec.Raw | None
    count: int
    size_bytes: int
    last_updated: str | None


class CollectionDetails(Collection, frozen=True):
    """A collection with what has to be counted for it."""

    unique_hashes: int
    preview_url: str | None


class FileData(msgspec.Struct, frozen=True, omit_defaults=True):
    """Facts of a file that need no decoding."""

    file_size_bytes: int
    file_type: str | None = None


class Asset(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file."""

    asset_id: str
    collection_id: str | None = None
    status: str | None = None
    file_data: FileData | None = None
    metadata: msgspec.Raw | None = None
    error: msgspec.Raw | None = None
    modality: str | None = None
    task_id: str | None = None
    file_hash: str | None = None
    updated_at: str | None = None
    created_at: str | None = None
    score: float | None = None
    url: str | None = None
    preview_url: str | None = None
    duplicate_of: str | None = None


class Feature(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something found in a file."""

    feature_id: str
    asset_id: str | None = None
    collection_id: str | None = None
    modality: str | None = None
    type: str | None = None
    start_time: float | None = None
    end_time: float | None = None
    text: str | None = None
    metadata: msgspec.Raw | None = None
    file_data: FileData | None = None
    url: str | None = None
    preview_url: str | None = None
    duplicate_of: str | None = None
    created_at: str | None = None
    updated_at: str | None = None


class AssetFeatures(msgspec.Struct, frozen=True):
    """An asset and what was found in it, by modality."""

    asset: Asset
    features: dict[str, list[Feature]]


class Task(msgspec.Struct, frozen=True):
    """The indexing of one asset."""

    task_id: str
    status: str
    inputs: list[dict[str, str]]
    outputs: list[dict[str, str]]


class Resource(msgspec.Struct, frozen=True):
    """Something with a name."""

    resource_type: str
    resource_id: str
    resource_name: str
    description: str | None
    created_at: str
    updated_at: str | None


class Resources(msgspec.Struct, frozen=True):
    """A window of what was found."""

    results: list[Resource]
    total: int
    limit: int
    offset: int


class Done(msgspec.Struct, frozen=True):
    """Something was done, and there is nothing to show for it."""

    message: str
    success: bool


class Pagination(msgspec.Struct, frozen=True):
    """Where a page stands; `next_page` and `previous_page` are opaque."""

    total: int
    page: int
    page_size: int
    total_pages: int
    next_page: str | None
    previous_page: str | None


class Page(msgspec.Struct, Generic[Row], frozen=True):
    """One page of a list."""

    results: Sequence[Row]
    pagination: Pagination


class FeaturePagination(msgspec.Struct, frozen=True):
    """The same for features, which say `current_page` (section 4)."""

    total: int
    current_page: int
    page_size: int
    total_pages: int
    next_page: str | None
    previous_page: str | None


class FeaturePage(msgspec.Struct, Generic[Row], frozen=True):
    """One page of features."""

    results: Sequence[Row]
    pagination: FeaturePagination


def page_of(results: Sequence[Row], *, total: int, page: int, page_size: int, path: str) -> Page[Row]:
    """Put a page together.

    Args:
        results: Rows of the page.
        total: Rows in all.
        page: Number of the page, from 1.
        page_size: Rows asked for.
        path: Path of the request, for the links.
    """
    pages = -(-total // page_size)

    def link(number: int) -> str | None:
        wanted = {"page": number, "page_size": page_size}
        return f"{path}?{urlencode(wanted)}" if 1 <= number <= pages else None

    return Page(results, Pagination(total, page, page_size, pages, link(page + 1), link(min(page - 1, pages))))
