"""What triage keeps from one visit to the next, in one SQLite file of the user's own (0600).

Rows that were read, so that the next visit reads only what changed; and notes: the last visit, acknowledgements,
groups that are no duplicates, reviews that were begun. Every call opens and closes the file: any thread may make it,
several processes may have it open, and each call is a transaction that happens whole or not at all.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self

from peekui.own_files import append_private, make_private_folder
from peekui.triage.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["Kept", "Notebook", "NotebookFailed"]

_FORMAT: Final = 1
_MOST_READINGS: Final = 16
_MOST_ROWS: Final = 500_000
"""Of all readings; those used longest ago go first. A row takes about 400 bytes, so the file stays below 250 MB."""
_MOST_NOTES: Final = 5000
"""Of one kind in one account; those written longest ago go first."""
_PATIENCE: Final = 10.0
"""Seconds to wait for another process that writes."""

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS reading (
  id INTEGER PRIMARY KEY, account TEXT, scope TEXT, state TEXT, used REAL, UNIQUE (account, scope));
CREATE TABLE IF NOT EXISTS row (
  reading INTEGER REFERENCES reading ON DELETE CASCADE, asset TEXT, data TEXT, PRIMARY KEY (reading, asset)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS note (
  account TEXT, kind TEXT, name TEXT, data TEXT, written REAL, PRIMARY KEY (account, kind, name)) WITHOUT ROWID;
"""


class NotebookFailed(Exception):
    """The notebook cannot be read or written; the text is a sentence that says why."""


class _OfNoUse(NotebookFailed):
    """The file is damaged, or a newer peekui's."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading as it was kept.

    Attributes:
        state: Where the reading stood, as JSON.
        rows: What was read, by id.
    """

    state: Mapping[str, object]
    rows: dict[str, Row]


class Notebook:
    """What is kept for one account; every method raises NotebookFailed where the file cannot be read or written.

    Attributes:
        notice: One sentence for the user when the file was of no use and was set aside, else None.
    """

    def __init__(self, path: Path, account: str, notice: str | None) -> None:
        self._path = path
        self._account = account
        self.notice = notice

    @classmethod
    def open(cls, path: Path, account: str) -> Self:
        """Open the file, or make it. One that is damaged, or a newer peekui's, is renamed and kept.

        Args:
            path: Such as `triage.db` in the folder of what is remembered.
            account: Whose rows and notes: a profile at an origin, or an embedded library.

        Raises:
            NotebookFailed: It can be neither opened nor made.
        """
        notebook = cls(path, account, None)
        try:
            make_private_folder(path.parent)
            try:
                notebook._prepare()
            except _OfNoUse as problem:
                aside = path.with_name(f"{path.name}.{datetime.now(UTC):%Y%m%dT%H%M%S.%f}Z")
                path.rename(aside)
                notebook._prepare()
                notebook.notice = f"What triage had kept was set aside as {aside}. {problem}"
        except OSError as error:
            raise NotebookFailed(f"{path} cannot be opened: {error.strerror}.") from error
        return notebook

    def reading(self, scope: str) -> Kept | None:
        """Give what was kept under the key of a scope, None for nothing, or nothing that can be read."""
        with self._transaction() as db:
            found = db.execute(
                "SELECT id, state FROM reading WHERE account = ? AND scope = ?", (self._account, scope)
            ).fetchone()
            if found is None:
                return None
            texts = db.execute("SELECT data FROM row WHERE reading = ?", found[:1]).fetchall()
        try:
            rows = [Row.from_json(text) for (text,) in texts]
            state = json.loads(found[1])
        except ValueError:
            return None
        return Kept(state, {row.asset_id: row for row in rows})

    def keep(
        self,
        scope: str,
        state: Mapping[str, object],
        rows: Iterable[Row] = (),
        gone: Iterable[str] = (),
        *,
        afresh: bool = False,
    ) -> None:
        """Keep a part of a reading.

        Args:
            scope: Key of what was read.
            state: Where the reading stands now.
            rows: New or changed ones.
            gone: Ids of rows to drop.
            afresh: Forget what was kept before.
        """
        with self._transaction() as db:
            db.execute(
                "INSERT INTO reading (account, scope, state, used) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (account, scope) DO UPDATE SET state = excluded.state, used = excluded.used",
                (self._account, scope, json.dumps(state), time.time()),
            )
            [reading] = db.execute(
                "SELECT id FROM reading WHERE account = ? AND scope = ?", (self._account, scope)
            ).fetchone()
            if afresh:
                db.execute("DELETE FROM row WHERE reading = ?", (reading,))
            db.executemany(
                "INSERT OR REPLACE INTO row VALUES (?, ?, ?)", ((reading, row.asset_id, row.to_json()) for row in rows)
            )
            db.executemany("DELETE FROM row WHERE reading = ? AND asset = ?", ((reading, name) for name in gone))
            self._trim_readings(db, reading)

    def notes(self, kind: str) -> dict[str, object]:
        """Give all notes of a kind by name, those written longest ago first."""
        with self._transaction() as db:
            found = db.execute(
                "SELECT name, data FROM note WHERE account = ? AND kind = ? ORDER BY written", (self._account, kind)
            )
            return {name: json.loads(data) for name, data in found}

    def note(self, kind: str, name: str, value: object) -> None:
        """Write a note; None takes it away.

        Args:
            kind: What sort of note.
            name: Which one.
            value: Plain JSON.
        """
        with self._transaction() as db:
            db.execute("DELETE FROM note WHERE account = ? AND kind = ? AND name = ?", (self._account, kind, name))
            if value is not None:
                db.execute(
                    "INSERT INTO note VALUES (?, ?, ?, ?, ?)",
                    (self._account, kind, name, json.dumps(value), time.time()),
                )
                same = (self._account, kind)
                db.execute(
                    "DELETE FROM note WHERE account = ? AND kind = ? AND name NOT IN ("
                    " SELECT name FROM note WHERE account = ? AND kind = ? ORDER BY written DESC LIMIT ?)",
                    (*same, *same, _MOST_NOTES),
                )

    def _trim_readings(self, db: sqlite3.Connection, current: int) -> None:
        """Drop the readings used longest ago while there are too many, or too many rows; never the current one."""
        counted = db.execute(
            "SELECT id, (SELECT count(*) FROM row WHERE reading = id) FROM reading ORDER BY id <> ?, used DESC",
            (current,),
        ).fetchall()
        total = 0
        for place, (reading, count) in enumerate(counted):
            total += count
            if place and (place >= _MOST_READINGS or total > _MOST_ROWS):
                db.execute("DELETE FROM reading WHERE id = ?", (reading,))

    def _prepare(self) -> None:
        # Made by us, so that only its owner can read it; SQLite gives its journals the same mode.
        append_private(self._path).close()
        with self._transaction() as db:
            [version] = db.execute("PRAGMA user_version").fetchone()
            if version not in {0, _FORMAT}:
                raise _OfNoUse("A newer peekui wrote it.")
            for statement in _TABLES.split(";"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {_FORMAT}")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as db:
                db.execute("PRAGMA foreign_keys = ON")
                with db:
                    yield db
        except sqlite3.OperationalError as error:
            # Locked for too long, no room on the disk: the file itself is sound.
            raise NotebookFailed(f"{self._path} cannot be used: {error}.") from error
        except sqlite3.DatabaseError as error:
            raise _OfNoUse(f"It is damaged: {error}.") from error
