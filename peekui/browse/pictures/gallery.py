"""Gets pictures: from memory, from the disk, else from where the service keeps them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, TypeAlias

from cachetools import LRUCache

from peekui.api.errors import MixpeekError
from peekui.browse.pictures.cache import PictureCache
from peekui.browse.pictures.decoder import Decoder, NoPicture
from peekui.browse.pictures.forms import USUAL_CELL, Form, read_cell_size
from peekui.browse.pictures.limits import AT_ONCE, MOST_BYTES, MOST_IN_MEMORY, SECONDS_TO_FETCH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from peekui.api.client import MixpeekClient
    from peekui.api.fetching import FileFetcher
    from peekui.browse.pictures.forms import CellSize
    from peekui.browse.pictures.raster import Colour, Raster
    from peekui.browse.pictures.wanted import WantedPicture

__all__ = ["Gallery"]

_Key: TypeAlias = "tuple[str, tuple[int, int], Colour, CellSize]"
"""Which picture, the box it is to fit into, what shows through, and the pixels of a cell."""
_MEGABYTE: Final = 1_000_000


class Gallery:
    """All pictures of a running program. Nothing is started, fetched or written before the first is asked for.

    Attributes:
        always: Pictures are wanted on terminals of few colours too.
        form: What the terminal is sent; half blocks come with every form.
    """

    def __init__(
        self,
        folder: Path,
        *,
        always: bool = False,
        form: Form = Form.BLOCKS,
        cell_size: Callable[[], CellSize | None] = read_cell_size,
        patience: float = SECONDS_TO_FETCH,
    ) -> None:
        """Take where to keep files.

        Args:
            folder: Of pictures only.
            always: Pictures are wanted on terminals of few colours too.
            form: What the terminal is sent.
            cell_size: Gives the pixels of its cells, which change with its font; None where that is not known.
            patience: Seconds that fetching one may take.
        """
        self.always = always
        self.form = form
        self._cell_size = cell_size
        self._cache = PictureCache(folder)
        self._decoder = Decoder()
        self._patience = patience
        self._rasters: LRUCache[_Key, Raster] = LRUCache(MOST_IN_MEMORY, getsizeof=lambda raster: raster.size)
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._decoding: set[asyncio.Task[Raster]] = set()
        self._fetcher: FileFetcher | None = None
        self._client: MixpeekClient | None = None

    def known(self, wanted: WantedPicture, box: tuple[int, int], ground: Colour) -> Raster | None:
        """Give a picture that is in memory, None where it would have to be got."""
        raster: Raster | None = self._rasters.get((wanted.key, box, ground, self.cell))
        return raster

    @property
    def cell(self) -> CellSize:
        """Give the pixels of a cell, the same for half blocks, which are drawn in any."""
        return USUAL_CELL if self.form is Form.BLOCKS else self._cell_size() or USUAL_CELL

    async def get(self, client: MixpeekClient, wanted: WantedPicture, box: tuple[int, int], ground: Colour) -> Raster:
        """Get a picture.

        Args:
            client: Of the service it is on.
            wanted: Which.
            box: Points, width and height, that it must fit into.
            ground: What shows through where it is transparent.

        Raises:
            NoPicture: There is none, and why.
        """
        if wanted.reason:
            raise NoPicture(wanted.reason)
        # Another service may use the same ids.
        key = f"{client.base_url}\n{wanted.key}"
        async with self._turns:
            content = await asyncio.to_thread(self._cache.get, key) if wanted.version else None
            kept = content is not None
            if content is None:
                content = await self._fetch(client, wanted)
            raster = await self._decode(content, (wanted.key, box, ground, self.cell))
            if wanted.version and not kept:
                await asyncio.to_thread(self._cache.put, key, content)
        return raster

    async def _decode(self, content: bytes, key: _Key) -> Raster:
        """Decode, and keep what comes of it even if nobody waits for it any more: to stop half-way costs a process."""

        async def decode() -> Raster:
            _, box, ground, cell = key
            raster = await self._decoder.decode(content, box, ground, self.form, cell)
            if raster.size <= self._rasters.maxsize:
                self._rasters[key] = raster
            return raster

        task = asyncio.create_task(decode())
        self._decoding.add(task)
        task.add_done_callback(self._decoded)
        return await asyncio.shield(task)

    def _decoded(self, task: asyncio.Task[Raster]) -> None:
        self._decoding.discard(task)
        if not task.cancelled():
            task.exception()  # whoever waits for it gets it; and if nobody does, it is no matter

    async def _fetch(self, client: MixpeekClient, wanted: WantedPicture) -> bytes:
        fetcher = await self._fetcher_of(client)
        content = bytearray()
        try:
            async with (
                asyncio.timeout(self._patience),
                fetcher.fetch(lambda refused: wanted.address(client, refused)) as answer,
            ):
                _check_size(int(answer.headers.get("content-length", 0)))
                async for part in answer.aiter_raw():
                    content += part
                    _check_size(len(content))
        except TimeoutError:
            raise NoPicture(f"The picture took more than {self._patience:g} s to fetch.") from None
        except MixpeekError as error:
            raise NoPicture(error.what) from error
        return bytes(content)

    async def _fetcher_of(self, client: MixpeekClient) -> FileFetcher:
        from peekui.api.fetching import FileFetcher  # noqa: PLC0415  (httpx comes with the client)

        if self._fetcher is None or self._client is not client:
            await self._close_fetcher()
            self._client, self._fetcher = client, FileFetcher(client.urls)
            self._rasters.clear()
        return self._fetcher

    async def _close_fetcher(self) -> None:
        if self._fetcher:
            await self._fetcher.aclose()
        self._fetcher = None

    async def aclose(self) -> None:
        """Close the connections and end the process."""
        for task in self._decoding:
            task.cancel()
        await asyncio.gather(*self._decoding, return_exceptions=True)
        await self._close_fetcher()
        await self._decoder.aclose()


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise NoPicture(f"The picture is larger than the {MOST_BYTES // _MEGABYTE} MB that are fetched.")
