"""The database: opening it, reading it from many threads, writing it from one place at a time."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import msgspec

from peekui.library.database import DATABASE, connect, explained, lock_directory, open_database
from peekui.library.document_keys import feature_keys, text_key
from peekui.library.errors import LibraryError
from peekui.library.fields import Fields
from peekui.library.matching import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Store", "Transaction", "open_store"]


class Transaction(msgspec.Struct, frozen=True):
    """What code that writes is given.

    Attributes:
        db: The only connection that writes.
        fields: Its view of the metadata paths.
    """

    db: sqlite3.Connection
    fields: Fields


class Store:
    """One open database of one data directory, owned by one process.

    Attributes:
        generation: Grows with every change; an answer computed at a generation holds as long as it stays.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: sqlite3.Connection) -> None:
        self._path = path
        self._writer = connection
        self._fields: Fields | None = None
        self._writing = threading.Lock()
        self._lock = lock
        self.generation = 0

    @property
    def directory(self) -> Path:
        """The data directory."""
        return self._path.parent

    def explained(self, error: sqlite3.DatabaseError) -> sqlite3.DatabaseError | LibraryError:
        """Give the sentence for an error that the user can mend, or the error itself."""
        return explained(error, self._path)

    def reader(self) -> sqlite3.Connection:
        """Open a connection for reading; the caller closes it. It may be interrupted from another thread."""
        connection = connect(self._path)
        connection.execute("PRAGMA query_only = 1")
        connection.create_function("has_words", 2, has_words, deterministic=True)
        connection.create_function("feature_keys", 2, feature_keys, deterministic=True)
        connection.create_function("text_key", 1, text_key, deterministic=True)
        return connection

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Give the only connection that writes, in a transaction: all of the block is kept, or nothing of it.

        Raises:
            LibraryError: The disk is full, or the database is damaged.
        """
        with self._writing:
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                fields = self._fields or Fields(self._writer)
                self._fields = None  # until it is certain that what it remembers was written
                yield Transaction(self._writer, fields)
                fields.flush(self._writer)
                self._writer.execute("COMMIT")
                self._fields = fields
            except sqlite3.DatabaseError as error:
                raise explained(error, self._path) from error
            finally:
                if self._writer.in_transaction:
                    self._writer.rollback()
                # Counted after a failure too: an answer computed once too often is better than a stale one.
                self.generation += 1

    def setting(self, name: str) -> str:
        """Give a secret that this data directory has made up once, 256 bits as hex."""
        with self.writing() as write:
            write.db.execute("INSERT OR IGNORE INTO setting VALUES (?, ?)", (name, secrets.token_hex(32)))
            [value] = write.db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
            return str(value)

    def close(self) -> None:
        """Put everything into the main file and close it."""
        with self._writing:
            with suppress(sqlite3.OperationalError):  # a reader that is still busy; SQLite does it at the next start
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._writer.close()
            self._lock.close()


def open_store(directory: Path) -> Store:
    """Open the database of a data directory, and make both where they are missing.

    A database that cannot be used is set aside under another name, never overwritten, and a new one begun: metadata
    edits are taken over from it (aside.py), everything else is indexed again from the files.

    Args:
        directory: The data directory.

    Returns:
        The store; the caller closes it.

    Raises:
        LibraryError: The directory cannot be used, another process uses it, or a newer peekui wrote it.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise LibraryError(
            f"The data directory {directory} cannot be made ({error.strerror}): choose another with --data-dir."
        ) from error
    lock = lock_directory(directory)
    try:
        return Store(directory / DATABASE, open_database(directory / DATABASE), lock)
    except BaseException:
        lock.close()
        raise
