"""The service as an ASGI application."""

from __future__ import annotations

import sys
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from peekui.library.errors import LibraryError
from peekui.library.service import (
    asset_routes,
    collection_routes,
    edit_routes,
    feature_routes,
    namespace_routes,
    refusals,
    resource_routes,
    task_routes,
    taxonomy_routes,
)
from peekui.library.service.endpoints import json_answer, routes
from peekui.library.service.errors import ApiError, InvalidRequest
from peekui.library.service.file_routes import file_routes
from peekui.library.service.guard import Guard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

    from peekui.library.service.context import Parts

__all__ = ["OPERATIONS", "make_app"]

OPERATIONS = (
    *namespace_routes.OPERATIONS,
    *collection_routes.OPERATIONS,
    *asset_routes.OPERATIONS,
    *edit_routes.OPERATIONS,
    *feature_routes.OPERATIONS,
    *task_routes.OPERATIONS,
    *taxonomy_routes.OPERATIONS,
    *resource_routes.OPERATIONS,
    *refusals.OPERATIONS,
)
"""Every operation."""


_OPENAPI_PATH = "/openapi.json"


def make_app(parts: Parts, *, api_key: str, names: Iterable[str] = ()) -> ASGIApp:
    """Put the service together.

    Args:
        parts: What it works with.
        api_key: What callers must send.
        names: Host names it goes by, beside `localhost` and addresses.
    """
    app = Starlette(
        routes=[*routes(OPERATIONS, parts), *file_routes(parts), Route(_OPENAPI_PATH, _openapi)],
        exception_handlers={
            ApiError: _api_error,
            InvalidRequest: _invalid_request,
            HTTPException: _http_exception,
            LibraryError: _library_error,
            Exception: _unexpected,
        },
    )
    return Guard(app, api_key=api_key, names=names)


async def _openapi(_: Request) -> Response:
    from peekui.library.service.openapi import openapi_document  # noqa: PLC0415 - made when somebody asks for it

    return json_answer(openapi_document(OPERATIONS))


async def _api_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)  # noqa: S101 - for the type checker: handlers are looked up by type
    return json_answer(error.body, error.status, error.headers)


async def _invalid_request(_: Request, error: Exception) -> Response:
    assert isinstance(error, InvalidRequest)  # noqa: S101
    return json_answer(error.body, HTTPStatus.UNPROCESSABLE_ENTITY)


async def _http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    status = HTTPStatus(error.status_code)
    path = request.url.path
    message = (
        f"There is no {request.method} {path}." if status == HTTPStatus.METHOD_NOT_ALLOWED else f"There is no {path}."
    )
    return await _api_error(request, ApiError(status, message, {"path": path}, headers=error.headers))


async def _library_error(request: Request, error: Exception) -> Response:
    # The disk is full, or the database damaged: the user can mend it, the caller can try again.
    sys.stderr.write(f"{error}\n")
    return await _api_error(request, ApiError(HTTPStatus.SERVICE_UNAVAILABLE, str(error)))


async def _unexpected(request: Request, _: Exception) -> Response:
    # Starlette raises the error once more, and the server writes it to standard error.
    message = "The library made a mistake; its standard error says more."
    return await _api_error(request, ApiError(HTTPStatus.INTERNAL_SERVER_ERROR, message))
