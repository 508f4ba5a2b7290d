"""The Assets API over HTTP: one client, reused for the life of the program."""

from __future__ import annotations

import json
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Self, TypedDict, TypeVar, cast
from urllib.parse import quote, urlencode

from pydantic import JsonValue, TypeAdapter

from peekui.api.budget import Priority
from peekui.api.decode import decode
from peekui.api.models import Asset, AssetFeatures, Collection, Health, Namespace, Page, Task
from peekui.api.sending import Request, Sender

if TYPE_CHECKING:
    from collections.abc import Hashable
    from types import TracebackType

    from httpx import AsyncBaseTransport

    from peekui.api.budget import Budget
    from peekui.api.calls import Call, CallLog
    from peekui.api.secret import Secret

__all__ = ["AssetBody", "MixpeekClient"]

Answer = TypeVar("Answer")


class AssetBody(TypedDict, total=False):
    """Body of an asset request (section 5); keys that are unset are left out, as the hosted service demands."""

    collections: list[str]
    query: dict[str, JsonValue]
    filters: dict[str, JsonValue]
    sort: dict[str, JsonValue]
    select: list[str]


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    """Make what reads an answer when the first of its kind comes: opening takes three of seven."""
    return TypeAdapter(cast("type[Any]", kind))


class MixpeekClient:
    """Asks the Assets API; every method raises `MixpeekError` and nothing else.

    Use as an async context manager, or call `aclose`.

    Attributes:
        base_url: Origin the key is sent to, without a trailing slash.
        budget: Calls that are left, and those that wait for their turn.
        calls: The newest calls.
    """

    def __init__(
        self,
        base_url: str,
        api_key: Secret,
        *,
        calls_per_minute: int | None = None,
        transport: AsyncBaseTransport | None = None,
    ) -> None:
        """Set the client up; nothing is sent.

        Args:
            base_url: Such as `https://api.mixpeek.com`.
            api_key: Sent as a bearer token to that origin only: redirects are not followed.
            calls_per_minute: The profile's, None for no limit.
            transport: In place of the network.

        Raises:
            CannotConnect: The address is not an HTTP URL.
            ValueError: Calls a minute below 1.
        """
        self._sender = Sender(base_url, api_key, calls_per_minute=calls_per_minute, transport=transport)
        self.base_url = self._sender.base_url
        self.budget: Budget = self._sender.budget
        self.calls: CallLog = self._sender.calls

    @property
    def last_call(self) -> Call | None:
        """The call that ended last."""
        return self.calls.newest

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._sender.aclose()

    async def health(self) -> Health:
        """Ask whether the service is well (`GET /healthcheck`)."""
        return await self._call(Health, "GET", "/healthcheck")

    async def namespaces(self) -> list[Namespace]:
        """List all namespaces; the API gives them unpaged."""
        return await self._call(list[Namespace], "GET", "/v1/namespaces")

    async def collections(self, *, namespace: str | None, page: int = 1, page_size: int = 1000) -> Page[Collection]:
        """List collections of a namespace; the default page holds all that one may have (section 2)."""
        params = {"page": page, "page_size": page_size}
        return await self._call(Page[Collection], "GET", "/v1/collections", namespace=namespace, params=params)

    async def assets(
        self,
        body: AssetBody,
        *,
        namespace: str | None,
        page: int = 1,
        page_size: int = 100,
        priority: Priority = Priority.NOW,
    ) -> Page[Asset]:
        """List assets, or search them when the body has a `query`; a page nobody waits for yet has `Priority.AHEAD`."""
        path = "/v1/assets/search" if "query" in body else "/v1/assets"
        params = {"page": page, "page_size": page_size}
        return await self._call(
            Page[Asset], "POST", path, namespace=namespace, params=params, body=body, priority=priority
        )

    async def asset(self, asset_id: str, *, namespace: str | None, return_url: bool = False) -> Asset:
        """Get one asset, with its presigned URLs when asked to."""
        path = f"/v1/assets/{_in_path(asset_id)}"
        params = {"return_url": "true"} if return_url else {}
        return await self._call(Asset, "GET", path, namespace=namespace, params=params)

    async def features(self, asset_id: str, *, namespace: str | None) -> AssetFeatures:
        """Get one asset and its features by modality."""
        path = f"/v1/assets/{_in_path(asset_id)}/features"
        return await self._call(AssetFeatures, "GET", path, namespace=namespace)

    async def tasks(self, *, namespace: str | None, page: int = 1, page_size: int = 10) -> Page[Task]:
        """List the tasks that are under way."""
        params = {"page": page, "page_size": page_size}
        return await self._call(Page[Task], "GET", "/v1/tasks", namespace=namespace, params=params)

    async def _call(
        self,
        kind: type[Answer],
        method: str,
        path: str,
        *,
        namespace: str | None = None,
        params: dict[str, Any] | None = None,
        body: AssetBody | None = None,
        priority: Priority = Priority.NOW,
    ) -> Answer:
        request = Request(
            method,
            path,
            query=urlencode(params or {}),
            namespace=namespace or None,
            # Escaped to ASCII: half a surrogate pair goes back as it came, where UTF-8 has no form for it.
            body=None if body is None else json.dumps(body),
            priority=priority,
        )
        return await self._sender.send(request, partial(decode, _adapter(cast("Hashable", kind)), request=str(request)))


def _in_path(text: str) -> str:
    """Escape an id so that it stays one step of a path, whatever it holds."""
    return quote(text, safe="", errors="surrogatepass")
