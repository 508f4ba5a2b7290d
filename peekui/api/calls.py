"""What was asked of the service: a log of the newest calls, and each as a curl command."""

from __future__ import annotations

import logging
import shlex
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from peekui.api.observable import Observable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from peekui.api.sending import Request

__all__ = ["Call", "CallLog", "as_curl"]

_KEPT: Final = 500
"""Calls; at a hundred a minute the newest five minutes, at ten the newest fifty."""
_LOG: Final = logging.getLogger("peekui.api")


@dataclass(frozen=True, slots=True)
class Call:
    """One call that was sent; holds neither the key nor a presigned query.

    Attributes:
        at: When it was sent, in UTC.
        method: HTTP method.
        path: Path without the query string.
        query: Query string without the question mark, empty for none.
        namespace: What `X-Namespace` said, None where it was not sent.
        body: JSON as it was sent, None for no body.
        status: HTTP status code, None when no answer came.
        error: What went wrong, empty when nothing did.
        milliseconds: From sending to the whole answer.
        received: Bytes of the answer's body.
        attempt: 1, or more for a call made again because it was refused.
        waited: Seconds it waited for its turn before this attempt.
    """

    at: datetime
    method: str
    path: str
    query: str
    namespace: str | None
    body: str | None
    status: int | None
    error: str
    milliseconds: float
    received: int
    attempt: int
    waited: float


class CallLog(Observable):
    """The newest calls, oldest first; each is also a line of the logger `peekui.api`."""

    def __init__(self) -> None:
        super().__init__()
        self._calls: deque[Call] = deque(maxlen=_KEPT)

    def __iter__(self) -> Iterator[Call]:
        return iter(tuple(self._calls))

    def __len__(self) -> int:
        return len(self._calls)

    @property
    def newest(self) -> Call | None:
        """The call that ended last."""
        return self._calls[-1] if self._calls else None

    def add(self, call: Call) -> None:
        """Keep a call, in place of the oldest when there are too many."""
        self._calls.append(call)
        outcome = call.status or call.error
        _LOG.info("%s %s %s %.0f ms %d bytes", call.method, call.path, outcome, call.milliseconds, call.received)
        self._tell()


def as_curl(call: Call | Request, base_url: str) -> str:
    """Give the command that makes a call, for a POSIX shell, with `$MIXPEEK_API_KEY` in place of the key.

    Args:
        call: What to ask.
        base_url: Origin of the service, without a trailing slash.
    """
    url = f"{base_url}{call.path}?{call.query}" if call.query else f"{base_url}{call.path}"
    # Brackets in an address are its own, not a range to try (curl's globbing).
    words = ["curl", "--globoff", "--request", call.method, shlex.quote(url)]
    words += ["--header", '"Authorization: Bearer $MIXPEEK_API_KEY"']
    if call.namespace is not None:
        words += ["--header", shlex.quote(f"X-Namespace: {call.namespace}")]
    if call.body is not None:
        # Not --data, which would read a file where a body begins with an @.
        words += ["--header", "'Content-Type: application/json'", "--data-raw", shlex.quote(call.body)]
    return " ".join(words)
