"""What the API answers with: typed where the contract is, tolerant of everything else.

Every model is frozen and keeps fields it does not know in `model_extra`. Every field is optional: the service
documents that any of them may be missing or null (mixpeek-api.md, sections 4 and 5).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Generic, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

__all__ = [
    "Asset",
    "AssetFeatures",
    "Collection",
    "Feature",
    "Health",
    "Instant",
    "Namespace",
    "Page",
    "Pagination",
    "PayloadIndex",
    "Task",
]


def _as_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


Instant: TypeAlias = Annotated[datetime, AfterValidator(_as_utc)]
"""A moment; without a zone it is UTC (section 5)."""


class Model(BaseModel):
    """Base of all answers: frozen, and unknown fields are kept."""

    # Built when first met: opening meets half of them.
    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True, defer_build=True)


class Health(Model):
    """`GET /healthcheck`."""

    status: str | None = None


class PayloadIndex(Model):
    """A metadata path that can be filtered on."""

    field_name: str | None = None
    type: str | None = None
    field_schema: JsonValue = None


class Namespace(Model):
    """A library: the widest scope of a request."""

    namespace_id: str | None = None
    namespace_name: str | None = None
    embedding_models: list[str] | None = None
    payload_indexes: list[PayloadIndex] | None = None

    @property
    def key(self) -> str:
        """What `X-Namespace` takes: the id, else the name, else nothing."""
        return self.namespace_id or self.namespace_name or ""

    @property
    def title(self) -> str:
        """What a person calls it."""
        return self.namespace_name or self.namespace_id or "unnamed"


class Collection(Model):
    """A set of assets in a namespace; `count` is not sent by every version."""

    collection_id: str | None = None
    collection_name: str | None = None
    metadata: dict[str, JsonValue] | None = None
    count: int | None = None
    size_bytes: int | None = None
    last_updated: Instant | None = None

    @property
    def key(self) -> str:
        """What a request names it by: the id, else the name, else nothing."""
        return self.collection_id or self.collection_name or ""

    @property
    def title(self) -> str:
        """What a person calls it."""
        return self.collection_name or self.collection_id or "unnamed"


_FILE_NAMES = ("file_name", "filename", "name")
"""Where metadata is wont to keep the name of the file."""


class Asset(Model):
    """A file with its status, metadata and hash. `url` and `preview_url` are secrets with a lifetime (section 7)."""

    asset_id: str | None = None
    collection_id: str | None = None
    status: str | None = None
    file_data: dict[str, JsonValue] | None = None
    metadata: dict[str, JsonValue] | None = None
    error: JsonValue = None
    modality: str | None = None
    task_id: str | None = None
    file_hash: str | None = None
    updated_at: Instant | None = None
    created_at: Instant | None = None
    score: float | None = None
    url: str | None = Field(default=None, repr=False)
    preview_url: str | None = Field(default=None, repr=False)
    duplicate_of: str | None = None

    @property
    def size_bytes(self) -> int | None:
        """Size of the file in bytes, when the service says it."""
        size = (self.file_data or {}).get("file_size_bytes")
        return size if isinstance(size, int) and not isinstance(size, bool) else None

    @property
    def file_type(self) -> str | None:
        """Media type such as `image/jpeg`, when the service says it."""
        kind = (self.file_data or {}).get("file_type")
        return kind if isinstance(kind, str) else None

    @property
    def title(self) -> str:
        """What a person calls it: the title or the file's name in its metadata, else its id."""
        return self._text("title", *_FILE_NAMES) or self.asset_id or "unnamed"

    @property
    def file_name(self) -> str | None:
        """Name of the file, when its metadata says it."""
        return self._text(*_FILE_NAMES)

    def _text(self, *keys: str) -> str | None:
        """Give the first of some values of the metadata that is a text and not blank."""
        values = map((self.metadata or {}).get, keys)
        return next((value for value in values if isinstance(value, str) and value.strip()), None)


class Feature(Model):
    """Something extracted from an asset; what it holds depends on its modality."""

    feature_id: str | None = None
    asset_id: str | None = None
    modality: str | None = None
    type: str | None = None
    start_time: float | None = None
    end_time: float | None = None
    text: str | None = None
    description: str | None = None
    metadata: dict[str, JsonValue] | None = None
    url: str | None = Field(default=None, repr=False)
    preview_url: str | None = Field(default=None, repr=False)


class AssetFeatures(Model):
    """`GET /v1/assets/{asset_id}/features`: an asset and its features by modality."""

    asset: Asset | None = None
    features: dict[str, list[Feature] | None] | None = None


class Task(Model):
    """Work under way; each asset's indexing is one."""

    task_id: str | None = None
    status: str | None = None
    inputs: list[JsonValue] | None = None
    outputs: list[JsonValue] | None = None


class Pagination(Model):
    """Where a page stands. `next_page` is opaque: never parsed. Feature lists say `current_page` for `page`."""

    total: int | None = None
    page: int | None = None
    current_page: int | None = None
    page_size: int | None = None
    total_pages: int | None = None
    next_page: str | None = None
    previous_page: str | None = None


Row = TypeVar("Row")


class Page(Model, Generic[Row]):
    """One page of a list."""

    results: list[Row] = []
    pagination: Pagination | None = None

    @property
    def total(self) -> int | None:
        """How many rows there are in all, when the service says so."""
        return self.pagination.total if self.pagination else None
