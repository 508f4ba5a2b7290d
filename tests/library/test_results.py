"""Lists are computed once for a library that does not change, and not at all for a client that went away."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest

from peekui.filters.nodes import Condition, Group, Kind, Operator
from peekui.library.asset_query import Query, ResultList
from peekui.library.readers import Readers
from peekui.library.results import Results
from peekui.library.store import Store, open_store
from tests.library.stocked import new_library, stock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with ten assets."""
    store = open_store(tmp_path / "data")
    stock(store, new_library(store, tmp_path), [{"number": number} for number in range(10)])
    yield store
    store.close()


@pytest.fixture
def readers(store: Store) -> Iterator[Readers]:
    """Threads that read it."""
    readers = Readers(store)
    yield readers
    readers.close()


async def test_a_list_is_computed_once_however_many_ask(
    store: Store, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[Query] = []
    original = Query.find

    def counted(query: Query, db: sqlite3.Connection) -> ResultList:
        computed.append(query)
        return original(query, db)

    monkeypatch.setattr(Query, "find", counted)
    results = Results(store, readers)
    condition = Condition("metadata.number", Operator.GTE, 5)
    query = Query(None, Group(Kind.AND, (condition,)))
    lists = await asyncio.gather(*(results.get(query) for _ in range(8)))
    assert {len(found.ids) for found in lists} == {5}
    await results.get(query)
    assert computed == [query]
    # True and 1.0 equal 1 in Python, but not in a filter.
    for value in (1, 1.0, True):
        await results.get(Query(None, Group(Kind.AND, (Condition("metadata.number", Operator.EQ, value),))))
    assert len(computed) == 4
    with store.writing() as write:
        write.db.execute("DELETE FROM asset WHERE id = 10")
    assert len((await results.get(query)).ids) == 4
    assert len(computed) == 5


async def test_a_cancelled_call_interrupts_its_query(readers: Readers) -> None:
    begun = threading.Event()
    ended: list[BaseException] = []

    def endless(db: sqlite3.Connection) -> None:
        begun.set()
        try:
            db.execute(ENDLESS).fetchone()
        except sqlite3.OperationalError as error:
            ended.append(error)
            raise

    task = asyncio.create_task(readers.run(endless))
    await asyncio.to_thread(begun.wait)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    for _ in range(8):  # every thread is free again
        await readers.run(lambda db: db.execute("SELECT 1").fetchone())
    async with asyncio.timeout(10):
        while not ended:
            await readers.run(lambda db: db.execute("SELECT 1").fetchone())
    assert "interrupted" in str(ended[0])


async def test_a_list_others_wait_for_is_not_interrupted(
    store: Store, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    original = Query.find

    def slow(query: Query, db: sqlite3.Connection) -> ResultList:
        begun.set()
        go_on.wait()
        return original(query, db)

    monkeypatch.setattr(Query, "find", slow)
    results = Results(store, readers)
    leaving, staying = (asyncio.create_task(results.get(Query(None))) for _ in range(2))
    await asyncio.to_thread(begun.wait)
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    go_on.set()
    assert len((await staying).ids) == 10
