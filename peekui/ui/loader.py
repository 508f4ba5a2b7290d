"""All asking of the service: coroutines for workers, which touch no widget and answer with messages."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from textual.message import Message

from peekui.api.errors import MixpeekError
from peekui.browse.gathering import find_out
from peekui.ui.widgets.notice import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Sequence

    from textual.dom import DOMNode
    from textual.worker import Worker

    from peekui.api.models import Asset, Collection, Namespace, Page
    from peekui.browse.copy_forms import CopyItem, Needs
    from peekui.browse.overview import Part
    from peekui.browse.query import AssetQuery
    from peekui.ui.session import Session

__all__ = [
    "CollectionsLoaded",
    "Indexing",
    "LoadFailed",
    "Loader",
    "NamespacesLoaded",
    "PageLoaded",
    "PageOf",
    "PartCounted",
    "Subject",
    "start",
]

_INDEXING_POLL = 1.0
"""Seconds between questions about indexing; only a library of our own is asked."""


class Subject(StrEnum):
    """What a load was for; also the name of its group of workers."""

    NAMESPACES = "namespaces"
    COLLECTIONS = "collections"
    ASSETS = "assets"
    FEATURES = "features"
    TASK = "task"
    COPIES = "copies"
    PICTURE = "picture"
    WORDS = "words"
    URL = "url"
    INDEXING = "indexing"
    LINE = "line"
    HISTORY = "history"
    OVERVIEW = "overview"
    TOTAL = "total"
    NODES = "nodes"
    REMEDIES = "remedies"
    EXAMPLE = "example"
    COMPARISON = "comparison"
    WORK = "work"
    TRIAGE = "triage"
    GROUPS = "groups"
    NOTES = "notes"
    SAMPLE = "sample"
    PLAN = "plan"
    RESOURCES = "resources"
    SAVED = "saved"
    WATCH = "watch"


class NamespacesLoaded(Message):
    """All namespaces."""

    def __init__(self, namespaces: list[Namespace]) -> None:
        super().__init__()
        self.namespaces = namespaces


class CollectionsLoaded(Message):
    """Collections of a namespace."""

    def __init__(self, namespace: str | None, page: Page[Collection]) -> None:
        super().__init__()
        self.scope = namespace
        self.page = page


class PageLoaded(Message):
    """A page of the answer to a query, and how many milliseconds its call took."""

    def __init__(self, query: AssetQuery, number: int, page: Page[Asset], milliseconds: float | None = None) -> None:
        super().__init__()
        self.query = query
        self.number = number
        self.page = page
        self.milliseconds = milliseconds


class PartCounted(Message):
    """How many assets a part of an overview has; `exact` is False where the service said only that there are more."""

    def __init__(self, part: Part, count: int, *, exact: bool) -> None:
        super().__init__()
        self.part = part
        self.count = count
        self.exact = exact


class Indexing(Message):
    """How many files are still to be indexed; 0 is said once, at the end."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left = left


@dataclass(frozen=True, slots=True)
class PageOf:
    """A page of a query."""

    query: AssetQuery
    number: int


class LoadFailed(Message):
    """A load that came to nothing: of a page, of one asset, or of a whole subject."""

    def __init__(
        self, subject: Subject, problem: Problem, *, page: PageOf | None = None, asset_id: str | None = None
    ) -> None:
        super().__init__()
        self.subject = subject
        self.problem = problem
        self.page = page
        self.asset_id = asset_id


class Loader:
    """Asks, and posts what came."""

    def __init__(self, session: Session, post: Callable[[Message], object]) -> None:
        """Take what to ask with and where to post."""
        self._session = session
        self._post = post

    async def namespaces(self) -> None:
        """Load the namespaces."""
        with self._failing(Subject.NAMESPACES):
            client = await self._session.client()
            self._post(NamespacesLoaded(await client.namespaces()))

    async def collections(self, namespace: str | None) -> None:
        """Load the collections of a namespace."""
        with self._failing(Subject.COLLECTIONS):
            client = await self._session.client()
            self._post(CollectionsLoaded(namespace, await client.collections(namespace=namespace)))

    async def page(self, query: AssetQuery, number: int, page_size: int) -> None:
        """Load one page of a query."""
        with self._failing(Subject.ASSETS, page=PageOf(query, number)):
            client = await self._session.client()
            page = await client.assets(query.body(), namespace=query.namespace, page=number, page_size=page_size)
            self._post(PageLoaded(query, number, page, self._session.latency_ms))

    async def find_out(self, item: CopyItem, needs: Needs, answer: Callable[[CopyItem], Message]) -> None:
        """Find out what is needed of an asset, such as a fresh URL, and answer with a message made of it."""
        with self._failing(Subject.URL, asset_id=item.asset_id):
            client = await self._session.client()
            self._post(answer(await find_out(item, needs, client)))

    async def count_parts(self, parts: Sequence[Part]) -> None:
        """Count the assets of each part, one call a part."""
        with self._failing(Subject.OVERVIEW):
            client = await self._session.client()
            for part in parts:
                page = await client.assets(part.query.body(), namespace=part.query.namespace, page_size=1)
                count = len(page.results) if page.total is None else page.total
                self._post(PartCounted(part, count, exact=page.total is not None))

    async def follow_indexing(self) -> None:
        """Say how far the embedded library is, until it is done or cannot be asked."""
        with self._failing(Subject.INDEXING):
            client = await self._session.client()
            while left := (await client.tasks(namespace=None, page_size=1)).total:
                self._post(Indexing(left))
                await asyncio.sleep(_INDEXING_POLL)
        self._post(Indexing(0))

    @contextmanager
    def _failing(self, subject: Subject, *, page: PageOf | None = None, asset_id: str | None = None) -> Iterator[None]:
        try:
            yield
        except MixpeekError as error:
            self._post(LoadFailed(subject, Problem.of(error), page=page, asset_id=asset_id))


def start(node: DOMNode, subject: Subject, work: Callable[[], Coroutine[None, None, None]]) -> Worker[None]:
    """Run a load; a new one takes the place of the one of the same subject that is under way.

    Args:
        node: Screen or widget that the answer is for; the load ends with it.
        subject: What it is for.
        work: One of the `Loader`'s; not called yet, for one that is cancelled before its turn is never awaited.
    """
    return node.run_worker(work, group=subject, exclusive=True, exit_on_error=False)
