"""Resource search: collections, taxonomies and namespaces by name (mixpeek-api.md, section 8)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from peekui.library.service.answers import Resource, Resources
from peekui.library.service.endpoints import Operation
from peekui.library.service.errors import InvalidRequest
from peekui.library.service.requests import ResourceSearch
from peekui.library.service.taxonomy_routes import taxonomies

if TYPE_CHECKING:
    import sqlite3

    from peekui.library.service.context import Call

__all__ = ["OPERATIONS"]

_EPOCH = "1970-01-01T00:00:00.000000Z"
"""What has no date: a library without a file."""


async def search_resources(call: Call[Any, ResourceSearch]) -> Resources:
    """Find resources whose name or id contains the query: exact matches first, then partial, then newest first."""
    if call.namespace is None:
        raise InvalidRequest(["header", "X-Namespace"], "Field required", "missing")
    body = call.body
    candidates = await _candidates(call)
    wanted = body.query.casefold()
    found = [
        resource
        for resource in candidates
        if (body.resource_types is None or resource.resource_type in body.resource_types)
        and any(wanted in text.casefold() for text in (resource.resource_name, resource.resource_id))
    ]
    # Stable sorts, the least important first: id, newest, exact.
    found.sort(key=lambda resource: resource.resource_id)
    found.sort(key=lambda resource: resource.created_at, reverse=True)
    found.sort(key=lambda r: wanted not in {r.resource_name.casefold(), r.resource_id.casefold()})
    offset, limit = int(body.offset), int(body.limit)
    return Resources(found[offset : offset + limit], total=len(found), limit=limit, offset=offset)


async def _candidates(call: Call[Any, Any]) -> list[Resource]:
    libraries = {library.row: library for library in call.libraries()}

    def read(db: sqlite3.Connection) -> list[Resource]:
        marks = ", ".join("?" * len(libraries))
        rows = db.execute(
            "SELECT 'collection', collection_id, name, json_extract(metadata, '$.description'), created_at,"  # noqa: S608
            f" last_updated, namespace FROM collection WHERE namespace IN ({marks})",
            tuple(libraries),
        ).fetchall()
        collections = [_resource(*row[:6]) for row in rows]
        namespaces = [
            _resource(
                "namespace",
                library.namespace_id,
                library.name,
                None,
                min((row[4] for row in rows if row[6] == library.row and row[4]), default=None),
                max((row[5] for row in rows if row[6] == library.row and row[5]), default=None),
            )
            for library in libraries.values()
        ]
        return collections + namespaces

    found = await call.parts.readers.run(read)
    return found + [
        _resource("taxonomy", taxonomy.taxonomy_id, taxonomy.taxonomy_name, None, changed_at, changed_at)
        for taxonomy, changed_at in await taxonomies(call)
    ]


def _resource(  # noqa: PLR0917 - in the order of the columns
    kind: str, id_: str, name: str, description: object, created_at: str | None, updated_at: str | None
) -> Resource:
    said = description if isinstance(description, str) else None
    return Resource(kind, id_, name, said, created_at or _EPOCH, updated_at)


OPERATIONS = (
    Operation(
        "POST",
        "/v1/resources/search",
        search_resources,
        Resources,
        "Find collections, taxonomies and namespaces by name",
        body=ResourceSearch,
        needs_namespace=True,
        statuses=(HTTPStatus.NOT_FOUND, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    ),
)
