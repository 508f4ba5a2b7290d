"""Changing assets (mixpeek-api.md, section 5), and looking for changes in the folders."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from peekui.library.service.answers import Asset, Done
from peekui.library.service.asset_rows import asset_row, assets_by_row
from peekui.library.service.endpoints import Operation
from peekui.library.service.errors import ApiError, not_found
from peekui.library.service.requests import AssetUpdate
from peekui.library.stored_files import FileGone, FileReplaced

if TYPE_CHECKING:
    from peekui.library.service.context import Call

__all__ = ["MAX_METADATA_DEPTH", "OPERATIONS"]

MAX_METADATA_DEPTH = 100
"""Lists and objects inside one another."""


async def merge_metadata(call: Call[Any, AssetUpdate]) -> Asset:
    """Put metadata over what there is."""
    return await _edit(call, replaces=False)


async def replace_metadata(call: Call[Any, AssetUpdate]) -> Asset:
    """Put metadata in place of what there is."""
    return await _edit(call, replaces=True)


async def delete_asset(call: Call[Any, Any]) -> Done:
    """Put the file into the system's trash, where that was allowed."""
    asset_id = call.path["asset_id"]
    row = await _row(call)
    if not call.parts.allow_delete:
        raise ApiError(
            HTTPStatus.FORBIDDEN,
            "Deleting is switched off: start the library with --allow-delete, and files go to the system's trash.",
            {"asset_id": asset_id},
        )
    namespace = await call.parts.readers.run(
        lambda db: db.execute("SELECT namespace FROM asset WHERE id = ?", (row,)).fetchone()
    )
    library = next((library for library in call.parts.libraries if namespace and library.row == namespace[0]), None)
    if library is None:
        raise not_found("Asset", asset_id)

    from peekui.library.edits import trash  # noqa: PLC0415 - see `_edit`

    try:
        there = await asyncio.to_thread(trash, call.parts.store, library, row)
    except (FileGone, FileReplaced) as error:
        raise ApiError(HTTPStatus.CONFLICT, str(error), {"asset_id": asset_id}) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"The system's trash does not take the file: {reason}."
        raise ApiError(HTTPStatus.CONFLICT, message, {"asset_id": asset_id}) from error
    if not there:
        raise not_found("Asset", asset_id)
    return Done("The file was put into the system's trash.", success=True)


async def rescan(call: Call[Any, Any]) -> Done:
    """Look for changes in the folders; what has changed is PROCESSING until it is read."""
    call.library(call.path["namespace"])
    if call.parts.indexer is None:
        raise ApiError(HTTPStatus.CONFLICT, "Indexing has not begun yet: it is about to look anyway.")
    call.parts.indexer.rescan()
    return Done("Looking for changes.", success=True)


async def _edit(call: Call[Any, AssetUpdate], *, replaces: bool) -> Asset:
    from peekui.library.edits import edit_metadata  # noqa: PLC0415 - brings in half the indexer, which no start needs

    row = await _row(call)
    _check_depth(call.body.metadata)
    propagates = bool(call.body.propagate_features)
    there = await asyncio.to_thread(
        edit_metadata, call.parts.store, row, call.body.metadata, replaces=replaces, propagates=propagates
    )
    assets = await call.parts.readers.run(lambda db: assets_by_row(db, [row], None)) if there else []
    if not assets:
        raise not_found("Asset", call.path["asset_id"])
    return assets[0]


def _check_depth(metadata: dict[str, Any]) -> None:
    # What is stored must be read again wherever it is needed, however deep in a call.
    waiting: list[tuple[Any, int]] = [(metadata, 1)]
    while waiting:
        value, depth = waiting.pop()
        if depth > MAX_METADATA_DEPTH:
            raise ApiError(
                HTTPStatus.BAD_REQUEST,
                f"Metadata nests at most {MAX_METADATA_DEPTH} levels deep.",
                {"limit": MAX_METADATA_DEPTH},
            )
        if isinstance(value, (dict, list)):
            waiting.extend((child, depth + 1) for child in (value.values() if isinstance(value, dict) else value))


async def _row(call: Call[Any, Any]) -> int:
    asset_id = call.path["asset_id"]
    namespaces = [library.row for library in call.libraries()]
    row = await call.parts.readers.run(lambda db: asset_row(db, asset_id, namespaces))
    if row is None:
        raise not_found("Asset", asset_id)
    return row


_WRONG = (HTTPStatus.NOT_FOUND, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

OPERATIONS = (
    Operation(
        "PATCH",
        "/v1/assets/{asset_id}",
        merge_metadata,
        Asset,
        "Put metadata over what there is",
        body=AssetUpdate,
        statuses=_WRONG,
    ),
    Operation(
        "PUT",
        "/v1/assets/{asset_id}",
        replace_metadata,
        Asset,
        "Put metadata in place of what there is",
        body=AssetUpdate,
        statuses=_WRONG,
    ),
    Operation(
        "DELETE",
        "/v1/assets/{asset_id}",
        delete_asset,
        Done,
        "Put a file into the system's trash",
        statuses=(HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    ),
    Operation(
        "POST",
        "/v1/namespaces/{namespace}/rescan",
        rescan,
        Done,
        "Look for changes in the folder; peekui's own",
        statuses=(HTTPStatus.CONFLICT,),
    ),
)
