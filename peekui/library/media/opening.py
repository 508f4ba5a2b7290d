"""Opening users' files: for reading only, regular files only, within the limit of size."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from peekui.library.media.damage import DamageError, DamageKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from peekui.library.media.limits import Limits

__all__ = ["open_file"]


@contextmanager
def open_file(path: Path, limits: Limits) -> Iterator[BinaryIO]:
    """Open a regular file for reading, within the limit of size.

    Args:
        path: The file. A FIFO or a device at this path is refused without waiting for it.
        limits: Where `max_file_bytes` is.

    Yields:
        The opened file. A read error in the block becomes damage.

    Raises:
        DamageError: It is no regular file, too large, not permitted, or cannot be read.
        FileNotFoundError: It is gone.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as source:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise DamageError(DamageKind.NOT_A_FILE, "this is not a regular file")
            if status.st_size > limits.max_file_bytes:
                message = f"{status.st_size:,} bytes; files up to {limits.max_file_bytes:,} bytes are read"
                raise DamageError(DamageKind.TOO_LARGE, message)
            yield source
    except (FileNotFoundError, NotADirectoryError):
        raise
    except PermissionError:
        raise DamageError(DamageKind.PERMISSION_DENIED, "reading the file is not permitted") from None
    except OSError as error:
        raise DamageError(DamageKind.READ_ERROR, f"the file cannot be read: {error.strerror or error}") from None
