"""A file while it is received: `NAME.….part`.

The mark in that name says what it is a part of: of which asset, and of which of its contents (ETag). So a later
download goes on only with what belongs together, in whatever process.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
from dataclasses import dataclass
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING, Final

from peekui.api.errors import MixpeekError
from peekui.browse.file_names import numbered

if TYPE_CHECKING:
    from io import BufferedRandom
    from pathlib import Path

    import httpx

__all__ = ["DownloadFailed", "Downloaded", "PartialFile"]

_MOST_NAMES: Final = 10_000
_SHA_256: Final = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)


class DownloadFailed(MixpeekError):
    """A file could not be written, or is not what it should be."""

    advice = "Download it again."


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that is here.

    Attributes:
        path: Where.
        size_bytes: Its size.
        checked: Whether its SHA-256 is the one the service has for it; False where the service has none.
    """

    path: Path
    size_bytes: int
    checked: bool


class PartialFile:
    """What was received of a file; holds it locked, so that no other process writes to it.

    Attributes:
        path: Where it is.
        received: Bytes that are in it.
    """

    def __init__(self, path: Path, name: str, validator: str, file: BufferedRandom) -> None:
        self.path = path
        self.received = file.tell()
        self._name = name
        self._validator = validator
        self._file = file

    @classmethod
    def begin(cls, folder: Path, name: str, owner: str, validator: str, total: int | None) -> PartialFile:
        """Open what there is of a content already, or begin; parts of other contents of the asset are dropped.

        Args:
            folder: It is in; made where it is missing.
            name: The file's, when it is whole.
            owner: What it is the file of.
            validator: Tells this content from another; empty where nothing does, and nothing is gone on with.
            total: Bytes of the whole, where that is known.

        Raises:
            DownloadFailed: Somebody else is at it, or there is no room.
            OSError: It cannot be opened.
        """
        folder.mkdir(parents=True, exist_ok=True)
        mark = f"{_digest(owner)}-{_digest(validator)}"
        path = folder / f"{name}.{mark}.part"
        for other in folder.glob(f"*.{_digest(owner)}-*.part"):
            if other != path:
                other.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        file = os.fdopen(descriptor, "r+b")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = file.seek(0, os.SEEK_END)
            # Without a validator nobody can tell whether the rest belongs to it.
            if not validator or (total is not None and held > total):
                held = file.truncate(file.seek(0))
            _need_room(folder, (total or 0) - held)
        except BlockingIOError as error:
            file.close()
            raise DownloadFailed(f"{name} is being downloaded already.") from error
        except BaseException:
            file.close()
            raise
        return cls(path, name, validator, file)

    def what_is_missing(self) -> dict[str, str]:
        """Give the headers that ask for the rest; for all, should the content be another by then."""
        return {"Range": f"bytes={self.received}-", "If-Range": self._validator}

    def go_on(self, answer: httpx.Response) -> None:
        """Make ready for what an answer holds: the rest, or all.

        Raises:
            DownloadFailed: It is another part than was asked for.
        """
        if answer.status_code != HTTPStatus.PARTIAL_CONTENT:
            self.received = self._file.truncate(self._file.seek(0))
        elif not answer.headers.get("content-range", "").startswith(f"bytes {self.received}-"):
            raise DownloadFailed("The store gave another part of the file than was asked for.")

    def add(self, chunk: bytes) -> None:
        """Append; what was added is in the file."""
        self._file.write(chunk)
        self._file.flush()
        self.received += len(chunk)

    def discard(self) -> None:
        """Remove it: it is no beginning of what is wanted."""
        self.path.unlink(missing_ok=True)

    def finish(self, file_hash: str | None) -> Downloaded:
        """Check the content where there is a SHA-256 of it, and give the file its name, or one with a number.

        Raises:
            DownloadFailed: Its bytes are others; it is removed.
        """
        checked = bool(file_hash and _SHA_256.fullmatch(file_hash))
        self._file.seek(0)
        if checked and hashlib.file_digest(self._file, "sha256").hexdigest() != (file_hash or "").lower():
            self.discard()
            raise DownloadFailed("Its bytes are not those the service has the SHA-256 of: it was removed.")
        os.fsync(self._file.fileno())
        return Downloaded(self._named(), self.received, checked)

    def _named(self) -> Path:
        """Take the first name that is free, and move the file there.

        To make an empty file is the one way to take a name that never writes over another's, on every file system.
        """
        for name in islice(numbered(self._name), _MOST_NAMES):
            path = self.path.with_name(name)
            try:
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666))
            except FileExistsError:
                continue
            return self.path.replace(path)
        raise DownloadFailed(f"There are too many files named like {self._name}.")

    def close(self) -> None:
        """Let others go on with it."""
        self._file.close()


def _need_room(folder: Path, size: int) -> None:
    room = shutil.disk_usage(folder).free
    if size > room:
        raise DownloadFailed(f"There is no room in {folder}: it takes {size:,} more bytes, and {room:,} are free.")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
