"""Going through a folder: which files are assets, in an order that never changes."""

from __future__ import annotations

import os
import stat
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from peekui.library.sidecars import SidecarFinder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["COLLECTION_FILE", "TAXONOMIES_FILE", "Found", "Walk", "last_changed", "sidecar_names"]

COLLECTION_FILE: Final = b"collection.json"
"""In a top-level folder: the collection's name and metadata."""
TAXONOMIES_FILE: Final = b"taxonomies.json"
"""In a root: the library's taxonomies."""

_SYSTEM_FOLDERS = {
    b"$RECYCLE.BIN",
    b"System Volume Information",
    b"lost+found",
    b"__MACOSX",
    b"@eaDir",
    b"node_modules",
}
_SYSTEM_FILES = {b"thumbs.db", b"desktop.ini", b"ehthumbs.db"}


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is an asset.

    Attributes:
        path: Relative to the root, with slashes, as bytes of the file system.
        size: In bytes.
        mtime_ns: Time of its last change.
        sidecars: Names, sizes and times of its sidecars, the nearest last: changes when any of them does. See
            `sidecar_names`.
    """

    path: bytes
    size: int
    mtime_ns: int
    sidecars: bytes = b""

    @property
    def folder(self) -> bytes:
        """The top-level folder it is in, empty for a file directly in the root."""
        head, slash, _ = self.path.partition(b"/")
        return head if slash else b""


@dataclass(slots=True)
class Walk:
    """One pass over a root.

    Links are not followed, wherever they lead: what is in the library is found by its own name, and what is outside
    stays outside. Hidden files and folders and those of operating systems are passed over.

    Attributes:
        root: Resolved path of the folder.
        excluded: A folder that is no part of the library although it lies in it: the data directory.
        skipped: How many things were left out, by reason.
    """

    root: Path
    excluded: Path | None = None
    skipped: Counter[str] = field(default_factory=Counter)

    def files(self) -> Iterator[Found]:
        """Give every asset: of each folder first its files, then its folders, both in the order of their bytes.

        A file that vanishes meanwhile is left out; a folder that cannot be read is counted in `skipped`.
        """
        waiting = [b""]
        while waiting:
            folder = waiting.pop()
            files, folders = self._list(folder)
            yield from self._assets(folder, files)
            waiting.extend(sorted((_join(folder, name) for name in folders), reverse=True))

    def _list(self, folder: bytes) -> tuple[dict[bytes, os.stat_result], list[bytes]]:
        files: dict[bytes, os.stat_result] = {}
        folders: list[bytes] = []
        try:
            with os.scandir(os.path.join(os.fsencode(self.root), folder)) as entries:  # noqa: PTH118 - bytes
                for entry in entries:
                    self._sort_in(entry, files, folders)
        except OSError as error:
            self.skipped[f"folders that cannot be read ({error.strerror})"] += 1
        return files, folders

    def _sort_in(self, entry: os.DirEntry[bytes], files: dict[bytes, os.stat_result], folders: list[bytes]) -> None:
        if entry.name.startswith(b"."):
            self.skipped["hidden"] += 1
            return
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            self.skipped["vanished"] += 1
            return
        if stat.S_ISLNK(status.st_mode):
            self.skipped["links"] += 1
        elif stat.S_ISDIR(status.st_mode):
            if entry.name in _SYSTEM_FOLDERS or self._is_excluded(entry):
                self.skipped["system folders"] += 1
            else:
                folders.append(entry.name)
        elif not stat.S_ISREG(status.st_mode):
            self.skipped["pipes, sockets and devices"] += 1
        elif entry.name.lower() in _SYSTEM_FILES:
            self.skipped["system files"] += 1
        else:
            files[entry.name] = status

    def _is_excluded(self, entry: os.DirEntry[bytes]) -> bool:
        return self.excluded is not None and entry.path == os.fsencode(self.excluded)

    def _assets(self, folder: bytes, files: dict[bytes, os.stat_result]) -> Iterator[Found]:
        if not folder:
            files.pop(TAXONOMIES_FILE, None)
        elif b"/" not in folder:
            files.pop(COLLECTION_FILE, None)
        base = os.path.join(os.fsencode(self.root), folder)  # noqa: PTH118 - bytes
        finder = SidecarFinder(base, files)
        for name in sorted(files):
            if finder.is_sidecar(name):
                continue
            sidecars = finder.sidecars_of(name)
            yield Found(
                _join(folder, name),
                files[name].st_size,
                files[name].st_mtime_ns,
                # Neither a slash nor a NUL can be in a name.
                b"\0".join(b"%s/%d:%d" % (it, files[it].st_size, files[it].st_mtime_ns) for it in sidecars),
            )


def sidecar_names(sidecars: bytes) -> tuple[bytes, ...]:
    """Give the names in `Found.sidecars`."""
    return tuple(part.rpartition(b"/")[0] for part in sidecars.split(b"\0") if part)


def last_changed(mtime_ns: int, sidecars: bytes) -> int:
    """Give the time of what changed last: a file, or one of its sidecars (`Found.sidecars`)."""
    return max([mtime_ns, *(int(part.rpartition(b":")[2]) for part in sidecars.split(b"\0") if part)])


def _join(folder: bytes, name: bytes) -> bytes:
    return folder + b"/" + name if folder else name
