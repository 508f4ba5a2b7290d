"""Where the fields of an asset are in the database: system fields, and metadata paths as the index knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from peekui.library.filter_sql import Place

if TYPE_CHECKING:
    import sqlite3

__all__ = ["SYSTEM_FIELDS", "DatabasePlaces"]

SYSTEM_FIELDS: Final = {
    "asset_id": Place(aside="asset.asset_key"),
    "collection_id": Place(
        "(SELECT 's' || c.collection_id || char(1) FROM collection AS c WHERE c.id = facet.collection)"
    ),
    "created_at": Place("facet.created_key"),
    "duplicate_of": Place(aside="asset.duplicate_key"),
    "file_data": Place(always=True),
    "file_data.file_size_bytes": Place("facet.size_bytes"),
    "file_data.file_type": Place("facet.media_type_key"),
    "file_hash": Place(aside="asset.hash_key"),
    "metadata": Place(always=True),
    "modality": Place("facet.modality_key"),
    "status": Place("facet.status_key"),
    "task_id": Place(aside="asset.task_key"),
    "updated_at": Place("ifnull(facet.updated_key, facet.created_key)"),
}
"""Fields that every asset may have (mixpeek-api.md, section 5)."""


class DatabasePlaces:
    """Finds places for one query: what it says holds within the read transaction of its connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __call__(self, path: str) -> Place:
        """Give the place of a field (filter_sql.Places)."""
        if path in SYSTEM_FIELDS:
            return SYSTEM_FIELDS[path]
        row = self._db.execute("SELECT id, slot, spread FROM field WHERE path = ?", (path,)).fetchone()
        if row is None:
            return Place()
        field, slot, spread = row
        in_words = path.startswith("metadata.")
        if slot is None:
            return Place(postings=field, in_words=in_words)
        return Place(f"facet.m{slot}", postings=field if spread else None, in_words=in_words)
