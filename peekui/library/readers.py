"""Queries in threads, each with a connection of its own, so that the service answers others meanwhile."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.library.store import Store

__all__ = ["Readers"]

Answer = TypeVar("Answer")
_AGAIN_SECONDS = 0.01


class Readers:
    """A few threads that read the database.

    Args:
        store: Open database.
        threads: Queries that run at the same time.
    """

    def __init__(self, store: Store, *, threads: int = 4) -> None:
        self._store = store
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="reader")

    async def run(self, read: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Call a function with a connection, in a thread.

        When the caller is cancelled, the query is interrupted.

        Raises:
            LibraryError: The database is damaged, or cannot be read.
        """
        work = _Work(read)
        loop = asyncio.get_running_loop()
        future = loop.run_in_executor(self._executor, self._run, work)
        try:
            return await future
        except asyncio.CancelledError:
            _interrupt(loop, work)
            raise

    def _run(self, work: _Work[Answer]) -> Answer:
        try:
            return work.run(self._connection())
        except sqlite3.DatabaseError as error:
            raise self._store.explained(error) from error

    def close(self) -> None:
        """Wait for what is running, and close the connections."""
        for connection in self._connections:
            connection.interrupt()
        self._executor.shutdown(cancel_futures=True)
        for connection in self._connections:
            connection.close()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._store.reader()
            self._connections.append(connection)
        return connection


class _Work(Generic[Answer]):
    """One call, which another thread may interrupt while it runs and only then."""

    def __init__(self, read: Callable[[sqlite3.Connection], Answer]) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def run(self, connection: sqlite3.Connection) -> Answer:
        with self._lock:
            self._connection = connection
        try:
            return self._read(connection)
        finally:
            with self._lock:
                self._connection = None

    def interrupt(self) -> bool:
        """Interrupt the statement that runs. Gives whether the call is still under way."""
        with self._lock:
            if self._connection is not None:
                self._connection.interrupt()
            return self._connection is not None


def _interrupt(loop: asyncio.AbstractEventLoop, work: _Work[Answer]) -> None:
    # A call may consist of several statements, and an interrupt that falls between two of them is lost.
    if work.interrupt():
        loop.call_later(_AGAIN_SECONDS, _interrupt, loop, work)
