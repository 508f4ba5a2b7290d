"""Changes that callers make: metadata, and files put into the trash. The user's files are never written."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from peekui.library.stored_files import FileReplaced, StoredFile
from peekui.library.writing import remove_asset, set_duplicates, write_metadata

if TYPE_CHECKING:
    from peekui.library.libraries import Library
    from peekui.library.store import Store, Transaction

__all__ = ["edit_metadata", "trash"]


def edit_metadata(
    store: Store, asset: int, metadata: dict[str, Any], *, replaces: bool, propagates: bool = False
) -> bool:
    """Edit an asset's metadata. The edit lies over what is extracted, now and whenever the file is read again.

    Args:
        store: Open database.
        asset: Row of the asset.
        metadata: JSON object.
        replaces: In place of all there is; otherwise its top-level names are put over those there are.
        propagates: Edit the metadata of its features alike.

    Returns:
        Whether the asset was still there.
    """
    with store.writing() as write:
        row = write.db.execute(
            "SELECT asset_id, document.metadata, extracted, error FROM asset JOIN document ON document.asset = asset.id"
            " WHERE asset.id = ?",
            (asset,),
        ).fetchone()
        if row is None:
            return False
        asset_id, current, extracted, error = row
        _remember(write, asset_id, metadata, replaces=replaces, propagates=propagates)
        write_metadata(write, asset, msgspec.json.decode(extracted or current), error=error)
        return True


def _remember(write: Transaction, asset_id: str, metadata: dict[str, Any], *, replaces: bool, propagates: bool) -> None:
    before = write.db.execute(
        "SELECT replaces, propagates, metadata FROM metadata_edit WHERE asset_id = ?", (asset_id,)
    ).fetchone()
    if before is not None and not replaces:
        metadata = {**msgspec.json.decode(before[2]), **metadata}
        replaces, propagates = bool(before[0]), propagates or bool(before[1])
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    write.db.execute(
        "INSERT OR REPLACE INTO metadata_edit (asset_id, replaces, propagates, metadata, edited_at)"
        " VALUES (?, ?, ?, ?, ?)",
        (asset_id, replaces, propagates, msgspec.json.encode(metadata).decode(), now),
    )


def trash(store: Store, library: Library, asset: int) -> bool:
    """Put an asset's file into the system's trash, and remove the asset.

    Args:
        store: Open database.
        library: The asset's.
        asset: Row of the asset.

    Returns:
        Whether the asset was still there.

    Raises:
        FileReplaced: The file is not what was indexed: it is left alone.
        FileGone: It is not there any more.
        OSError: The system's trash does not take it.
    """
    from send2trash import send2trash  # type: ignore[import-untyped]  # noqa: PLC0415 - only where it was allowed

    with store.writing() as write:
        row = write.db.execute("SELECT path, size_bytes, mtime_ns FROM asset WHERE id = ?", (asset,)).fetchone()
        if row is None:
            return False
        file = StoredFile(library.root, *row)
        os.close(file.open())
        path = Path(os.fsdecode(os.path.join(os.fsencode(library.root), file.path)))  # noqa: PTH118 - bytes
        if path.parent.resolve() / path.name != path:
            raise FileReplaced("A folder above the file was replaced by a link.")
        # The row goes only when the file did: the other way round a failure would leave a file nobody sees.
        file_hash = remove_asset(write, asset)
        if file_hash is not None:
            set_duplicates(write, library.row, file_hash)
        send2trash(path)
        return True
