"""The Assets API over HTTP: one client, reused for the life of the program."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypedDict, TypeVar
from urllib.parse import quote

import httpx
from pydantic import JsonValue, TypeAdapter

from peekui import __version__
from peekui.api.decode import decode
from peekui.api.errors import CannotConnect, MixpeekError, NoAnswer, TimedOut, UnreadableAnswer, error_from_answer
from peekui.api.models import Asset, AssetFeatures, Collection, Health, Namespace, Page, Task

if TYPE_CHECKING:
    from types import TracebackType

    from peekui.api.secret import Secret

__all__ = ["AssetBody", "CallRecord", "MixpeekClient"]

Answer = TypeVar("Answer")

TIMEOUT = httpx.Timeout(30.0, connect=10.0)
"""Seconds; a count over an unindexed field of ten million assets is slow, a connection is not."""


class AssetBody(TypedDict, total=False):
    """Body of an asset request (section 5); keys that are unset are left out, as the hosted service demands."""

    collections: list[str]
    query: dict[str, JsonValue]
    filters: dict[str, JsonValue]
    sort: dict[str, JsonValue]
    select: list[str]


@dataclass(frozen=True, slots=True)
class CallRecord:
    """What one call took, for the status bar.

    Attributes:
        method: HTTP method.
        path: Path without the query string, which may hold signatures.
        status: HTTP status code, None when no answer came.
        milliseconds: From sending to the whole answer.
    """

    method: str
    path: str
    status: int | None
    milliseconds: float


_HEALTH = TypeAdapter(Health)
_NAMESPACES = TypeAdapter(list[Namespace])
_COLLECTIONS = TypeAdapter(Page[Collection])
_ASSETS = TypeAdapter(Page[Asset])
_ASSET = TypeAdapter(Asset)
_FEATURES = TypeAdapter(AssetFeatures)
_TASKS = TypeAdapter(Page[Task])


class MixpeekClient:
    """Asks the Assets API; every method raises `MixpeekError` and nothing else.

    Use as an async context manager, or call `aclose`.

    Attributes:
        base_url: Origin the key is sent to, without a trailing slash.
        last_call: What the newest finished call took.
    """

    def __init__(self, base_url: str, api_key: Secret, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Set the client up; nothing is sent.

        Args:
            base_url: Such as `https://api.mixpeek.com`.
            api_key: Sent as a bearer token to that origin only: redirects are not followed.
            transport: In place of the network.

        Raises:
            CannotConnect: The address is not an HTTP URL.
        """
        self.base_url = base_url.rstrip("/")
        self.last_call: CallRecord | None = None
        url = _read_base_url(self.base_url)
        self._http = httpx.AsyncClient(
            base_url=url,
            headers={
                "Authorization": f"Bearer {api_key.reveal()}",
                "Content-Type": "application/json",
                "User-Agent": f"peekui/{__version__}",
            },
            timeout=TIMEOUT,
            transport=transport,
            follow_redirects=False,
            # A loopback service is not reached through a proxy, whatever the environment says.
            trust_env=url.host not in {"127.0.0.1", "localhost", "::1"},
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def health(self) -> Health:
        """Ask whether the service is well (`GET /healthcheck`)."""
        return await self._call(_HEALTH, "GET", "/healthcheck")

    async def namespaces(self) -> list[Namespace]:
        """List all namespaces; the API gives them unpaged."""
        return await self._call(_NAMESPACES, "GET", "/v1/namespaces")

    async def collections(self, *, namespace: str | None, page: int = 1, page_size: int = 1000) -> Page[Collection]:
        """List collections of a namespace; the default page holds all that one may have (section 2)."""
        params = {"page": page, "page_size": page_size}
        return await self._call(_COLLECTIONS, "GET", "/v1/collections", namespace=namespace, params=params)

    async def assets(
        self, body: AssetBody, *, namespace: str | None, page: int = 1, page_size: int = 100
    ) -> Page[Asset]:
        """List assets, or search them when the body has a `query`."""
        path = "/v1/assets/search" if "query" in body else "/v1/assets"
        params = {"page": page, "page_size": page_size}
        return await self._call(_ASSETS, "POST", path, namespace=namespace, params=params, body=body)

    async def asset(self, asset_id: str, *, namespace: str | None, return_url: bool = False) -> Asset:
        """Get one asset, with its presigned URLs when asked to."""
        path = f"/v1/assets/{_in_path(asset_id)}"
        params = {"return_url": "true"} if return_url else {}
        return await self._call(_ASSET, "GET", path, namespace=namespace, params=params)

    async def features(self, asset_id: str, *, namespace: str | None) -> AssetFeatures:
        """Get one asset and its features by modality."""
        path = f"/v1/assets/{_in_path(asset_id)}/features"
        return await self._call(_FEATURES, "GET", path, namespace=namespace)

    async def tasks(self, *, namespace: str | None, page: int = 1, page_size: int = 10) -> Page[Task]:
        """List the tasks that are under way."""
        params = {"page": page, "page_size": page_size}
        return await self._call(_TASKS, "GET", "/v1/tasks", namespace=namespace, params=params)

    async def _call(
        self,
        adapter: TypeAdapter[Answer],
        method: str,
        path: str,
        *,
        namespace: str | None = None,
        params: dict[str, Any] | None = None,
        body: AssetBody | None = None,
    ) -> Answer:
        headers = {b"X-Namespace": namespace.encode("utf-8", "surrogatepass")} if namespace else {}
        # Escaped to ASCII: text that came with a lone surrogate goes back as it came, where UTF-8 has no form for it.
        content = None if body is None else json.dumps(body).encode("ascii")
        request = f"{method} {path}"
        started = time.perf_counter()
        status: int | None = None
        try:
            answer = await self._http.request(method, path, params=params, content=content, headers=headers)
            status = answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._no_answer(error, request) from error
        finally:
            self.last_call = CallRecord(method, path, status, (time.perf_counter() - started) * 1000)
        if answer.is_redirect:
            what = f"{self.base_url} redirects to another address, and the key is not taken there."
            raise UnreadableAnswer(what, detail=f"{request}\n{status} to {answer.headers.get('location', 'nowhere')}")
        if not answer.is_success:
            raise error_from_answer(status, answer.content, dict(answer.headers), request=request)
        return decode(adapter, answer.content, request=request)

    def _no_answer(self, error: Exception, request: str) -> MixpeekError:
        detail = f"{request} at {self.base_url}\n{type(error).__name__}: {error}"
        if isinstance(error, httpx.TimeoutException):
            return TimedOut(f"{self.base_url} did not answer in time.", detail=detail)
        if isinstance(error, httpx.ConnectError):
            return CannotConnect(f"Cannot reach {self.base_url}.", detail=detail)
        return NoAnswer(f"The connection to {self.base_url} broke.", detail=detail)


def _in_path(text: str) -> str:
    """Escape an id so that it stays one step of a path, whatever it holds."""
    return quote(text, safe="", errors="surrogatepass")


def _read_base_url(base_url: str) -> httpx.URL:
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL as error:
        raise CannotConnect(f"{base_url!r} is not an address peekui can use: {error}.") from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise CannotConnect(f"{base_url!r} is not an address peekui can use: give one such as https://api.mixpeek.com.")
    return url
