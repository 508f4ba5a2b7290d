"""Bringing the database up to what is in a folder: new, changed and vanished files. Nothing is read here."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from peekui.library.folders import enter_collection, remove_empty_collections
from peekui.library.taxonomies import read_taxonomies
from peekui.library.walk import TAXONOMIES_FILE, Walk
from peekui.library.writing import add_asset, mark_changed, remove_asset, set_duplicates, timestamp

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable
    from pathlib import Path
    from threading import Event

    from peekui.library.libraries import Library
    from peekui.library.store import Store, Transaction
    from peekui.library.walk import Found

__all__ = ["scan"]

_BATCH = 500


def scan(store: Store, library: Library, *, excluded: Path, stop: Event) -> Counter[str]:
    """Walk a library and enter what has changed since the last walk.

    New and changed files become PROCESSING. Interrupted at any moment, the next scan goes on from there.

    Args:
        store: Open database.
        library: Which.
        excluded: The data directory, which is no part of a library.
        stop: Ends the scan early.

    Returns:
        How many things were left out, by reason.
    """
    with store.writing() as write:
        _enter_taxonomies(write, library)
        [last] = write.db.execute("SELECT ifnull(max(id), 0) FROM asset").fetchone()
    seen = bytearray(last + 1)
    collections: dict[bytes, int] = {}
    walk = Walk(library.root, excluded)
    files = walk.files()
    while batch := list(islice(files, _BATCH)):
        with store.writing() as write:
            _enter(write, library, batch, collections, seen)
        if stop.is_set():
            return walk.skipped
    _remove_unseen(store, library, seen)
    return walk.skipped


def _enter(
    write: Transaction, library: Library, batch: Iterable[Found], collections: dict[bytes, int], seen: bytearray
) -> None:
    for found in batch:
        if found.folder not in collections:
            collections[found.folder] = enter_collection(write.db, library, found.folder)
        row = write.db.execute(
            "SELECT id, size_bytes, mtime_ns, sidecars FROM asset WHERE namespace = ? AND path = ?",
            (library.row, found.path),
        ).fetchone()
        if row is None:
            add_asset(
                write,
                namespace=library.row,
                collection=collections[found.folder],
                identity=library.identity,
                found=found,
            )
            continue
        asset, *known = row
        if asset < len(seen):
            seen[asset] = 1
        if known != [found.size, found.mtime_ns, found.sidecars]:
            mark_changed(write, asset, found)


def _remove_unseen(store: Store, library: Library, seen: bytearray) -> None:
    with store.writing() as write:
        rows = write.db.execute(
            "SELECT id FROM asset WHERE namespace = ? AND id < ?", (library.row, len(seen))
        ).fetchall()
    gone = iter([asset for [asset] in rows if not seen[asset]])
    while batch := list(islice(gone, _BATCH)):
        with store.writing() as write:
            hashes = {remove_asset(write, asset) for asset in batch}
            for file_hash in hashes - {None}:
                set_duplicates(write, library.row, str(file_hash))
    with store.writing() as write:
        remove_empty_collections(write.db, library)


def _enter_taxonomies(write: Transaction, library: Library) -> None:
    path = library.root / os.fsdecode(TAXONOMIES_FILE)
    taxonomies = read_taxonomies(path, library.identity)
    changed_at = timestamp(path.lstat().st_mtime_ns) if taxonomies else None
    write.db.execute(
        "UPDATE namespace SET taxonomies = ?, taxonomies_at = ? WHERE id = ?",
        (msgspec.json.encode(taxonomies).decode(), changed_at, library.row),
    )
