"""What stands before every operation: whom the request is for, who may ask, how much may be sent."""

from __future__ import annotations

import hmac
import ipaddress
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote_to_bytes

import msgspec
from starlette.responses import Response

from peekui.library.service.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["MAX_BODY_BYTES", "Guard"]

MAX_BODY_BYTES: Final = 4 * 1024 * 1024
_OPEN_PATHS = {"/healthcheck", "/openapi.json"}
_SIGNED_PATHS = "/files/"
_HOST = re.compile(r"(?P<name>[^:\[\]]*|\[[^\[\]]*\])(:\d{0,5})?", re.ASCII)
_HEADERS = {"x-content-type-options": "nosniff", "cache-control": "no-store"}


class Guard:
    """ASGI middleware: Host header, key, size of the body; and the path in the form that all behind it read.

    The Host header must be an address or a name this service goes by: a web page whose name was made to point at
    loopback (DNS rebinding) sends its own. The body is limited as it is read, whatever its header says.

    Args:
        app: What is guarded.
        api_key: The key.
        names: Host names it goes by, beside `localhost`.
    """

    def __init__(self, app: ASGIApp, *, api_key: str, names: Iterable[str] = ()) -> None:
        self._app = app
        self._key = api_key.encode()
        self._names = {"localhost", *(name.lower() for name in names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that may not pass; hand on one that may."""
        if scope["type"] != "http":
            return
        headers = dict(scope["headers"])
        scope["path"] = _encoded_path(scope["raw_path"])
        try:
            self._check_host(headers.get(b"host", b""))
            self._check_key(scope["path"], headers.get(b"authorization", b""))
            _check_length(headers.get(b"content-length", b"0"))
        except ApiError as error:
            answer = Response(
                msgspec.json.encode(error.body), error.status, {**_HEADERS, **error.headers}, "application/json"
            )
            await answer(scope, receive, send)
            return
        await self._app(scope, _limited(receive), send)

    def _check_host(self, value: bytes) -> None:
        host = value.decode("latin-1").lower()
        match = _HOST.fullmatch(host)
        name = match["name"].strip("[]") if match else None
        if name is None or (name not in self._names and not _is_address(name)):
            raise ApiError(HTTPStatus.BAD_REQUEST, f"This service does not go by the name {host!r}.", {"host": host})

    def _check_key(self, path: str, value: bytes) -> None:
        if path in _OPEN_PATHS or path.startswith(_SIGNED_PATHS):
            return
        scheme, _, key = value.partition(b" ")
        if scheme.lower() != b"bearer" or not hmac.compare_digest(key.strip(), self._key):
            raise ApiError(
                HTTPStatus.UNAUTHORIZED,
                "A valid API key is needed: Authorization: Bearer <key>.",
                headers={"www-authenticate": "Bearer"},
            )


def _encoded_path(sent: bytes) -> str:
    """Give a path with its parts percent-encoded, all in one way.

    The server decodes it, after which the slash of `scenes%2Fnature`, an id, looks like one between two parts.
    """
    return "/".join(quote(unquote_to_bytes(part), safe="") for part in sent.decode("ascii").split("/"))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _check_length(value: bytes) -> None:
    if value.isdigit() and int(value) > MAX_BODY_BYTES:
        raise _too_large()


def _too_large() -> ApiError:
    return ApiError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"The body is larger than {MAX_BODY_BYTES:,} bytes.",
        {"limit_bytes": MAX_BODY_BYTES},
    )


def _limited(receive: Receive) -> Receive:
    read = 0

    async def limited() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > MAX_BODY_BYTES:
            raise _too_large()
        return message

    return limited
