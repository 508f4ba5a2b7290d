"""Presigned URLs of assets: asked for only when they are needed, and used again while they last.

A call that signs is one of the calls of the minute (mixpeek-api.md, sections 2 and 7).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

from cachetools import LRUCache, TTLCache

from peekui.api.presigned import SignedUrl

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from peekui.api.models import Asset

__all__ = ["SignedFile", "UrlBook"]

_KEPT: Final = 1_000
"""Assets; a URL is about a kilobyte."""
_BARE_SECONDS: Final = 60
"""How long an asset is taken to have no URL of which the service gave none: one that is processed may get one."""

_Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class SignedFile:
    """The file of an asset: how to fetch it, and what it should turn out to be.

    Attributes:
        asset_id: Of the asset.
        title: What a person calls it.
        file_name: Name of the file, when the service says it.
        file_type: Media type, when the service says it.
        size_bytes: Its size, when the service says it.
        file_hash: Equal for byte-identical files, when the service says it.
        url: Of the file; None when the service gave none.
        preview_url: Of a small picture of it; None when there is none.
    """

    asset_id: str
    title: str
    file_name: str | None = None
    file_type: str | None = None
    size_bytes: int | None = None
    file_hash: str | None = None
    url: SignedUrl | None = None
    preview_url: SignedUrl | None = None

    @classmethod
    def of(cls, asset_id: str, asset: Asset) -> SignedFile:
        """Take it from an answer with `return_url`."""
        return cls(
            asset_id=asset_id,
            title=asset.title,
            file_name=asset.file_name,
            file_type=asset.file_type,
            size_bytes=asset.size_bytes,
            file_hash=asset.file_hash,
            url=SignedUrl.read(asset.url),
            preview_url=SignedUrl.read(asset.preview_url),
        )

    @property
    def is_fresh(self) -> bool:
        """Whether there is a URL, and all there are can be handed out."""
        urls = [url for url in (self.url, self.preview_url) if url]
        return bool(urls) and all(url.is_fresh for url in urls)


class UrlBook:
    """Signed files by asset; those used last are kept. One call at a time is made for one asset."""

    def __init__(self, sign: Callable[[str, str | None], Awaitable[Asset]], *, capacity: int = _KEPT) -> None:
        """Start empty.

        Args:
            sign: Asks for an asset, by id and namespace, with its URLs.
            capacity: How many to keep.
        """
        self._sign = sign
        self._files: LRUCache[_Key, SignedFile] = LRUCache(capacity)
        self._bare: TTLCache[_Key, SignedFile] = TTLCache(capacity, _BARE_SECONDS)
        self._locks: WeakValueDictionary[_Key, asyncio.Lock] = WeakValueDictionary()

    def known(self, asset_id: str, namespace: str | None) -> SignedFile | None:
        """Give a file whose URLs can be handed out now, without a call; None where that would take one."""
        file: SignedFile | None = self._files.get((namespace, asset_id))
        return file if file and file.is_fresh else None

    async def get(self, asset_id: str, namespace: str | None, *, refused: SignedUrl | None = None) -> SignedFile:
        """Give a file with the URLs there are, which can be handed out; makes a call only where none is known.

        Args:
            asset_id: Of the asset.
            namespace: It is in.
            refused: A URL that a fetch was refused with (403), however long it claims to last: another is given.

        Raises:
            MixpeekError: The service gave no answer, or said no.
        """
        key = (namespace, asset_id)
        async with self._locks.setdefault(key, asyncio.Lock()):
            file = self.known(asset_id, namespace) or self._bare.get(key)
            if file is None or (refused is not None and refused in (file.url, file.preview_url)):
                file = SignedFile.of(asset_id, await self._sign(asset_id, namespace))
                self._keep(key, file)
            return file

    def learn(self, asset_id: str, namespace: str | None, asset: Asset) -> None:
        """Take an asset from another answer that was asked for with its URLs."""
        self._keep((namespace, asset_id), SignedFile.of(asset_id, asset))

    def _keep(self, key: _Key, file: SignedFile) -> None:
        if file.url or file.preview_url:
            self._files[key] = file
        else:
            self._bare[key] = file
