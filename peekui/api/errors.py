"""Everything that can go wrong between peekui and Mixpeek, as one tree of exceptions.

    MixpeekError
      · CallCancelled         the user gave up a call that waited for its turn
      × NoAnswer              nothing came back
        · CannotConnect       refused, unknown host, TLS
        · TimedOut            too slow
      · UnreadableAnswer      something came back that is not what the API promises
      × ApiError              the API said no
        · Unauthorized        401: no key, or a wrong one
        · Forbidden           403: the key may not do this
        · NotFound            404
        · BadRequest          400, 422 and the rest of 4xx
        · RateLimited         429
        · ServerFailed        5xx

The shapes are those of mixpeek-api.md, section 3.
"""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "ApiError",
    "BadRequest",
    "CallCancelled",
    "CannotConnect",
    "Forbidden",
    "MixpeekError",
    "NoAnswer",
    "NoApiKey",
    "NotFound",
    "RateLimited",
    "ServerFailed",
    "TimedOut",
    "Unauthorized",
    "UnreadableAnswer",
    "error_from_answer",
]


class MixpeekError(Exception):
    """Base of the tree.

    Attributes:
        what: What happened, one sentence.
        advice: What the user can do about it, one sentence.
        detail: Everything known, for copying into a report; holds no key.
    """

    advice = "Try again."

    def __init__(self, what: str, *, detail: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.detail = detail or what

    def redact(self, redact: Callable[[str], str]) -> None:
        """Take out of all texts what must not be shown."""
        self.what, self.detail = redact(self.what), redact(self.detail)
        self.args = (self.what,)


class NoApiKey(MixpeekError):
    """No source has a key for the service, or the one that should have it failed; nothing was sent."""

    advice = "Try again once the key can be had, or type one in."


class CallCancelled(MixpeekError):
    """The user gave up a call that waited for its turn; nothing was sent."""


class NoAnswer(MixpeekError):
    """Nothing came back."""


class CannotConnect(NoAnswer):
    """No connection: refused, unknown host, TLS."""

    advice = "Check the address and the network, then try again."


class TimedOut(NoAnswer):
    """The service took longer than it is given."""


class UnreadableAnswer(MixpeekError):
    """An answer that is not what the API promises."""

    advice = "Is this the address of a Mixpeek API? A proxy or a login page can answer in its place."


class ApiError(MixpeekError):
    """The API said no.

    Attributes:
        status: HTTP status code.
        type: The service's own name of the error, when it gives one.
    """

    def __init__(self, what: str, *, status: int, type: str = "", detail: str = "") -> None:  # noqa: A002  (the API's word)
        super().__init__(what, detail=detail)
        self.status = status
        self.type = type


class Unauthorized(ApiError):
    """401: no key, or one the service does not know."""

    advice = "Type another key in, or set MIXPEEK_API_KEY and start peekui again."


class Forbidden(ApiError):
    """403: the key may not do this; keys can be read-only or write-only (section 1)."""

    advice = "This key may not do that: use a key with the permission."


class NotFound(ApiError):
    """404: it is not there, or no longer."""

    advice = "It may have been deleted meanwhile: load again."


class BadRequest(ApiError):
    """400, 422 and other 4xx: the service does not accept what was asked."""

    advice = "The service does not accept this request: change the search or the filter."


class RateLimited(ApiError):
    """429: too many calls.

    Attributes:
        retry_after: Seconds to wait, when the service says so.
    """

    advice = "Wait a moment, then try again."
    retry_after: float | None = None


class ServerFailed(ApiError):
    """5xx: the service itself failed."""


_BY_STATUS: dict[int, type[ApiError]] = {
    HTTPStatus.UNAUTHORIZED: Unauthorized,
    HTTPStatus.FORBIDDEN: Forbidden,
    HTTPStatus.NOT_FOUND: NotFound,
    HTTPStatus.TOO_MANY_REQUESTS: RateLimited,
}
_SHOWN = 2_000
"""Characters of an answer's body kept for the detail: enough to see whose page it is."""


def error_from_answer(status: int, body: bytes, headers: dict[str, str], *, request: str) -> ApiError:
    """Make the error for an answer that says no, whatever its shape.

    Args:
        status: HTTP status code, 400 or more.
        body: The answer as it came; JSON in one of the three documented shapes, or anything.
        headers: Answer headers with lower-case names.
        request: Method and path, for the detail.

    Returns:
        The exception to raise.
    """
    text = body.decode("utf-8", "replace")
    message, kind = _read_shapes(text)
    if not message:
        message = f"The service answered {status} {_phrase(status)}".rstrip()
    detail = f"{request}\n{status} {_phrase(status)}\n{text[:_SHOWN]}"
    error_class = _BY_STATUS.get(status, ServerFailed if status >= HTTPStatus.INTERNAL_SERVER_ERROR else BadRequest)
    error = error_class(message, status=status, type=kind, detail=detail)
    if isinstance(error, RateLimited):
        error.retry_after = _seconds(headers.get("retry-after", ""), now=_moment(headers.get("date", "")))
    return error


def _read_shapes(text: str) -> tuple[str, str]:
    """Give (message, type) from the shapes of section 3, or two empty strings."""
    try:
        data = json.loads(text)
    except ValueError:
        return "", ""
    match data:
        case {"error": {"message": str(message), **rest}}:
            kind = rest.get("type")
            return message, kind if isinstance(kind, str) else ""
        case {"detail": [*problems]}:
            return "; ".join(filter(None, map(_read_problem, problems))), "ValidationError"
        case {"error": str(kind), "message": str(message)}:
            return message, kind
        case {"detail": str(message)} | {"message": str(message)}:
            return message, ""
    return "", ""


def _read_problem(problem: object) -> str:
    match problem:
        case {"loc": [*where], "msg": str(message)}:
            return f"{'.'.join(str(step) for step in where if step != 'body')}: {message}"
        case {"msg": str(message)}:
            return message
    return ""


def _seconds(retry_after: str, *, now: datetime | None) -> float | None:
    """Read `Retry-After`: seconds or an HTTP date (RFC 9110, section 10.2.3).

    Args:
        retry_after: The header, empty where there is none.
        now: By the service's clock, which a date is by; None to trust our own.

    Returns:
        Seconds, or None where it says nothing.
    """
    try:
        seconds = float(retry_after)
    except ValueError:
        moment = _moment(retry_after)
        if moment is None:
            return None
        seconds = (moment - (now or datetime.now(UTC))).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _moment(http_date: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(http_date)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
