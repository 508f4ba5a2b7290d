"""Collections (mixpeek-api.md, section 4)."""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec

from peekui.library.presign import PREVIEW
from peekui.library.service.answers import Collection, CollectionDetails, Page, page_of
from peekui.library.service.asset_rows import Signer
from peekui.library.service.endpoints import Operation
from peekui.library.service.errors import not_found
from peekui.library.service.requests import PageQuery

if TYPE_CHECKING:
    import sqlite3

    from peekui.library.service.context import Call

__all__ = ["OPERATIONS"]

_COLUMNS = "collection_id, name, metadata, asset_count, size_bytes, last_updated"


async def list_collections(call: Call[PageQuery, Any]) -> Page[Collection]:
    """List collections, in the order of their folders."""
    namespaces = [library.row for library in call.libraries()]
    page, size = call.query.page, call.query.page_size
    scope = f"namespace IN ({', '.join('?' * len(namespaces))})"

    def read(db: sqlite3.Connection) -> tuple[int, list[Collection]]:
        [total] = db.execute(f"SELECT count(*) FROM collection WHERE {scope}", namespaces).fetchone()
        rows = db.execute(
            f"SELECT {_COLUMNS} FROM collection WHERE {scope} ORDER BY namespace, folder LIMIT ? OFFSET ?",
            (*namespaces, size, (page - 1) * size),
        )
        return total, [Collection(*_values(row)) for row in rows]

    total, rows = await call.parts.readers.run(read)
    return page_of(rows, total=total, page=page, page_size=size, path=call.url_path)


async def get_collection(call: Call[Any, Any]) -> CollectionDetails:
    """Give one collection, by id or name, with what has to be counted for it."""
    name = call.path["collection"]
    namespaces = [library.row for library in call.libraries()]

    def read(db: sqlite3.Connection) -> CollectionDetails | None:
        row = db.execute(
            f"SELECT id, {_COLUMNS} FROM collection WHERE (collection_id = ? OR name = ?)"
            f" AND namespace IN ({', '.join('?' * len(namespaces))}) ORDER BY collection_id = ? DESC, id LIMIT 1",
            (name, name, *namespaces, name),
        ).fetchone()
        return None if row is None else _details(db, row, Signer(call.origin, call.parts.presigner))

    details = await call.parts.readers.run(read)
    if details is None:
        raise not_found("Collection", name)
    return details


def _details(db: sqlite3.Connection, row: tuple[Any, ...], signer: Signer) -> CollectionDetails:
    [hashes] = db.execute("SELECT count(DISTINCT file_hash) FROM asset WHERE collection = ?", row[:1]).fetchone()
    shown = db.execute(
        "SELECT asset_id FROM asset WHERE collection = ? AND has_preview ORDER BY id LIMIT 1", row[:1]
    ).fetchone()
    preview_url = signer.url(shown[0], PREVIEW) if shown else None
    values: tuple[Any, ...] = (*_values(row[1:]), hashes, preview_url)
    return CollectionDetails(*values)


def _values(row: tuple[Any, ...]) -> tuple[Any, ...]:
    collection_id, name, metadata, *rest = row
    return collection_id, name, None if metadata is None else msgspec.Raw(metadata.encode()), *rest


OPERATIONS = (
    Operation(
        "GET",
        "/v1/collections",
        list_collections,
        Page[Collection],
        "List collections",
        query=PageQuery,
        statuses=(HTTPStatus.NOT_FOUND,),
    ),
    *(
        Operation(
            "GET",
            path,
            get_collection,
            CollectionDetails,
            "Get a collection by id or name",
            statuses=(HTTPStatus.NOT_FOUND,),
        )
        for path in ("/v1/collections/{collection}", "/v1/collections/{collection}/details")
    ),
)
