"""A store stocked with documents, without files: what filters and queries are tested on."""

# ruff: noqa: S608 - column names from the line above it

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from peekui.library.libraries import Library, register
from peekui.library.record import Record
from peekui.library.walk import Found
from peekui.library.writing import add_asset, remove_asset, set_duplicates, write_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from peekui.library.store import Store

__all__ = ["document", "empty", "new_library", "record_of", "stock"]

MODALITIES = ("image", "video", None)


def new_library(store: Store, root: Path) -> Library:
    """Enter a library with one collection."""
    [library] = register(store, [root], demo=False)
    with store.writing() as write:
        write.db.execute(
            "INSERT INTO collection (collection_id, namespace, folder, name) VALUES ('col_1', ?, x'', 'all')",
            (library.row,),
        )
    return library


def record_of(number: int, metadata: dict[str, Any]) -> Record:
    """Give the record of the document with a number: its system fields follow from it."""
    failed = number % 3 == 2
    return Record(
        size_bytes=number * 100,
        mtime_ns=number * 86_400 * 10**9,
        file_hash=f"{number // 2:064x}",
        media_type="image/jpeg",
        modality=MODALITIES[number % len(MODALITIES)],
        metadata=msgspec.json.encode(metadata),
        error=msgspec.json.encode({"type": "Truncated", "message": "Ünfinished"}) if failed else None,
        has_preview=False,
        features=(),
    )


def stock(store: Store, library: Library, documents: Sequence[dict[str, Any]]) -> list[int]:
    """Write assets with the given metadata.

    Returns:
        Their rows.
    """
    with store.writing() as write:
        [collection] = write.db.execute("SELECT id FROM collection").fetchone()
        rows = []
        for number, metadata in enumerate(documents):
            found = Found(f"{number:06}.jpg".encode(), number * 100, number * 86_400 * 10**9)
            add_asset(write, namespace=library.row, collection=collection, identity=library.identity, found=found)
            [row] = write.db.execute("SELECT max(id) FROM asset").fetchone()
            for file_hash in write_record(write, row, record_of(number, metadata)):
                set_duplicates(write, library.row, file_hash)
            rows.append(row)
        return rows


def document(store: Store, row: int) -> dict[str, Any]:
    """Give an asset as it is answered, without what is unset."""
    reader = store.reader()
    try:
        names = (
            "asset_id, status, modality, file_hash, duplicate_of, created_at, updated_at, size_bytes, media_type,"
            " metadata, error"
        )
        values = reader.execute(
            f"SELECT {names} FROM asset JOIN document ON document.asset = asset.id WHERE asset.id = ?", (row,)
        ).fetchone()
    finally:
        reader.close()
    found = dict(zip(names.replace(" ", "").split(","), values, strict=True))
    file_data = {"file_size_bytes": found.pop("size_bytes"), "file_type": found.pop("media_type")}
    for name in ("metadata", "error"):
        found[name] = None if found[name] is None else msgspec.json.decode(found[name])
    return {name: value for name, value in found.items() if value is not None} | {
        "file_data": file_data,
        "collection_id": "col_1",
        "task_id": "task_" + found["asset_id"].removeprefix("ast_"),
    }


def empty(store: Store, rows: Iterable[int]) -> None:
    """Remove assets."""
    with store.writing() as write:
        for row in rows:
            remove_asset(write, row)
