"""The collections of a library as its folders make them, with what a `collection.json` says of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from peekui.library import ids
from peekui.library.media.sidecar import read_sidecar
from peekui.library.text import visible
from peekui.library.walk import COLLECTION_FILE

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from peekui.library.libraries import Library

__all__ = ["enter_collection", "remove_empty_collections"]


def enter_collection(db: sqlite3.Connection, library: Library, folder: bytes) -> int:
    """Enter a collection, or bring its name and metadata up to date.

    Args:
        db: In a transaction.
        library: The library it is in.
        folder: Name of the top-level folder; empty for the files directly in the root.

    Returns:
        Its row.
    """
    said_name, metadata = _description(library.root / os.fsdecode(folder)) if folder else (None, None)
    name = said_name or visible(os.fsdecode(folder)) or library.name
    taken = {
        taken
        for [taken] in db.execute(
            "SELECT name FROM collection WHERE namespace = ? AND folder <> ?", (library.row, folder)
        )
    }
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    [row] = db.execute(
        "INSERT INTO collection (collection_id, namespace, folder, name, metadata) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (namespace, folder) DO UPDATE SET name = excluded.name, metadata = excluded.metadata"
        " RETURNING id",
        (ids.collection_id(library.identity, folder), library.row, folder, free, metadata),
    ).fetchone()
    return int(row)


def remove_empty_collections(db: sqlite3.Connection, library: Library) -> None:
    """Remove collections whose last file is gone."""
    db.execute("DELETE FROM collection WHERE namespace = ? AND asset_count = 0", (library.row,))


def _description(folder: Path) -> tuple[str | None, str | None]:
    """Give name and metadata, each None where the file does not say it."""
    try:
        said = read_sidecar(folder / os.fsdecode(COLLECTION_FILE)).metadata
    except OSError:
        return None, None
    name, metadata = said.get("name"), said.get("metadata")
    return (
        visible(name) if isinstance(name, str) and name.strip() else None,
        msgspec.json.encode(metadata).decode() if isinstance(metadata, dict) else None,
    )
