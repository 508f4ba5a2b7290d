"""Namespaces, collections and the like by name (mixpeek-api.md, section 8), and what to do where the service cannot."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from peekui.api.budget import Priority
from peekui.api.errors import ApiError
from peekui.api.requests import request

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from peekui.api.client import MixpeekClient
    from peekui.search.records import Record

__all__ = [
    "MOST_RESOURCES",
    "FoundResources",
    "NoResourceSearch",
    "ResourceType",
    "ask_for_resources",
    "find_resources",
]

MOST_RESOURCES: Final = 100
"""A call gives."""
_MISSING: Final = frozenset(
    {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}
)
"""What a service answers that has no such call, or keeps it from this key."""


class NoResourceSearch(Exception):
    """The service has no resource search, or none for this key: the lists it gives are all there is to look in."""


class ResourceType(StrEnum):
    """Types a search can be narrowed to; an answer may have others."""

    BUCKET = "bucket"
    COLLECTION = "collection"
    RETRIEVER = "retriever"
    TAXONOMY = "taxonomy"
    CLUSTER = "cluster"
    PUBLISHED_RETRIEVER = "published_retriever"
    NAMESPACE = "namespace"


@dataclass(frozen=True, slots=True)
class FoundResources:
    """What was found.

    Attributes:
        records: As the service gives them, exact matches first, each with `resource_type`, `resource_id`,
            `resource_name` and more.
        total: How many match in all.
        from_lists: The service has no resource search: these are matches among its namespaces and collections.
    """

    records: Sequence[Record]
    total: int
    from_lists: bool = False


async def ask_for_resources(
    client: MixpeekClient,
    text: str,
    types: Sequence[ResourceType] = (),
    *,
    namespace: str | None,
    offset: int = 0,
    limit: int = MOST_RESOURCES,
    priority: Priority = Priority.NOW,
) -> FoundResources:
    """Ask once for resources whose name or id has some letters, in any case.

    Args:
        client: To ask with.
        text: At least one letter.
        types: To narrow it to; none for all.
        namespace: It is searched in.
        offset: How many of those that match to pass over.
        limit: How many to give at most, up to `MOST_RESOURCES`.
        priority: Who goes first when calls must wait.

    Raises:
        NoResourceSearch: The service has no such call.
        MixpeekError: It gave no answer, or said no.
    """
    body: dict[str, Any] = {"query": text, "limit": limit, "offset": offset}
    if types:
        body["resource_types"] = list(types)
    asked = request("POST", "/v1/resources/search", namespace=namespace, body=body, priority=priority)
    try:
        answer = await client.ask(dict[str, Any], asked)
    except ApiError as error:
        if error.status in _MISSING:
            raise NoResourceSearch from error
        raise
    rows = [row for row in answer.get("results") or [] if isinstance(row, dict)]
    total = answer.get("total")
    return FoundResources(rows, total if isinstance(total, int) else offset + len(rows))


async def find_resources(
    client: MixpeekClient, text: str, types: Sequence[ResourceType] = (), *, namespace: str | None, limit: int
) -> FoundResources:
    """Find resources whose name or id has some letters, in any case.

    Makes a call for every hundred; two where the service has no such call, for its lists.

    Args:
        client: To ask with.
        text: At least one letter.
        types: To narrow it to; none for all.
        namespace: It is searched in.
        limit: How many to give at most.

    Raises:
        MixpeekError: The service gave no answer, or said no.
    """
    found: list[Record] = []
    while True:
        most = min(limit - len(found), MOST_RESOURCES)
        try:
            page = await ask_for_resources(client, text, types, namespace=namespace, offset=len(found), limit=most)
        except NoResourceSearch:
            return await _among_lists(client, text, types, namespace, limit)
        found += page.records
        if not page.records or len(found) >= min(limit, page.total):
            return FoundResources(found[:limit], page.total)


async def _among_lists(
    client: MixpeekClient, text: str, types: Sequence[ResourceType], namespace: str | None, limit: int
) -> FoundResources:
    records: list[Record] = []
    if not types or ResourceType.NAMESPACE in types:
        for item in await client.namespaces():
            records += _record(ResourceType.NAMESPACE, item.namespace_id, item.namespace_name)
    if not types or ResourceType.COLLECTION in types:
        for collection in (await client.collections(namespace=namespace)).results:
            records += _record(ResourceType.COLLECTION, collection.collection_id, collection.collection_name)
    wanted = text.casefold()
    matching = [record for record in records if any(wanted in name for name in _names(record))]
    matching.sort(key=lambda record: wanted not in _names(record))
    return FoundResources(matching[:limit], len(matching), from_lists=True)


def _record(kind: ResourceType, id_: str | None, name: str | None) -> Iterable[Record]:
    """Give a resource as the service would; nothing for what has neither id nor name."""
    if id_ or name:
        yield {"resource_type": kind.value, "resource_id": id_ or name, "resource_name": name or id_}


def _names(record: Record) -> list[str]:
    return [str(record["resource_name"]).casefold(), str(record["resource_id"]).casefold()]
