"""One call from its turn to the bytes of its answer: budget, sending, log, and again where the service refused.

Only a refusal (429) is answered by calling again: the service did nothing yet, so that is safe for every method, and
the wait is the budget's, in sight and cancellable. Other failures are not repeated: a call is money, and a page is
one key press away.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeVar

import httpx

from peekui import __version__
from peekui.api.budget import Budget, Priority
from peekui.api.calls import Call, CallLog
from peekui.api.errors import (
    CannotConnect,
    MixpeekError,
    NoAnswer,
    RateLimited,
    TimedOut,
    UnreadableAnswer,
    error_from_answer,
)
from peekui.api.redaction import hide_secrets

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.api.secret import Secret

__all__ = ["ATTEMPTS", "LIMITS", "PATIENCE", "Request", "Sender", "no_answer"]

Answer = TypeVar("Answer")

ATTEMPTS: Final = 4
"""Three waits after a first refusal; without `Retry-After` they last a minute in all, which is what limits are by."""
PATIENCE: Final = 120.0
"""Seconds; a service that wants a longer rest does not mean the calls of a minute, and the user is told at once."""
_TIMEOUT: Final = httpx.Timeout(30.0, connect=10.0)
"""Seconds; a count over an unindexed field of ten million assets is slow, a connection is not."""
LIMITS: Final = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=4.0)
"""A connection that was idle for longer is not used again: many servers hang up after five seconds, and what is on its
way by then is lost."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask.

    Attributes:
        method: HTTP method.
        path: Path without the query string.
        query: Query string without the question mark, empty for none.
        namespace: For `X-Namespace`, None to send none.
        body: JSON to send, escaped to ASCII; None for no body.
        priority: Who goes first when calls must wait.
    """

    method: str
    path: str
    query: str = ""
    namespace: str | None = None
    body: str | None = None
    priority: Priority = Priority.NOW

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def redacted(self) -> Request:
        """Give the request without what must not be kept, which a user can have typed or pasted into any part."""
        return replace(
            self,
            path=hide_secrets(self.path),
            query=hide_secrets(self.query),
            namespace=None if self.namespace is None else hide_secrets(self.namespace),
            body=None if self.body is None else hide_secrets(self.body),
        )


class Sender:
    """Sends requests to one origin with one key.

    Attributes:
        base_url: The origin, without a trailing slash.
        budget: Who may call when.
        calls: What was called.
    """

    def __init__(
        self,
        base_url: str,
        api_key: Secret,
        *,
        calls_per_minute: int | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Set up; nothing is sent.

        Args:
            base_url: Such as `https://api.mixpeek.com`.
            api_key: Sent as a bearer token to that origin only: redirects are not followed.
            calls_per_minute: The profile's, None for no limit.
            transport: In place of the network.

        Raises:
            CannotConnect: The address is not an HTTP URL.
        """
        self.base_url = base_url.rstrip("/")
        self.budget = Budget(calls_per_minute)
        self.calls = CallLog()
        url = _read_base_url(self.base_url)
        local = url.host in {"127.0.0.1", "localhost", "::1"}
        self._http = httpx.AsyncClient(
            base_url=url,
            headers={
                "Authorization": f"Bearer {api_key.reveal()}",
                "Content-Type": "application/json",
                "User-Agent": f"peekui/{__version__}",
            },
            timeout=_TIMEOUT,
            limits=LIMITS,
            transport=transport,
            follow_redirects=False,
            # A loopback service is not reached through a proxy, whatever the environment says.
            trust_env=not local,
            # Reading the certificates takes longer than all of the first page, and plain HTTP needs none.
            verify=not (local and url.scheme == "http"),
        )

    async def aclose(self) -> None:
        """Close the connections."""
        self.budget.close()
        await self._http.aclose()

    async def send(self, request: Request, read: Callable[[bytes], Answer]) -> Answer:
        """Wait for a turn, ask, and ask again while the service refuses.

        Args:
            request: What to ask.
            read: Makes of the body of a good answer what it says; raises `MixpeekError` when it cannot.

        Returns:
            What was read.

        Raises:
            MixpeekError: Everything else; its texts hold neither the key nor a presigned query.
        """
        place = self.budget.place(str(request.redacted()), request.priority)
        attempt = 1
        while True:
            try:
                async with self.budget.turn(place) as waited:
                    return await self._attempt(request, read, attempt, waited)
            except RateLimited as error:
                if attempt == ATTEMPTS or (error.retry_after or 0.0) > PATIENCE:
                    raise
                attempt += 1

    async def _attempt(self, request: Request, read: Callable[[bytes], Answer], attempt: int, waited: float) -> Answer:
        """Ask once, and log it whatever comes of it."""
        at, started, ended = datetime.now(UTC), time.perf_counter(), 0.0
        answer: httpx.Response | None = None
        error = ""
        try:
            answer = await self._exchange(request)
            ended = time.perf_counter()
            self._check(request, answer)
            return read(answer.content)
        except MixpeekError as failure:
            failure.redact(hide_secrets)
            error = failure.what
            raise
        except asyncio.CancelledError:
            error = "cancelled"
            raise
        finally:
            asked = request.redacted()
            call = Call(
                at=at,
                method=asked.method,
                path=asked.path,
                query=asked.query,
                namespace=asked.namespace,
                body=asked.body,
                status=None if answer is None else answer.status_code,
                error=error,
                milliseconds=((ended or time.perf_counter()) - started) * 1000,
                received=0 if answer is None else answer.num_bytes_downloaded,
                attempt=attempt,
                waited=waited,
            )
            self.calls.add(call)

    async def _exchange(self, request: Request) -> httpx.Response:
        url = f"{request.path}?{request.query}" if request.query else request.path
        # Text that came with half a surrogate pair goes back as it came.
        headers = {b"X-Namespace": request.namespace.encode("utf-8", "surrogatepass")} if request.namespace else {}
        try:
            return await self._http.request(request.method, url, content=request.body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise no_answer(error, self.base_url, f"{request} at {self.base_url}") from error

    def _check(self, request: Request, answer: httpx.Response) -> None:
        """Raise the error of an answer that does not say yes."""
        if answer.is_redirect:
            what = f"{self.base_url} redirects to another address, and the key is not taken there."
            where = answer.headers.get("location", "nowhere")
            raise UnreadableAnswer(what, detail=f"{request}\n{answer.status_code} to {where}")
        if not answer.is_success:
            raise error_from_answer(answer.status_code, answer.content, dict(answer.headers), request=str(request))


def no_answer(error: Exception, address: str, request: str) -> NoAnswer:
    """Make the error for a request that got no answer, or not all of it.

    Args:
        error: httpx's.
        address: That was asked.
        request: What was asked, for the detail.
    """
    detail = f"{request}\n{type(error).__name__}: {error}"
    if isinstance(error, httpx.TimeoutException):
        return TimedOut(f"{address} did not answer in time.", detail=detail)
    if isinstance(error, httpx.ConnectError):
        return CannotConnect(f"Cannot reach {address}.", detail=detail)
    return NoAnswer(f"The connection to {address} broke.", detail=detail)


def _read_base_url(base_url: str) -> httpx.URL:
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL as error:
        raise CannotConnect(f"{base_url!r} is not an address peekui can use: {error}.") from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise CannotConnect(f"{base_url!r} is not an address peekui can use: give one such as https://api.mixpeek.com.")
    return url
