"""The database file: made, opened, checked, and begun anew when it cannot be used."""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from peekui.library.aside import set_aside, take_over_edits
from peekui.library.errors import LibraryError
from peekui.library.fields import SLOTS

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DATABASE", "SCHEMA_VERSION", "connect", "explained", "lock_directory", "open_database"]

DATABASE: Final = "library.sqlite"
SCHEMA_VERSION: Final = 2
APPLICATION_ID: Final = 0x7065656B
_BUSY_SECONDS = 30.0
_PAGE_BYTES = 16384
"""Reading all assets takes a third less time than with SQLite's 4096."""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_FORBIDDEN = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}


class _Unusable(Exception):
    """The database is damaged, or of an older peekui; the text says which."""


def lock_directory(directory: Path) -> sqlite3.Connection:
    """Take the directory for this process; the lock goes when the process does, however it ends."""
    try:
        lock = sqlite3.connect(directory / "lock.sqlite", isolation_level=None, check_same_thread=False, timeout=0)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise LibraryError(
                f"Another peekui serves from {directory}: stop it, or choose another directory with --data-dir."
            ) from error
        raise LibraryError(
            f"The data directory {directory} cannot be written ({error}): choose another with --data-dir."
        ) from error
    return lock


def open_database(path: Path) -> sqlite3.Connection:
    """Open a database for writing, and make it where it is missing.

    One that is damaged, or of an older peekui, is set aside under another name and a new one begun, which takes over
    the metadata edits.

    Raises:
        LibraryError: A newer peekui wrote it, or it cannot be opened.
    """
    try:
        return _prepared(path)
    except _Unusable as error:
        set_aside(path, str(error))
    return _prepared(path)


def _prepared(path: Path) -> sqlite3.Connection:
    try:
        connection = connect(path)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    except sqlite3.DatabaseError as error:
        if _primary_code(error) in _DAMAGED:
            raise _Unusable("is damaged") from error
        raise explained(error, path) from error
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    [version] = connection.execute("PRAGMA user_version").fetchone()
    [tables] = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    _check_version(version, tables, path)
    connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")  # says something only while the file is empty
    connection.execute("PRAGMA journal_mode = WAL")
    if not tables:
        _create(connection, path)
    # Both edges of the largest tables: a file cut short shows here, and a full check would take minutes.
    for table, column in (("asset", "id"), ("facet", "id"), ("document", "asset"), ("posting", "field")):
        connection.execute(f"SELECT min({column}), max({column}) FROM {table}").fetchone()


def _check_version(version: int, tables: int, path: Path) -> None:
    if version > SCHEMA_VERSION:
        raise LibraryError(
            f"{path} was written by a newer peekui: update peekui, or choose another directory with --data-dir."
        )
    if tables and version < SCHEMA_VERSION:
        raise _Unusable("is of an older peekui")


def connect(path: Path) -> sqlite3.Connection:
    """Open a connection."""
    # Shared between threads by the callers' own locks; SQLite itself is compiled serialised.
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=_BUSY_SECONDS)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -16000")
    return connection


def _create(connection: sqlite3.Connection, path: Path) -> None:
    from importlib import resources  # noqa: PLC0415 - a start with a database that is there does without

    schema = resources.files("peekui.library").joinpath("schema.sql").read_text("utf-8")
    slots = "".join(f",\n    m{slot}" for slot in range(SLOTS))
    indexes = "".join(
        f"CREATE INDEX facet_by_m{slot} ON facet (m{slot}) WHERE m{slot} IS NOT NULL;\n" for slot in range(SLOTS)
    )
    connection.executescript(
        f"BEGIN;\n{schema.replace('    -- slots', slots)}\n{indexes}"
        f"PRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {SCHEMA_VERSION};"
    )
    take_over_edits(connection, path)
    connection.execute("COMMIT")


def _primary_code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def explained(error: sqlite3.DatabaseError, path: Path) -> sqlite3.DatabaseError | LibraryError:
    """Give the sentence for what the user can mend, or the error itself for what is ours to mend."""
    code = _primary_code(error)
    if code in _FULL:
        return LibraryError(f"The database {path} cannot be written ({error}): make room on its disk and start again.")
    if code in _DAMAGED:
        return LibraryError(f"The database {path} is damaged: start again, and it is set aside and built anew.")
    if code in _FORBIDDEN:
        return LibraryError(f"The database {path} cannot be opened ({error}): choose another with --data-dir.")
    return error
