"""Gets pictures: from memory, from the disk, else from where the service keeps them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from cachetools import LRUCache

from peekui.api.errors import MixpeekError
from peekui.browse.pictures.cache import PictureCache
from peekui.browse.pictures.decoder import Decoder, NoPicture
from peekui.browse.pictures.limits import MOST_BYTES, SECONDS_TO_FETCH

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.api.client import MixpeekClient
    from peekui.api.fetching import FileFetcher
    from peekui.browse.pictures.raster import Colour, Raster
    from peekui.browse.pictures.wanted import WantedPicture

__all__ = ["Gallery"]

_IN_MEMORY: Final = 100
"""Decoded pictures; each is as large as a terminal shows it, some ten kilobytes."""
_MEGABYTE: Final = 1_000_000


class Gallery:
    """All pictures of a running program. Nothing is started, fetched or written before the first is asked for.

    Attributes:
        always: Pictures are wanted on terminals of few colours too.
    """

    def __init__(self, folder: Path, *, always: bool = False, patience: float = SECONDS_TO_FETCH) -> None:
        """Take where to keep files.

        Args:
            folder: Of pictures only.
            always: Pictures are wanted on terminals of few colours too.
            patience: Seconds that fetching one may take.
        """
        self.always = always
        self._cache = PictureCache(folder)
        self._decoder = Decoder()
        self._patience = patience
        self._rasters: LRUCache[tuple[str, tuple[int, int], Colour], Raster] = LRUCache(_IN_MEMORY)
        self._fetcher: FileFetcher | None = None
        self._client: MixpeekClient | None = None

    def known(self, wanted: WantedPicture, box: tuple[int, int], ground: Colour) -> Raster | None:
        """Give a picture that is in memory, None where it would have to be got."""
        raster: Raster | None = self._rasters.get((wanted.key, box, ground))
        return raster

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
        content = await asyncio.to_thread(self._cache.get, key) if wanted.version else None
        kept = content is not None
        if content is None:
            content = await self._fetch(client, wanted)
        raster = await self._decoder.decode(content, box, ground)
        self._rasters[wanted.key, box, ground] = raster
        if wanted.version and not kept:
            await asyncio.to_thread(self._cache.put, key, content)
        return raster

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
        await self._close_fetcher()
        await self._decoder.aclose()


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise NoPicture(f"The picture is larger than the {MOST_BYTES // _MEGABYTE} MB that are fetched.")
