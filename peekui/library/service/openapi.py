"""The service's OpenAPI document, made from the very types that requests are decoded into and answers are made of."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, NoReturn

import msgspec

from peekui import __version__
from peekui.library.service.errors import ServiceError, ValidationError
from peekui.library.service.filter_schema import FILTER_SCHEMAS
from peekui.library.service.requests import NoBody

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.library.service.endpoints import Operation

__all__ = ["OPEN_OPERATIONS", "openapi_document"]

OPEN_OPERATIONS: Final = frozenset({"/healthcheck"})
"""Paths that need no key."""
_REF: Final = "#/components/schemas/{name}"
_NAMESPACE: Final = {
    "name": "X-Namespace",
    "in": "header",
    "description": "Id or name of the namespace the request is scoped to; without it, all.",
    "schema": {"type": "string"},
}
_NEEDED_NAMESPACE: Final = {**_NAMESPACE, "required": True, "schema": {"type": "string", "minLength": 1}}
_ALWAYS: Final = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)
"""400 for a Host header that is not the service's, or a request that is no HTTP; 404 for an unknown X-Namespace."""


def openapi_document(operations: Sequence[Operation]) -> dict[str, Any]:
    """Give the document.

    Args:
        operations: Everything the service does.
    """
    types: list[Any] = [ServiceError, ValidationError]
    for operation in operations:
        types += [operation.query, *_unless(NoReturn, operation.answer), *_unless(NoBody, operation.body)]
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    by_type = dict(zip(map(repr, types), schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(_path(operation), {})[operation.method.lower()] = _operation(operation, by_type, components)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "peekui's embedded library",
            "version": __version__,
            "description": "A folder of files behind Mixpeek's Assets API and resource search.",
        },
        "paths": paths,
        "components": {
            "schemas": {**components, **FILTER_SCHEMAS},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"key": []}],
    }


def _operation(operation: Operation, schemas: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "summary": operation.summary,
        "operationId": f"{operation.handler.__name__}_{operation.method.lower()}_{_slug(_path(operation))}",
        "parameters": [
            *_path_parameters(_path(operation)),
            *_query_parameters(schemas[repr(operation.query)], components),
        ],
        "responses": {
            "422": _content("The request is not what the operation takes", schemas[repr(ValidationError)]),
        },
    }
    if operation.answer is not NoReturn:
        said["responses"]["200"] = _content("What was asked for", schemas[repr(operation.answer)])
    statuses: Sequence[HTTPStatus] = (*_ALWAYS, *operation.statuses)
    if operation.path in OPEN_OPERATIONS:
        said["security"] = []
        statuses = (HTTPStatus.BAD_REQUEST,)
    else:
        said["parameters"].append(_NEEDED_NAMESPACE if operation.needs_namespace else _NAMESPACE)
    for status in sorted(set(statuses)):
        said["responses"][str(int(status))] = _content(status.phrase, schemas[repr(ServiceError)])
    if operation.body is not NoBody:
        content = {"application/json": {"schema": schemas[repr(operation.body)]}}
        said["requestBody"] = {"required": True, "content": content}
    return said


def _unless(nothing: object, type_: object) -> list[object]:
    return [] if type_ is nothing else [type_]


def _path(operation: Operation) -> str:
    return operation.path.replace(":path}", "}")


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in re.findall(r"\{(\w+)\}", path)
    ]


def _query_parameters(schema: dict[str, Any], components: dict[str, Any]) -> list[dict[str, Any]]:
    fields = components[schema["$ref"].rpartition("/")[2]]["properties"]
    return [{"name": name, "in": "query", "required": False, "schema": field} for name, field in fields.items()]


def _content(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _slug(path: str) -> str:
    return re.sub(r"\W+", "_", path).strip("_")
