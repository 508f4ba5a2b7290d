"""Writes a sample library: once, repeatably, and never over anybody's file."""

from __future__ import annotations

import errno
import logging
import os
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

from peekui.library.errors import LibraryError
from peekui.library.sample.manifest import MANIFEST_NAME, Manifest, read_manifest, write_manifest
from peekui.library.sample.plan import FORMAT, ROOTS, plan

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.library.sample.files import SampleFile

__all__ = ["sample_directory", "write_sample"]

_log = logging.getLogger(__name__)

# What the systems say when they cannot store a name: wrong bytes, forbidden characters, too long, a folder cut off by
# a character that is a separator there.
_REFUSALS = frozenset({errno.EILSEQ, errno.EINVAL, errno.ENAMETOOLONG, errno.ENOENT, errno.ENOTDIR})


def sample_directory(base: Path, *, seed: int = 7, scale: int = 1) -> Path:
    """A folder of its own below `base` for each seed, scale and version of the sample.

    A program that was updated finds no sample there and writes the new one; the old one stays as it is.
    """
    return base / f"sample-{FORMAT}-seed-{seed}-scale-{scale}"


def write_sample(directory: Path, *, seed: int = 7, scale: int = 1) -> tuple[Path, ...]:
    """Write the sample library, or leave it alone when it is there already.

    The same seed and scale give the same names, bytes and modification times. A write that was cut short is finished.
    Names that the file system refuses are left out, listed in the manifest and logged.

    Args:
        directory: Made if missing; must be empty, or hold this very sample.
        seed: Chooses among samples of the same size.
        scale: 1 is about 400 files; N is about N times as many.

    Returns:
        The roots, one for each namespace.

    Raises:
        LibraryError: The directory holds something else, a file that the sample did not write is in the way, or the
            disk cannot take the sample.
        ValueError: The scale is below 1.
    """
    if scale < 1:
        raise ValueError(f"scale must be at least 1, not {scale}")
    wanted = Manifest(FORMAT, seed, scale)
    roots = tuple(directory / root for root in ROOTS)
    try:
        if not _is_complete(directory, wanted):
            _write(directory, wanted)
    except OSError as error:
        reason = error.strerror or str(error)
        raise LibraryError(f"The sample library cannot be written to {directory}: {reason}.") from error
    return roots


def _is_complete(directory: Path, wanted: Manifest) -> bool:
    """Whether the wanted sample is there; prepares an empty directory for it.

    Raises:
        LibraryError: The directory holds something else.
    """
    directory.mkdir(parents=True, exist_ok=True)
    # Looked at before the manifest: what another process writes meanwhile is not taken for somebody's files.
    entries = [entry.name for entry in directory.iterdir()]
    found = read_manifest(directory)
    if found is None:
        if not all(name.startswith(MANIFEST_NAME) for name in entries):
            raise LibraryError(f"{directory} is neither empty nor a sample library; choose another folder.")
        write_manifest(directory, wanted)
        return False
    if (found.format, found.seed, found.scale) != (wanted.format, wanted.seed, wanted.scale):
        raise LibraryError(
            f"{directory} holds another sample library (seed {found.seed}, scale {found.scale}, "
            f"format {found.format}); choose another folder or delete it."
        )
    return found.complete


def _write(directory: Path, wanted: Manifest) -> None:
    refused = []
    for file in plan(wanted.seed, wanted.scale):
        try:
            _place(directory, file, wanted.seed)
        except (OSError, UnicodeEncodeError) as error:
            if not file.may_be_refused or (isinstance(error, OSError) and error.errno not in _REFUSALS):
                raise
            refused.append(file.path)
            _log.warning("This file system does not take the sample's name %r: %s", file.path, error)
    write_manifest(directory, replace(wanted, complete=True, refused=tuple(refused)))


def _place(directory: Path, file: SampleFile, seed: int) -> None:
    path = directory / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Exclusive: an existing file is never truncated, whoever made it.
        path.touch(exist_ok=False)
    except FileExistsError:
        if _is_finished(path, file):
            return
    content = file.content(seed)
    # A beginning of the very bytes that belong here is a write that was cut short; anything else is somebody's.
    if not stat.S_ISREG(path.lstat().st_mode) or not content.startswith(path.read_bytes()):
        raise LibraryError(f"{path} is in the way of the sample library; move it or choose another folder.")
    path.write_bytes(content)
    # The date is set last: a file that carries it is complete.
    os.utime(path, (file.mtime, file.mtime))


def _is_finished(path: Path, file: SampleFile) -> bool:
    status = path.lstat()
    return stat.S_ISREG(status.st_mode) and int(status.st_mtime) == file.mtime
