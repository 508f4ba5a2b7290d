"""Asking the service about one asset: coroutines for workers, which touch no widget and answer with messages."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual.message import Message

from peekui.api.errors import MixpeekError
from peekui.api.models import AssetFeatures
from peekui.browse.inspecting.inspected import Inspected, plain_task
from peekui.browse.pictures.wanted import WantedPicture
from peekui.ui.loader import LoadFailed, Subject
from peekui.ui.widgets.notice import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from peekui.api.client import MixpeekClient
    from peekui.api.models import Asset
    from peekui.browse.query import AssetQuery
    from peekui.filters.nodes import JsonValue
    from peekui.ui.session import Session

__all__ = ["AssetInspected", "CopiesLoaded", "InspectorLoader", "TaskLoaded"]

_MOST_COPIES = 100


class AssetInspected(Message):
    """An asset, put in order: as the table knows it, or whole, with its features."""

    def __init__(self, asset_id: str | None, scope: str | None, inspected: Inspected, *, whole: bool) -> None:
        super().__init__()
        self.asset_id = asset_id
        self.scope = scope
        self.inspected = inspected
        self.whole = whole


class TaskLoaded(Message):
    """A task, as JSON."""

    def __init__(self, task_id: str, value: JsonValue) -> None:
        super().__init__()
        self.task_id = task_id
        self.value = value


class CopiesLoaded(Message):
    """Assets with the same hash, the first so many of them."""

    def __init__(self, query: AssetQuery, assets: list[Asset], total: int | None) -> None:
        super().__init__()
        self.query = query
        self.assets = assets
        self.total = total


class InspectorLoader:
    """Asks, and posts what came. What takes long to put in order, such as a megabyte, is done in a thread."""

    def __init__(self, session: Session, post: Callable[[Message], object]) -> None:
        """Take what to ask with and where to post."""
        self._session = session
        self._post = post

    async def inspect(self, asset: Asset, namespace: str | None, *, rest: float, pictured: bool) -> None:
        """Show what the table knows of an asset, then ask for all of it, in one call.

        Args:
            asset: As the table knows it.
            namespace: It is in.
            rest: Seconds to wait before the call: who passes ten assets by must not pay for each.
            pictured: Pictures are shown: addresses that are not known come along.
        """
        asset_id = asset.asset_id
        known = await asyncio.to_thread(Inspected.of, AssetFeatures(), asset)
        self._post(AssetInspected(asset_id, namespace, known, whole=False))
        if not asset_id:
            return
        await asyncio.sleep(rest)
        with self._failing(Subject.FEATURES, asset_id):
            client = await self._session.client()
            signed = pictured and _needs_addresses(client, asset, namespace)
            answer = await client.features(asset_id, namespace=namespace, return_url=signed)
            if signed and answer.asset:
                client.urls.learn(asset_id, namespace, answer.asset)
            inspected = await asyncio.to_thread(Inspected.of, answer, asset)
            self._post(AssetInspected(asset_id, namespace, inspected, whole=True))

    async def task(self, task_id: str, namespace: str | None) -> None:
        """Ask for a task."""
        with self._failing(Subject.TASK, task_id):
            client = await self._session.client()
            self._post(TaskLoaded(task_id, plain_task(await client.task(task_id, namespace=namespace))))

    async def copies(self, query: AssetQuery) -> None:
        """Ask for the assets with a hash."""
        with self._failing(Subject.COPIES):
            client = await self._session.client()
            page = await client.assets(query.body(), namespace=query.namespace, page_size=_MOST_COPIES)
            self._post(CopiesLoaded(query, page.results, page.total))

    @contextmanager
    def _failing(self, subject: Subject, asset_id: str | None = None) -> Iterator[None]:
        try:
            yield
        except MixpeekError as error:
            self._post(LoadFailed(subject, Problem.of(error), asset_id=asset_id))


def _needs_addresses(client: MixpeekClient, asset: Asset, namespace: str | None) -> bool:
    """Say whether there may be pictures whose addresses are not known: of the asset, or of parts of it."""
    if WantedPicture(asset, namespace).reason:
        return False
    # What a still consists of has no pictures of its own; segments have, and each would take a call later on.
    return asset.modality != "image" or client.urls.known(asset.asset_id or "", namespace) is None
