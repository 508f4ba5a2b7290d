"""Lists that were computed, kept as long as the library does not change: no total is counted twice."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from peekui.library.asset_query import Query, ResultList
    from peekui.library.feature_query import FeatureQuery
    from peekui.library.readers import Readers
    from peekui.library.store import Store

__all__ = ["Results"]

_KEPT_ROWS: Final = 4_000_000
"""Rows in all kept lists: at most 64 MB."""


class _Pending(msgspec.Struct):
    task: asyncio.Task[ResultList]
    waiting: int = 0


class Results:
    """Gives the list for a query, computed once per generation of the store, however many ask for it."""

    def __init__(self, store: Store, readers: Readers) -> None:
        self._store = store
        self._readers = readers
        self._generation = store.generation
        self._kept: OrderedDict[str, ResultList] = OrderedDict()
        self._pending: dict[str, _Pending] = {}

    async def get(self, query: Query | FeatureQuery) -> ResultList:
        """Give the list.

        When the caller is cancelled and nobody else waits for the same list, its query is interrupted.

        Raises:
            BadFilter: See `Query.find`.
        """
        self._forget_stale()
        key = repr(query)
        if (kept := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return kept
        if (pending := self._pending.get(key)) is None:
            pending = self._pending[key] = _Pending(asyncio.create_task(self._compute(key, query)))
        pending.waiting += 1
        try:
            return await asyncio.shield(pending.task)
        finally:
            pending.waiting -= 1
            if not pending.waiting and not pending.task.done():
                pending.task.cancel()
                self._drop(key, pending.task)

    async def _compute(self, key: str, query: Query | FeatureQuery) -> ResultList:
        generation = self._store.generation
        try:
            found = await self._readers.run(query.find)
        finally:
            self._drop(key, asyncio.current_task())
        if generation == self._store.generation == self._generation:
            self._keep(key, found)
        return found

    def _keep(self, key: str, found: ResultList) -> None:
        self._kept[key] = found
        while len(self._kept) > 1 and sum(len(kept.ids) for kept in self._kept.values()) > _KEPT_ROWS:
            self._kept.popitem(last=False)

    def _drop(self, key: str, task: asyncio.Task[ResultList] | None) -> None:
        pending = self._pending.get(key)
        if pending is not None and pending.task is task:
            del self._pending[key]

    def _forget_stale(self) -> None:
        if self._generation != self._store.generation:
            self._generation = self._store.generation
            self._kept.clear()
            # What is under way may be of the generation before: nobody new joins it.
            self._pending.clear()
