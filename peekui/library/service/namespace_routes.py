"""Health and namespaces (mixpeek-api.md, section 4)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from peekui.library.service.answers import Health, Models, Namespace, PayloadIndex
from peekui.library.service.endpoints import Operation

if TYPE_CHECKING:
    import sqlite3

    from peekui.library.libraries import Library
    from peekui.library.service.context import Call

__all__ = ["OPERATIONS"]

_INDEX_TYPES: Final = ("keyword", "integer", "float", "bool", "geo", "datetime", "text", "uuid")
_MOST_INDEXES: Final = 500
"""Payload indexes listed of one namespace: those of the metadata paths that most assets have. A filter takes any."""


async def health(_: Call[Any, Any]) -> Health:
    """Say that the service is well."""
    return Health("ok")


async def list_namespaces(call: Call[Any, Any]) -> list[Namespace]:
    """List the libraries."""
    libraries = call.parts.libraries
    return await call.parts.readers.run(lambda db: [_namespace(db, library) for library in libraries])


async def get_namespace(call: Call[Any, Any]) -> Namespace:
    """Give one library by id or name."""
    library = call.library(call.path["namespace"])
    return await call.parts.readers.run(lambda db: _namespace(db, library))


async def models(_: Call[Any, Any]) -> Models:
    """Say what namespaces can be made of: nothing is embedded here."""
    return Models({}, [{"type": name} for name in _INDEX_TYPES])


def _namespace(db: sqlite3.Connection, library: Library) -> Namespace:
    # A path with values of several types is indexed as the most frequent one.
    rows = db.execute(
        "SELECT path, (SELECT type FROM field_type AS one WHERE one.namespace = field_type.namespace"
        "  AND one.field = field_type.field ORDER BY uses DESC, type LIMIT 1)"
        " FROM field_type JOIN field ON field.id = field_type.field"
        " WHERE namespace = ? AND field_type.uses > 0 AND path LIKE 'metadata.%'"
        " GROUP BY path ORDER BY sum(field_type.uses) DESC, path LIMIT ?",
        (library.row, _MOST_INDEXES),
    )
    indexes = [PayloadIndex(path, kind) for path, kind in rows]
    return Namespace(library.namespace_id, library.name, [], sorted(indexes, key=lambda index: index.field_name))


OPERATIONS = (
    Operation("GET", "/healthcheck", health, Health, "Whether the service is well"),
    Operation("GET", "/v1/namespaces", list_namespaces, list[Namespace], "List namespaces"),
    Operation("GET", "/v1/namespaces/models", models, Models, "What namespaces can be made of"),
    Operation(
        "GET",
        "/v1/namespaces/{namespace}",
        get_namespace,
        Namespace,
        f"Get a namespace by id or name; of its payload indexes, the {_MOST_INDEXES} that most assets have",
        statuses=(HTTPStatus.NOT_FOUND,),
    ),
)
