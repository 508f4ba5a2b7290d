"""Writing to the database what was found and read. Every function works inside a transaction of its caller's."""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import msgspec

from peekui.library import ids
from peekui.library.reading import SEARCHED_CHARACTERS, base_metadata
from peekui.library.terms import strings, terms
from peekui.library.text import words
from peekui.library.walk import last_changed

if TYPE_CHECKING:
    import sqlite3

    from peekui.filters.nodes import JsonValue
    from peekui.library.record import Record
    from peekui.library.store import Transaction
    from peekui.library.terms import Term
    from peekui.library.walk import Found

__all__ = ["add_asset", "mark_changed", "remove_asset", "set_duplicates", "timestamp", "write_metadata", "write_record"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def timestamp(mtime_ns: int) -> str:
    """Give a file's time as ISO 8601 in UTC to the microsecond; times beyond the calendar become its ends."""
    try:
        moment = _EPOCH + timedelta(microseconds=mtime_ns // 1000)
    except OverflowError:
        moment = datetime.max.replace(tzinfo=UTC) if mtime_ns > 0 else datetime.min.replace(tzinfo=UTC)
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def add_asset(write: Transaction, *, namespace: int, collection: int, identity: bytes, found: Found) -> None:
    """Write a file that was not known: PROCESSING, with the metadata its path gives."""
    created, updated = timestamp(found.mtime_ns), timestamp(last_changed(found.mtime_ns, found.sidecars))
    asset_id = ids.asset_id(identity, found.path)
    cursor = write.db.execute(
        "INSERT INTO asset (asset_id, namespace, collection, path, size_bytes, mtime_ns, sidecars, status, created_at,"
        " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, 'PROCESSING', ?, ?)",
        (asset_id, namespace, collection, found.path, found.size, found.mtime_ns, found.sidecars, created, updated),
    )
    asset = cast("int", cursor.lastrowid)
    write.db.execute("INSERT INTO document (asset, metadata) VALUES (?, '{}')", (asset,))
    write_metadata(write, asset, base_metadata(found.path))


def mark_changed(write: Transaction, asset: int, found: Found) -> None:
    """Write that a known file is another now: PROCESSING, with the metadata of before until it is read."""
    created, updated = timestamp(found.mtime_ns), timestamp(last_changed(found.mtime_ns, found.sidecars))
    write.db.execute(
        "UPDATE asset SET size_bytes = ?, mtime_ns = ?, sidecars = ?, status = 'PROCESSING', created_at = ?,"
        " updated_at = ? WHERE id = ?",
        (found.size, found.mtime_ns, found.sidecars, created, updated, asset),
    )


def write_record(write: Transaction, asset: int, record: Record) -> list[str]:
    """Write what reading a file gave.

    Returns:
        The hashes whose duplicates may have changed: the file's old one and its new one.
    """
    row = write.db.execute("SELECT file_hash, sidecars FROM asset WHERE id = ?", (asset,)).fetchone()
    if row is None:
        return []  # removed since: the walk saw that the file is gone
    created, updated = timestamp(record.mtime_ns), timestamp(last_changed(record.mtime_ns, row[1]))
    write.db.execute(
        "UPDATE asset SET size_bytes = ?, mtime_ns = ?, status = ?, media_type = ?, modality = ?, file_hash = ?,"
        " duplicate_of = NULL, has_preview = ?, created_at = ?, updated_at = ? WHERE id = ?",
        (
            record.size_bytes,
            record.mtime_ns,
            "DONE" if record.error is None else "FAILED",
            record.media_type,
            record.modality,
            record.file_hash,
            record.has_preview,
            created,
            updated,
            asset,
        ),
    )
    _write_features(write.db, asset, record)
    error = None if record.error is None else record.error.decode()
    write_metadata(write, asset, msgspec.json.decode(record.metadata), error=error)
    return [file_hash for file_hash in {row[0], record.file_hash} if file_hash is not None]


def write_metadata(
    write: Transaction,
    asset: int,
    extracted: dict[str, JsonValue],
    *,
    error: str | None = None,
) -> None:
    """Write an asset's metadata: what was extracted with the user's edits on it, its terms and its words.

    Args:
        write: The transaction.
        asset: Row of the asset.
        extracted: Metadata before any edit.
        error: JSON object, for a file that failed.
    """
    [asset_id, namespace] = write.db.execute("SELECT asset_id, namespace FROM asset WHERE id = ?", (asset,)).fetchone()
    edit = write.db.execute(
        "SELECT replaces, propagates, metadata, edited_at FROM metadata_edit WHERE asset_id = ?", (asset_id,)
    ).fetchone()
    metadata = extracted
    if edit is not None:
        replaces, propagates, edited, edited_at = edit
        metadata = _edited(extracted, edited, replaces=replaces)
        if propagates:
            _edit_features(write.db, asset, edited, replaces=replaces)
        write.db.execute("UPDATE asset SET updated_at = max(updated_at, ?) WHERE id = ?", (edited_at, asset))
    before = write.db.execute("SELECT metadata, error FROM document WHERE asset = ?", (asset,)).fetchone()
    write.fields.replace(write.db, namespace, asset, _terms(*before), _document_terms(metadata, error))
    write.db.execute(
        "UPDATE document SET metadata = ?, extracted = ?, error = ? WHERE asset = ?",
        (_json(metadata), None if edit is None else _json(extracted), error, asset),
    )
    _write_words(write.db, asset, metadata)


def remove_asset(write: Transaction, asset: int) -> str | None:
    """Remove an asset and all that was extracted from it; the user's edits stay, in case the file comes back.

    Returns:
        The hash whose duplicates may have changed.
    """
    namespace, file_hash = write.db.execute("SELECT namespace, file_hash FROM asset WHERE id = ?", (asset,)).fetchone()
    before = write.db.execute("SELECT metadata, error FROM document WHERE asset = ?", (asset,)).fetchone()
    write.fields.replace(write.db, namespace, asset, _terms(*before), set())
    for table, column in (("asset", "id"), ("document", "asset"), ("feature", "asset"), ("words", "rowid")):
        write.db.execute(f"DELETE FROM {table} WHERE {column} = ?", (asset,))
    return cast("str | None", file_hash)


def set_duplicates(write: Transaction, namespace: int, file_hash: str) -> None:
    """Set `duplicate_of` of all files with one content: the oldest is the original, the first path among equals."""
    same = "namespace = ? AND hash_key = 's' || ? || char(1)"
    original = write.db.execute(
        f"SELECT id, asset_id FROM asset WHERE {same} ORDER BY mtime_ns, path LIMIT 1",
        (namespace, file_hash),
    ).fetchone()
    if original is None:
        return
    write.db.execute("UPDATE asset SET duplicate_of = NULL WHERE id = ? AND duplicate_of IS NOT NULL", original[:1])
    write.db.execute(
        f"UPDATE asset SET duplicate_of = ? WHERE {same} AND id <> ? AND duplicate_of IS NOT ?",
        (original[1], namespace, file_hash, original[0], original[1]),
    )


def _terms(metadata: str, error: str | None) -> set[Term]:
    return _document_terms(msgspec.json.decode(metadata), error)


def _document_terms(metadata: dict[str, JsonValue], error: str | None) -> set[Term]:
    # That there is an object `metadata` holds for every asset and is no term.
    found = {term for term in terms("metadata", metadata) if term.path != "metadata"}
    return found if error is None else found | terms("error", msgspec.json.decode(error))


def _write_features(db: sqlite3.Connection, asset: int, record: Record) -> None:
    db.execute("DELETE FROM feature WHERE asset = ?", (asset,))
    db.executemany(
        "INSERT INTO feature (asset, ordinal, modality, type, start_time, end_time, text, metadata, has_preview)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                asset,
                ordinal,
                feature.modality,
                feature.type,
                feature.start_time,
                feature.end_time,
                feature.text,
                feature.metadata.decode(),
                feature.has_preview,
            )
            for ordinal, feature in enumerate(record.features)
        ),
    )


def _edited(extracted: dict[str, JsonValue], edit: str, *, replaces: bool) -> dict[str, JsonValue]:
    edited = msgspec.json.decode(edit, type=dict[str, Any])
    return edited if replaces else {**extracted, **edited}


def _edit_features(db: sqlite3.Connection, asset: int, edit: str, *, replaces: bool) -> None:
    features = db.execute("SELECT id, metadata FROM feature WHERE asset = ?", (asset,)).fetchall()
    db.executemany(
        "UPDATE feature SET metadata = ? WHERE id = ?",
        ((_json(_edited(msgspec.json.decode(metadata), edit, replaces=replaces)), id_) for id_, metadata in features),
    )


def _write_words(db: sqlite3.Connection, asset: int, metadata: dict[str, JsonValue]) -> None:
    title = metadata.get("title")
    rest = {name: value for name, value in metadata.items() if name != "title"}
    content = "\n".join(
        text
        for [text] in db.execute(
            "SELECT text FROM feature WHERE asset = ? AND text IS NOT NULL ORDER BY ordinal", (asset,)
        )
    )
    db.execute("DELETE FROM words WHERE rowid = ?", (asset,))
    db.execute(
        "INSERT INTO words (rowid, title, metadata, content) VALUES (?, ?, ?, ?)",
        (
            asset,
            words(" \n ".join(strings(title))),
            words(" \n ".join(strings(rest))),
            words(content[:SEARCHED_CHARACTERS]),
        ),
    )


def _json(value: dict[str, JsonValue]) -> str:
    return msgspec.json.encode(value).decode()
