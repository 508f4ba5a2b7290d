"""Databases that were set aside, and the metadata edits in them: no file of the user's gives those again."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["set_aside", "take_over_edits"]

_COLUMNS = "asset_id, replaces, propagates, metadata, edited_at"
_SOUND = (
    "CASE WHEN json_valid(metadata) THEN (json_type(metadata), typeof(asset_id), typeof(replaces), typeof(propagates),"
    " typeof(edited_at)) = ('object', 'text', 'integer', 'integer', 'text') END"
)
"""What the new table and all that reads it take for granted, and a damaged page does not."""


def set_aside(path: Path, reason: str) -> None:
    """Give a database that nobody has open another name, and say so on standard error.

    Args:
        path: The database.
        reason: What is wrong with it, to follow its name in a sentence.
    """
    number = 1
    while (aside := _aside(path, number)).exists():
        number += 1
    # The file itself last: when this is killed in between, the next start puts it beside what is there already.
    for suffix in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    sys.stderr.write(f"The database {path} {reason}: it was set aside as {aside.name}, and is built anew.\n")


def take_over_edits(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the metadata edits of all databases that were set aside, and say on standard error how many.

    Args:
        connection: To the new database, in the transaction that makes it: a start that is killed before its end
            leaves nothing, and the next one does all of it again.
        path: Of the new database.
    """
    number = 1
    while (aside := _aside(path, number)).exists():
        edits = _Edits(aside)
        # The later one was set aside, the newer its edits are.
        connection.executemany("INSERT OR REPLACE INTO metadata_edit VALUES (?, ?, ?, ?, ?)", edits)
        if edits.problem:
            sys.stderr.write(
                f"Of the metadata edits in {aside.name} {edits.count:,} were taken over;"
                f" others cannot be read ({edits.problem}) and stay there.\n"
            )
        elif edits.count:
            sys.stderr.write(f"The metadata edits in {aside.name} were taken over: {edits.count:,}.\n")
        number += 1


class _Edits:
    """The rows of `metadata_edit` in a database that was set aside, as far as they can be read.

    Attributes:
        count: Rows given.
        problem: Why some could not be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.count = 0
        self.problem: str | None = None

    def __iter__(self) -> Iterator[tuple[str, int, int, str, str]]:
        # Only for reading: what was set aside stays as it is.
        uri = f"{self._path.absolute().as_uri()}?mode=ro"
        try:
            with closing(sqlite3.connect(uri, uri=True)) as db:
                for *edit, sound in db.execute(f"SELECT {_COLUMNS}, {_SOUND} FROM metadata_edit"):  # noqa: S608
                    if not sound:
                        self.problem = "damaged"
                        continue
                    self.count += 1
                    yield tuple(edit)
        except sqlite3.DatabaseError as error:
            self.problem = str(error)


def _aside(path: Path, number: int) -> Path:
    return path.with_name(f"{path.name}.aside-{number}")
