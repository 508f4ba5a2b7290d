"""Opening an indexed file, and only that: the very file that was indexed, reached without following any link."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FileGone", "FileReplaced", "StoredFile"]

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_DIRECTORY = getattr(os, "O_DIRECTORY", 0)
_READ = os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class FileGone(Exception):
    """The file is no longer there."""


class FileReplaced(Exception):
    """Something else is there now: a link, another kind of file, or other content."""


class StoredFile(msgspec.Struct, frozen=True):
    """A file as it was indexed.

    Attributes:
        root: Of the library.
        path: Relative to the root, as bytes of the file system.
        size: In bytes.
        mtime_ns: Time of its last change.
    """

    root: Path
    path: bytes
    size: int
    mtime_ns: int

    def open(self) -> int:
        """Open the file for reading.

        Returns:
            A file descriptor; the caller closes it.

        Raises:
            FileGone: It is not there, or cannot be read any more.
            FileReplaced: A part of its path is a link now, or it is not what was indexed.
        """
        try:
            descriptor = self._open_beneath() if os.open in os.supports_dir_fd else self._open_checked()
        except FileNotFoundError as error:
            raise FileGone("The file is gone.") from error
        except PermissionError as error:
            raise FileGone("The file cannot be read any more.") from error
        except OSError as error:  # ELOOP: a link; ENOTDIR: a folder became something else; ENXIO: a socket
            raise FileReplaced("The file was replaced by something else.") from error
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or (status.st_size, status.st_mtime_ns) != (self.size, self.mtime_ns):
            os.close(descriptor)
            raise FileReplaced("The file is not what was indexed any more.")
        return descriptor

    def _open_beneath(self) -> int:
        # Folder by folder from the root, so that a folder swapped for a link is noticed too.
        *folders, name = self.path.split(b"/")
        descriptor = os.open(self.root, os.O_RDONLY | _DIRECTORY)
        try:
            for folder in folders:
                below = os.open(folder, os.O_RDONLY | _DIRECTORY | _NO_FOLLOW, dir_fd=descriptor)
                os.close(descriptor)
                descriptor = below
            return os.open(name, _READ, dir_fd=descriptor)
        finally:
            os.close(descriptor)

    def _open_checked(self) -> int:
        # Without openat there is a moment between the look and the opening; fstat still finds another file.
        path = self.root
        for part in self.path.split(b"/"):
            path /= os.fsdecode(part)
            if path.is_symlink():
                raise OSError(f"{path} is a link")
        return os.open(path, _READ)
