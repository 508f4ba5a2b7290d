"""Presigned URLs served: files and previews (mixpeek-api.md, sections 5 and 7). The signature is the key."""

from __future__ import annotations

import asyncio
import os
import re
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from peekui.library.presign import ORIGINAL, PREVIEW, SignatureRefused
from peekui.library.previews import MEDIA_TYPE
from peekui.library.service.byte_ranges import ByteRange, Unsatisfiable, read_range
from peekui.library.service.errors import ApiError, not_found
from peekui.library.stored_files import FileGone, FileReplaced, StoredFile
from peekui.library.text import visible

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from peekui.library.service.context import Parts

__all__ = ["file_routes"]

_CHUNK = 256 * 1024
_VARIANT = re.compile(rf"{ORIGINAL}|{PREVIEW}(?:-(?P<ordinal>\d{{1,9}}))?")
# A page from a file of the user's must not run scripts in the service's own origin.
_HEADERS = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "cache-control": "private, no-store",
}


class _Wanted(msgspec.Struct, frozen=True):
    file: StoredFile
    media_type: str
    file_hash: str | None
    at: float | None = None


def file_routes(parts: Parts) -> list[Route]:
    """Give the route of presigned URLs."""

    async def serve_file(request: Request) -> Response:
        asset_id, variant = request.path_params["asset_id"], request.path_params["variant"]
        try:
            parts.presigner.check(asset_id, variant, request.query_params)
            match = _VARIANT.fullmatch(variant)
            if match is None:
                raise not_found("Variant", variant)
            wanted = await parts.readers.run(lambda db: _find(db, parts, asset_id, match["ordinal"]))
            if wanted is None:
                raise not_found("Asset", asset_id)
            if variant == ORIGINAL:
                return _original(request, wanted)
            return await _preview(parts, wanted)
        except (SignatureRefused, FileReplaced) as error:
            raise ApiError(HTTPStatus.FORBIDDEN, str(error), {"asset_id": asset_id}) from error
        except FileGone as error:
            raise ApiError(HTTPStatus.NOT_FOUND, str(error), {"asset_id": asset_id}) from error

    return [Route("/files/{asset_id}/{variant}", serve_file, methods=["GET"], include_in_schema=False)]


def _find(db: sqlite3.Connection, parts: Parts, asset_id: str, ordinal: str | None) -> _Wanted | None:
    roots = {library.row: library.root for library in parts.libraries}
    row = db.execute(
        "SELECT asset.namespace, path, size_bytes, mtime_ns, media_type, file_hash, feature.start_time, feature.id"
        " FROM asset LEFT JOIN feature ON feature.asset = asset.id AND feature.ordinal = ?"
        " WHERE asset_key = 's' || ? || char(1)",
        (-1 if ordinal is None else int(ordinal), asset_id),
    ).fetchone()
    if row is None or row[0] not in roots or (ordinal is not None and row[7] is None):
        return None
    namespace, path, size, mtime_ns, media_type, file_hash, at, _ = row
    return _Wanted(
        StoredFile(roots[namespace], path, size, mtime_ns), media_type or "application/octet-stream", file_hash, at
    )


def _original(request: Request, wanted: _Wanted) -> Response:
    size = wanted.file.size
    headers = {
        **_HEADERS,
        "accept-ranges": "bytes",
        "content-disposition": _disposition(wanted.file.path),
        "etag": f'"{wanted.file_hash or wanted.file.mtime_ns}"',
    }
    try:
        wanted_range = _wanted_range(request, headers["etag"], size)
    except Unsatisfiable as error:
        raise ApiError(
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            "The file is shorter than the range.",
            {"size": size},
            headers={"content-range": f"bytes */{size}"},
        ) from error
    descriptor = wanted.file.open()
    part = wanted_range or ByteRange(0, size)
    headers["content-length"] = str(part.end - part.begin)
    status = HTTPStatus.OK
    if wanted_range is not None:
        status = HTTPStatus.PARTIAL_CONTENT
        headers["content-range"] = f"bytes {part.begin}-{part.end - 1}/{size}"
    if request.method == "HEAD":
        os.close(descriptor)
        return Response(None, status, headers, wanted.media_type)
    return StreamingResponse(_chunks(descriptor, part), status, headers, wanted.media_type)


def _wanted_range(request: Request, etag: str, size: int) -> ByteRange | None:
    # With If-Range a part is only wanted when the caller's beginning is of the same content.
    if request.headers.get("if-range", etag) != etag:
        return None
    return read_range(request.headers.get("range"), size)


async def _chunks(descriptor: int, part: ByteRange) -> AsyncIterator[bytes]:
    try:
        begin = part.begin
        while begin < part.end:
            chunk = await asyncio.to_thread(_read_at, descriptor, begin, min(_CHUNK, part.end - begin))
            if not chunk:
                return  # cut short while it was read: the caller sees fewer bytes than announced
            begin += len(chunk)
            yield chunk
    finally:
        os.close(descriptor)


def _read_at(descriptor: int, begin: int, length: int) -> bytes:
    os.lseek(descriptor, begin, os.SEEK_SET)
    return os.read(descriptor, length)


async def _preview(parts: Parts, wanted: _Wanted) -> Response:
    from peekui.library.media.preview import PreviewError  # noqa: PLC0415 - loads the decoders

    if wanted.file_hash is None:
        raise ApiError(HTTPStatus.NOT_FOUND, "There is no preview of a file that is not indexed yet.")
    try:
        content = await parts.previews.get(wanted.file, wanted.file_hash, wanted.media_type, wanted.at)
    except PreviewError as error:
        raise ApiError(
            HTTPStatus.NOT_FOUND,
            f"There is no preview: {error.damage.message}.",
            {"type": error.damage.type},
        ) from error
    except FileNotFoundError as error:
        raise FileGone("The file is gone.") from error
    return Response(content, headers=_HEADERS, media_type=MEDIA_TYPE)


def _disposition(path: bytes) -> str:
    name = visible(Path(os.fsdecode(path)).name)
    plain = re.sub(r"[^ !#$&+\-.0-9A-Z^_`a-z|~()\[\]]", "_", name)
    return f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
