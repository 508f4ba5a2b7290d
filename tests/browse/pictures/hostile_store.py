"""A service whose pictures are out to harm: one asset for each way, its id says which."""

from __future__ import annotations

import asyncio
import io
import json
import struct
import threading
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["KINDS", "Store", "hostile_store"]

KINDS: Final = (
    "good",
    "bomb",
    "truncated",
    "wrong-type",
    "empty",
    "endless",
    "too-large",
    "slow",
    "refused",
    "garbled",
)
_MODALITY: Final = "image"


def _png(width: int, height: int) -> bytes:
    """Give a PNG that says it has so many points, and holds very few."""
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" * 10_000_000)),
        (b"IEND", b""),
    ]
    chunks = [struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _good() -> bytes:
    content = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").save(content, "PNG")
    return content.getvalue()


_FILES: Final = {
    "good": _good(),
    "bomb": _png(100_000, 100_000),
    "truncated": _good()[:2000],
    "wrong-type": b"<html>not a picture</html>",
    "empty": b"",
    "garbled": b"GIF89a" + b"\xff" * 50_000,
}


class Store:
    """The service.

    Attributes:
        asked: Paths of all requests so far.
        origin: Where it is.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.origin = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer what comes over a connection."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split()[1].decode().partition("?")[0]
                length = next(
                    (int(line[15:]) for line in head.lower().splitlines() if line[:15] == b"content-length:"), 0
                )
                await reader.readexactly(length)
                self.asked.append(path)
                if path.startswith("/files/"):
                    await self._file(path.rpartition("/")[2], writer)
                else:
                    _send(writer, "200 OK", json.dumps(self._json(path)).encode())
                await writer.drain()
        except (OSError, EOFError, asyncio.CancelledError):
            pass  # the caller had enough, or the test has
        finally:
            writer.close()

    async def _file(self, kind: str, writer: asyncio.StreamWriter) -> None:
        if kind in _FILES:
            _send(writer, "200 OK", _FILES[kind])
        elif kind == "refused":
            _send(writer, "403 Forbidden", b"no")
        elif kind == "too-large":
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 99000000000\r\n\r\n")
        else:
            writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")
            part, pause = (b"\0" * 65536, 0.0) if kind == "endless" else (b"\x89", 10.0)
            while True:
                writer.write(part)
                await writer.drain()
                await asyncio.sleep(pause)

    def _json(self, path: str) -> object:
        assets = [self._asset(kind) for kind in KINDS]
        pages = {"total": len(KINDS), "page": 1, "page_size": 100, "total_pages": 1}
        match path.strip("/").split("/")[1:]:
            case ["namespaces"]:
                return [{"namespace_id": "ns_1", "namespace_name": "traps"}]
            case ["collections"]:
                return {"results": [{"collection_id": "col_1", "collection_name": "all"}], "pagination": pages}
            case ["assets"]:
                return {"results": assets, "pagination": pages}
            case ["assets", kind]:
                return self._asset(kind)
            case ["assets", kind, "features"]:
                return {"asset": self._asset(kind), "features": {}}
        return {}

    def _asset(self, kind: str) -> dict[str, object]:
        url = f"{self.origin}/files/{kind}?sig=x&se=2999-01-01T00:00:00Z"
        return {
            "asset_id": kind, "status": "DONE", "modality": _MODALITY, "metadata": {"title": kind},
            "file_hash": f"hash of {kind}", "url": url, "preview_url": url,
        }  # fmt: skip


def _send(writer: asyncio.StreamWriter, status: str, body: bytes) -> None:
    writer.write(f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)


@contextmanager
def hostile_store() -> Iterator[Store]:
    """Serve it from a thread; it waits more than it works."""
    store, loop = Store(), asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(store.answer, "127.0.0.1", 0))
    store.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def stop() -> None:
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    try:
        yield store
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
