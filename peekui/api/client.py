"""The Assets API over HTTP: one client, reused for the life of the program."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from pydantic import JsonValue, TypeAdapter

from peekui.api.budget import Priority
from peekui.api.decode import decode
from peekui.api.models import Asset, AssetFeatures, Collection, Feature, Health, Namespace, Page, Task
from peekui.api.requests import AssetBody, asset_path, feature_path, list_assets, request, task_path
from peekui.api.sending import Sender
from peekui.api.signing import UrlBook

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from types import TracebackType

    from httpx import AsyncBaseTransport

    from peekui.api.budget import Budget
    from peekui.api.calls import Call, CallLog
    from peekui.api.secret import Secret
    from peekui.api.sending import Request

__all__ = ["AssetBody", "MixpeekClient"]

Answer = TypeVar("Answer")


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
        urls: Presigned URLs of assets, asked for when they are needed.
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
        self.urls = UrlBook(lambda asset_id, namespace: self.asset(asset_id, namespace=namespace, return_url=True))

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
        asked = list_assets(body, namespace=namespace, page=page, page_size=page_size, priority=priority)
        return await self.ask(Page[Asset], asked)

    async def asset(self, asset_id: str, *, namespace: str | None, return_url: bool = False) -> Asset:
        """Get one asset, with its presigned URLs when asked to."""
        params = {"return_url": "true"} if return_url else {}
        return await self._call(Asset, "GET", asset_path(asset_id), namespace=namespace, params=params)

    async def features(self, asset_id: str, *, namespace: str | None, return_url: bool = False) -> AssetFeatures:
        """Get one asset and its features by modality, with the presigned URLs of all of them when asked to."""
        params = {"return_url": "true"} if return_url else {}
        path = f"{asset_path(asset_id)}/features"
        return await self._call(AssetFeatures, "GET", path, namespace=namespace, params=params)

    async def feature(self, feature_id: str, *, namespace: str | None, return_url: bool = False) -> Feature:
        """Get one feature, with its presigned URLs when asked to."""
        params = {"return_url": "true"} if return_url else {}
        return await self._call(Feature, "GET", feature_path(feature_id), namespace=namespace, params=params)

    async def merge_metadata(self, asset_id: str, metadata: Mapping[str, JsonValue], *, namespace: str | None) -> Asset:
        """Put metadata over what an asset has, name by name (`PATCH`)."""
        body = {"metadata": metadata}
        return await self._call(Asset, "PATCH", asset_path(asset_id), namespace=namespace, body=body)

    async def replace_metadata(
        self, asset_id: str, metadata: Mapping[str, JsonValue], *, namespace: str | None
    ) -> Asset:
        """Put metadata in place of all that an asset has (`PUT`)."""
        body = {"metadata": metadata}
        return await self._call(Asset, "PUT", asset_path(asset_id), namespace=namespace, body=body)

    async def delete_asset(self, asset_id: str, *, namespace: str | None) -> None:
        """Delete an asset; what a good answer says besides is not read."""
        await self._sender.send(request("DELETE", asset_path(asset_id), namespace=namespace), lambda _: None)

    async def task(self, task_id: str, *, namespace: str | None) -> Task:
        """Get one task, under way or not."""
        return await self._call(Task, "GET", task_path(task_id), namespace=namespace)

    async def tasks(self, *, namespace: str | None, page: int = 1, page_size: int = 10) -> Page[Task]:
        """List the tasks that are under way."""
        params = {"page": page, "page_size": page_size}
        return await self._call(Page[Task], "GET", "/v1/tasks", namespace=namespace, params=params)

    async def ask(
        self, kind: type[Answer], asked: Request, *, sooner: Callable[[bytes], Answer | None] = lambda _: None
    ) -> Answer:
        """Give the answer to any request.

        Args:
            kind: What to make of the answer: a model, or plain JSON types, which keep it as it came.
            asked: What to ask.
            sooner: Makes the same of some answers in less time; None leaves one to the usual way.
        """
        usual = partial(decode, _adapter(cast("Hashable", kind)), request=str(asked))

        def read(body: bytes) -> Answer:
            answer = sooner(body)
            return usual(body) if answer is None else answer

        return await self._sender.send(asked, read)

    async def _call(
        self,
        kind: type[Answer],
        method: str,
        path: str,
        *,
        namespace: str | None = None,
        params: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Answer:
        return await self.ask(kind, request(method, path, namespace=namespace, params=params, body=body))
