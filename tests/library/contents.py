"""What a library's database says, apart from how it happens to lie in its tables: two of them can be compared.

Slots, postings and the order in which features were written follow from where the commits fell; they are left out.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from peekui.library.database import DATABASE
from peekui.library.fields import SLOTS

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Contents", "contents"]

Row = tuple[object, ...]
Contents = dict[str, list[Row]]
"""Rows by what they are of, sorted."""

_SLOTS = " UNION ALL ".join(
    f"SELECT field.path, m{slot}, facet.id FROM facet JOIN field ON slot = {slot} WHERE m{slot} IS NOT NULL"  # noqa: S608
    for slot in range(SLOTS)
)
_QUERIES: Final = {
    "namespaces": "SELECT namespace_id, identity, name, root, taxonomies, taxonomies_at FROM namespace",
    "collections": (
        "SELECT collection_id, namespace, folder, name, metadata, asset_count, size_bytes, created_at, last_updated"
        " FROM collection"
    ),
    "assets": (
        "SELECT asset.id, asset_id, namespace, collection_id, path, asset.size_bytes, mtime_ns, sidecars, status,"
        " media_type, modality, file_hash, duplicate_of, asset.created_at, updated_at, has_preview"
        " FROM asset JOIN collection USING (namespace) WHERE collection.id = asset.collection"
    ),
    "facets": (
        "SELECT facet.id, collection_id, facet.size_bytes, status_key, media_type_key, modality_key, created_key,"
        " updated_key FROM facet JOIN collection ON collection.id = facet.collection"
    ),
    "documents": "SELECT asset, metadata, extracted, error FROM document",
    "features": (
        "SELECT asset, ordinal, modality, type, start_time, end_time, text, metadata, has_preview FROM feature"
    ),
    "words": "SELECT rowid, title, metadata, content FROM words",
    "fields": "SELECT path, uses FROM field WHERE uses > 0",
    "types": (
        "SELECT namespace, path, type, field_type.uses FROM field_type JOIN field ON field.id = field"
        " WHERE field_type.uses > 0"
    ),
    "terms": f"SELECT path, key, asset FROM posting JOIN field ON field.id = field UNION ALL {_SLOTS}",  # noqa: S608
}


def contents(data_dir: Path) -> Contents:
    """Read all that a data directory's database says, and check that the database is sound.

    Args:
        data_dir: Data directory of a library that does not run.
    """
    with closing(sqlite3.connect(data_dir / DATABASE, isolation_level=None)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        db.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        return {name: sorted(db.execute(query), key=repr) for name, query in _QUERIES.items()}
