"""Downloads files of assets: what was received before is gone on with, what is there is never written over."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from peekui.browse.file_names import file_name_of
from peekui.browse.partial_file import DownloadFailed, PartialFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

    from peekui.api.fetching import FileFetcher
    from peekui.api.signing import SignedFile
    from peekui.browse.partial_file import Downloaded

__all__ = ["Progress", "download", "download_folder"]

_SAY_EVERY: Final = 0.1
"""Seconds between two words of progress."""
_MOST_UNSAID: Final = 1_000_000_000
"""Bytes of a file whose size nobody says: the service takes no larger ones (mixpeek-api.md, section 2)."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is.

    Attributes:
        received: Bytes that are here.
        total: Bytes there are, None where nobody says.
    """

    received: int
    total: int | None


def download_folder(wanted: Path | None) -> Path:
    """Give the folder downloads go to: the one wanted, else the platform's own."""
    if wanted is not None:
        return wanted
    import platformdirs  # noqa: PLC0415  (not before something is downloaded)

    return platformdirs.user_downloads_path()


async def download(
    fetcher: FileFetcher, asset_id: str, namespace: str | None, folder: Path, tell: Callable[[Progress], object]
) -> Downloaded:
    """Download the file of an asset; cancelling keeps what was received.

    Args:
        fetcher: Opens it.
        asset_id: Of the asset.
        namespace: It is in.
        folder: Where it goes; made where it is missing.
        tell: Is told of progress, at most ten times a second.

    Raises:
        DownloadFailed: It cannot be written, or its bytes are not those the service has a hash of.
        MixpeekError: It could not be had, or not to its end.
    """
    part: PartialFile | None = None
    try:
        async with fetcher.open(asset_id, namespace) as (file, answer):
            total = _length(answer)
            owner = f"{namespace}/{asset_id}"
            part = await asyncio.to_thread(
                PartialFile.begin, folder, file_name_of(file), owner, _validator(answer), total
            )
            held = part.received
            if not held:
                await _receive(answer, part, file, total, tell)
        if held and held != total:
            async with fetcher.open(asset_id, namespace, headers=part.what_is_missing()) as (file, answer):
                part.go_on(answer)
                await _receive(answer, part, file, total, tell)
        return await asyncio.to_thread(part.finish, file.file_hash)
    except OSError as error:
        raise DownloadFailed(f"Cannot write to {folder}: {error.strerror}.") from error
    finally:
        if part:
            part.close()


async def _receive(
    answer: httpx.Response, part: PartialFile, file: SignedFile, total: int | None, tell: Callable[[Progress], object]
) -> None:
    """Write down what comes, until it ends or is more than it should be."""
    size = file.size_bytes if total is None else total
    told = 0.0
    async for chunk in answer.aiter_raw():
        await asyncio.to_thread(part.add, chunk)
        if part.received > (_MOST_UNSAID if size is None else size):
            part.discard()
            raise DownloadFailed(f"More came than the {size:,} bytes it should have." if size else "It does not end.")
        if (now := time.monotonic()) - told >= _SAY_EVERY:
            told = now
            tell(Progress(part.received, size))
    tell(Progress(part.received, size))
    if size is not None and part.received < size:
        raise DownloadFailed(f"It ended after {part.received:,} of {size:,} bytes.")


def _length(answer: httpx.Response) -> int | None:
    length = answer.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else None


def _validator(answer: httpx.Response) -> str:
    """Give what tells this content from another (RFC 9110, section 13.1.5); empty where the store says nothing such."""
    etag: str = answer.headers.get("etag", "")
    return etag if etag and not etag.startswith("W/") else ""
