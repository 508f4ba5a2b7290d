"""What requests may hold. Anything else is answered with 422, as by the hosted service (mixpeek-api.md, section 1)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from peekui.library.service.filter_schema import FILTER_REF

__all__ = [
    "AssetPage",
    "AssetUpdate",
    "FeatureList",
    "FeaturePageQuery",
    "GroupByBody",
    "ListAssets",
    "NoBody",
    "NoQuery",
    "PageQuery",
    "ResourceSearch",
    "SearchAssets",
    "SearchTerm",
    "SortBody",
    "TaxonomyPageQuery",
    "UrlQuery",
]

Name = Annotated[str, Meta(min_length=1, max_length=1000)]
PageNumber = Annotated[int, Meta(ge=1, le=1_000_000_000)]
PageSize = Annotated[int, Meta(ge=1, le=1000)]


Filters = Annotated[dict[str, Any], Meta(extra_json_schema={"$ref": FILTER_REF})]


class NoQuery(msgspec.Struct, frozen=True):
    """No parameters. Unknown ones are passed over, as the hosted service does."""


class PageQuery(msgspec.Struct, frozen=True):
    """Which page of a list."""

    page: PageNumber = 1
    page_size: PageSize = 10


class FeaturePageQuery(PageQuery, frozen=True):
    """Which page of features: by number, or from one on, which is what `next_page` of the page before names."""

    offset_feature_id: str | None = None


class TaxonomyPageQuery(PageQuery, frozen=True):
    """The same for taxonomies."""

    offset_id: str | None = None


class UrlQuery(msgspec.Struct, frozen=True):
    """Whether to presign URLs."""

    return_url: bool = False
    include_vectors: bool = False


class NoBody(msgspec.Struct, frozen=True):
    """No body is read."""


class SortBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An order by a dotted field."""

    field: Name
    direction: Literal["asc", "desc"] = "asc"


class SearchTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words, and the fields to find them in; `*` is all of them."""

    value: str
    key: Annotated[list[Name], Meta(min_length=1, max_length=100)]


class GroupByBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At most so many assets for each value of an indexed field."""

    field: Name
    max_assets: Annotated[float, Meta(ge=1, le=1000, multiple_of=1)] = 1  # 2.0 is a whole number in JSON
    sort: SortBody | None = None


class AssetPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What listing and searching have in common."""

    collections: Annotated[list[Name], Meta(max_length=1000)]
    filters: Filters | None = None
    sort: SortBody | None = None
    select: Annotated[list[Name], Meta(max_length=1000)] | None = None
    return_url: bool | None = None


class ListAssets(AssetPage, frozen=True, forbid_unknown_fields=True):
    """Body of `POST /v1/assets`."""

    group_by: GroupByBody | None = None


class SearchAssets(AssetPage, frozen=True, forbid_unknown_fields=True):
    """Body of `POST /v1/assets/search`."""

    query: SearchTerm | None = None


class AssetUpdate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of PATCH, which merges, and PUT, which replaces."""

    metadata: dict[str, Any]
    propagate_features: bool | None = None


class FeatureList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of `POST /v1/features`."""

    collections: Annotated[list[Name], Meta(max_length=1000)]
    filters: Filters | None = None
    sort: SortBody | None = None
    select: Annotated[list[Name], Meta(max_length=1000)] | None = None
    return_urls: bool | None = None


ResourceType = Literal["bucket", "collection", "retriever", "taxonomy", "cluster", "published_retriever", "namespace"]


class ResourceSearch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of `POST /v1/resources/search` (section 8)."""

    query: Annotated[str, Meta(min_length=1)]
    resource_types: list[ResourceType] | None = None
    limit: Annotated[float, Meta(ge=1, le=100, multiple_of=1)] = 20
    offset: Annotated[float, Meta(ge=0, le=1_000_000_000, multiple_of=1)] = 0
