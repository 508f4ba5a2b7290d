"""From a table of operations to routes: decodes what comes in, encodes what goes out, stops when nobody waits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import msgspec
from starlette.responses import Response
from starlette.routing import Route

from peekui.library.service.context import Call, Parts
from peekui.library.service.errors import detail_of
from peekui.library.service.requests import NoBody, NoQuery

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from http import HTTPStatus

    from starlette.requests import Request

__all__ = ["Operation", "json_answer", "routes"]

_PATIENCE_SECONDS = 0.05
"""A request that takes longer is watched: its work stops when the client goes away."""
_CLIENT_CLOSED_REQUEST = 499


class Operation(msgspec.Struct, frozen=True):
    """One operation of the API.

    Attributes:
        method: HTTP method.
        path: With parameters in braces; `{name:path}` for one that may hold slashes, which some clients send as such.
        handler: Takes a `Call` and gives what is answered, which msgspec encodes.
        answer: Type of the answer; `NoReturn` for what is always refused.
        summary: One line for the OpenAPI document.
        query: Type of the query string.
        body: Type of the body; `NoBody` reads none.
        statuses: Error statuses it answers with, beside those that every operation may.
        needs_namespace: Whether X-Namespace must be sent.
    """

    method: str
    path: str
    handler: Callable[[Call[Any, Any]], Awaitable[Any]]
    answer: Any
    summary: str
    query: type[msgspec.Struct] = NoQuery
    body: type[msgspec.Struct] = NoBody
    statuses: tuple[HTTPStatus, ...] = ()
    needs_namespace: bool = False


def routes(operations: Sequence[Operation], parts: Parts) -> list[Route]:
    """Give the routes; operations on one path share one, so that another method is answered with 405.

    Of two paths that differ in a part, the one that names the part comes before the one with a parameter there.
    """
    by_path: dict[str, dict[str, Operation]] = {}
    for operation in operations:
        by_path.setdefault(operation.path, {})[operation.method] = operation
    return [
        Route(path, _endpoint(methods, parts), methods=list(methods), include_in_schema=False)
        for path, methods in sorted(by_path.items(), key=lambda item: [part[:1] == "{" for part in item[0].split("/")])
    ]


def json_answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:  # noqa: ANN401
    """Encode an answer."""
    return Response(msgspec.json.encode(value), status, headers, "application/json")


def _endpoint(methods: dict[str, Operation], parts: Parts) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        operation = methods["GET" if request.method == "HEAD" else request.method]
        call = await _read_call(request, operation, parts)
        answer = await _while_connected(request, operation.handler(call))
        return json_answer(answer) if answer is not None else Response(status_code=_CLIENT_CLOSED_REQUEST)

    return endpoint


async def _read_call(request: Request, operation: Operation, parts: Parts) -> Call[Any, Any]:
    try:
        query = msgspec.convert(dict(request.query_params), operation.query, strict=False)
    except msgspec.ValidationError as error:
        raise detail_of("query", error) from error
    body: msgspec.Struct = NoBody()
    if operation.body is not NoBody:
        try:
            body = msgspec.json.decode(await request.body(), type=operation.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise detail_of("body", error) from error
    return Call(
        parts=parts,
        namespace=_namespace(request),
        origin=f"{request.url.scheme}://{request.headers['host']}",
        url_path=request.url.path,
        path={name: unquote(value) for name, value in request.path_params.items()},  # encoded by the guard
        query=query,
        body=body,
    )


def _namespace(request: Request) -> str | None:
    # Clients send names beyond Latin-1 as UTF-8; headers arrive decoded as Latin-1.
    value = request.headers.get("x-namespace")
    if not value:
        return None
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return value


async def _while_connected(request: Request, work: Awaitable[Any]) -> Any:  # noqa: ANN401
    """Wait for an answer; None when the client went away first, and its work was stopped."""
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait({task}, timeout=_PATIENCE_SECONDS)
    if not done:
        gone = asyncio.create_task(_gone(request))
        try:
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            if not task.done():
                task.cancel()
                await asyncio.wait({task})
    return None if task.cancelled() else task.result()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
