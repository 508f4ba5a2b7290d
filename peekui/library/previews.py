"""Small pictures of files: drawn when first asked for, by a worker process, and kept in the data directory."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peekui.library.media.workers import DecoderPool
    from peekui.library.stored_files import StoredFile

__all__ = ["MEDIA_TYPE", "Previews"]

MEDIA_TYPE = "image/webp"


class Previews:
    """Draws and keeps previews, one file for each content and time.

    Args:
        directory: Where to keep them; made when first needed.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._pool: DecoderPool | None = None

    async def get(self, file: StoredFile, file_hash: str, media_type: str, at: float | None) -> bytes:
        """Give a preview.

        Args:
            file: What to draw.
            file_hash: Of its content.
            media_type: Of its content.
            at: Seconds from the beginning, for a part of a video or audio.

        Raises:
            FileGone: The file is no longer there.
            FileReplaced: It is not what was indexed.
            PreviewError: It cannot be drawn.
        """
        kept = self._directory / file_hash[:2] / f"{file_hash}{'' if at is None else f'-{at:.3f}'}.webp"
        try:
            return await asyncio.to_thread(kept.read_bytes)
        except FileNotFoundError:
            return await asyncio.to_thread(self._draw, file, media_type, at, kept)

    def close(self) -> None:
        """End the worker process, if there is one."""
        if self._pool is not None:
            self._pool.close()

    def _draw(self, file: StoredFile, media_type: str, at: float | None, kept: Path) -> bytes:
        # The decoder opens the path itself; what was indexed must be there before and after.
        os.close(file.open())
        path = Path(os.fsdecode(os.path.join(os.fsencode(file.root), file.path)))  # noqa: PTH118 - bytes
        content = self._worker().preview(path, media_type, at=at).content
        os.close(file.open())
        kept.parent.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(f".{os.getpid()}-{id(content)}")
        unfinished.write_bytes(content)
        unfinished.replace(kept)
        return content

    def _worker(self) -> DecoderPool:
        # Apart from the indexer's, so that nobody waits for a picture behind a thousand files.
        if self._pool is None:
            from peekui.library.media.workers import DecoderPool  # noqa: PLC0415 - heavy, and not always needed

            self._pool = DecoderPool(1)
        return self._pool
