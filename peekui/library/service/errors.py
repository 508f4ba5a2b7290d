"""Errors in the vendor's shapes (mixpeek-api.md, section 3)."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["ApiError", "Detail", "InvalidRequest", "ServiceError", "ValidationError", "detail_of", "not_found"]

_WHERE = re.compile(r" - at (?:the key in )?`\$(?P<path>.*)`$")
_STEP = re.compile(r"\.(?P<name>[^.\[]+)|\[(?P<index>\d+|\.\.\.)\]")
_FIELD = re.compile(r"(?P<kind>missing required|contains unknown) field `(?P<name>.*)`")
_TYPES = {
    HTTPStatus.BAD_REQUEST: "BadRequestError",
    HTTPStatus.UNAUTHORIZED: "UnauthorizedError",
    HTTPStatus.FORBIDDEN: "ForbiddenError",
    HTTPStatus.NOT_FOUND: "NotFoundError",
    HTTPStatus.METHOD_NOT_ALLOWED: "MethodNotAllowedError",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "PayloadTooLargeError",
    HTTPStatus.INTERNAL_SERVER_ERROR: "InternalServerError",
    HTTPStatus.SERVICE_UNAVAILABLE: "ServiceUnavailableError",
}


class ErrorBody(msgspec.Struct, frozen=True):
    """What went wrong."""

    message: str
    type: str
    details: dict[str, Any] | None = None


class ServiceError(msgspec.Struct, frozen=True):
    """First shape of section 3: every error but a validation error."""

    success: bool
    status: int
    error: ErrorBody


class Detail(msgspec.Struct, frozen=True):
    """One thing wrong with a request, and where."""

    loc: list[str | int]
    msg: str
    type: str


class ValidationError(msgspec.Struct, frozen=True):
    """Second shape of section 3."""

    detail: list[Detail]


class ApiError(Exception):
    """An answer other than 2xx, in the first shape.

    Attributes:
        status: HTTP status code.
        body: What is answered.
        headers: Headers of the answer.
    """

    def __init__(
        self,
        status: HTTPStatus,
        message: str,
        details: dict[str, Any] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = int(status)
        name = _TYPES.get(status, f"{status.phrase.title().replace(' ', '')}Error")
        self.body = ServiceError(success=False, status=self.status, error=ErrorBody(message, name, details))
        self.headers = dict(headers or {})


class InvalidRequest(Exception):
    """A 422 answer: the request is not what the operation takes.

    Attributes:
        body: What is answered.
    """

    def __init__(self, loc: Sequence[str | int], message: str, kind: str = "value_error") -> None:
        super().__init__(message)
        self.body = ValidationError([Detail(list(loc), message, kind)])


def not_found(kind: str, name: str) -> ApiError:
    """Give the 404 for something that was asked for by an id or a name, which `details` repeats."""
    return ApiError(HTTPStatus.NOT_FOUND, f"{kind} not found: {name}", {f"{kind.lower()}_id": name})


def detail_of(source: str, error: msgspec.DecodeError | UnicodeDecodeError | RecursionError) -> InvalidRequest:
    """Turn what the decoder of bodies and query strings says into a 422.

    Args:
        source: `body` or `query`.
        error: What it raised.
    """
    text = str(error)
    if not isinstance(error, msgspec.ValidationError):
        return InvalidRequest([source], f"JSON decode error: {text}", "json_invalid")
    loc: list[str | int] = [source]
    if where := _WHERE.search(text):
        loc += [_step(step) for step in _STEP.finditer(where["path"])]
        text = text[: where.start()]
    if field := _FIELD.search(text):
        loc.append(field["name"])
        if field["kind"].startswith("missing"):
            return InvalidRequest(loc, "Field required", "missing")
        return InvalidRequest(loc, "Extra inputs are not permitted", "extra_forbidden")
    return InvalidRequest(loc, text, "type_error")


def _step(match: re.Match[str]) -> str | int:
    index = match["index"]
    return match["name"] if index is None else int(index) if index.isdigit() else index
