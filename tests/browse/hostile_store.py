"""A store of files that does not behave: it answers with what it is told to, byte for byte."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from peekui.api.models import Asset
from peekui.api.signing import UrlBook

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

__all__ = ["HostileStore", "answer", "running"]


class HostileStore:
    """Where an asset's URL leads.

    Attributes:
        requests: As they came.
        fields: Of the asset, besides id and URL.
    """

    def __init__(self, behave: Callable[[asyncio.StreamWriter, str], Awaitable[None]]) -> None:
        self.behave = behave
        self.requests: list[str] = []
        self.fields: dict[str, object] = {"metadata": {"file_name": "film.mp4"}}
        self.signed = 0
        self.port = 0
        self.host = "127.0.0.1"
        self.urls = UrlBook(self.sign)

    async def sign(self, asset_id: str, _: str | None) -> Asset:
        """Give the asset with a URL; another each time."""
        self.signed += 1
        url = f"http://{self.host}:{self.port}/{asset_id}?X-Amz-Signature={self.signed}"
        return Asset.model_validate({"asset_id": asset_id, "url": url, **self.fields})

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        try:
            request = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.requests.append(request)
            await self.behave(writer, request)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # whoever asked has gone
        finally:
            writer.close()


async def answer(
    writer: asyncio.StreamWriter, body: bytes, *headers: str, status: str = "200 OK", length: int | None = None
) -> None:
    """Send an answer; with another length than it has, where that is wanted."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers, "", ""]
    writer.write("\r\n".join(lines).encode() + body)
    await writer.drain()


@asynccontextmanager
async def running(behave: Callable[[asyncio.StreamWriter, str], Awaitable[None]]) -> AsyncIterator[HostileStore]:
    """Run a store."""
    store = HostileStore(behave)
    async with await asyncio.start_server(store.serve, "127.0.0.1", 0) as server:
        store.port = server.sockets[0].getsockname()[1]
        yield store
