"""Files of pictures kept on disk, readable by their owner only, as many as fit; those used longest ago go first."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from peekui.browse.pictures.limits import MOST_CACHED
from peekui.own_files import make_private_folder

__all__ = ["PictureCache"]

_LEFT: Final = 0.8
"""Share of the bound that is left after a clearing, so that not every new picture brings one about."""


class PictureCache:
    """A folder of files. Its methods wait for the disk: they belong into a thread."""

    def __init__(self, folder: Path, *, most_bytes: int = MOST_CACHED) -> None:
        """Take where to keep them; nothing is made yet.

        Args:
            folder: Nothing else may be in it.
            most_bytes: In all.
        """
        self._folder = folder
        self._most_bytes = most_bytes

    def get(self, key: str) -> bytes | None:
        """Give a picture's file, None where it is not kept."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            os.utime(path)  # used now
        except OSError:
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep a picture's file; where the disk does not take it, it is fetched again the next time."""
        with suppress(OSError):
            make_private_folder(self._folder)
            # Written aside, 0600: whoever looks for it meanwhile finds the whole of it or nothing.
            with NamedTemporaryFile(dir=self._folder, delete=False) as file:
                file.write(content)
            Path(file.name).replace(self._path(key))
            self._clear()

    def _path(self, key: str) -> Path:
        return self._folder / hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()

    def _clear(self) -> None:
        with os.scandir(self._folder) as entries:
            files = [(entry.stat(), entry.path) for entry in entries]
        total = sum(stat.st_size for stat, _ in files)
        if total <= self._most_bytes:
            return
        for stat, path in sorted(files, key=lambda file: file[0].st_mtime_ns):
            if total <= self._most_bytes * _LEFT:
                return
            Path(path).unlink(missing_ok=True)
            total -= stat.st_size
