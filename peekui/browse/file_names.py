"""Names for files that are written here, made of names from elsewhere: none can leave its folder or hide what it is."""

from __future__ import annotations

import mimetypes
import unicodedata
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from peekui.api.signing import SignedFile

__all__ = ["file_name_of", "numbered", "safe_name", "unlike_each_other"]

_LONGEST = 200
"""Bytes of a name; file systems take 255, and a number or the mark of a part comes on top."""


def safe_name(name: str, *, default: str = "asset") -> str:
    """Give a name that any file system takes and no shell or terminal acts on; its ending stays.

    Args:
        name: Anything.
        default: Where nothing of it is left.
    """
    # Category C is what cannot be seen: controls, direction overrides, lone surrogates.
    seen = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    name = PurePosixPath(seen.replace("\\", "/")).name
    # What one step takes away may bring to light what the next has to.
    while (plain := _sanitized(_cut(name.lstrip(" .-")))) != name:
        name = plain
    return plain or default


def _cut(name: str) -> str:
    path = PurePath(name)
    ending = path.suffix if len(path.suffix.encode()) < _LONGEST // 4 else ""
    stem = name.removesuffix(ending).encode()[: _LONGEST - len(ending.encode())].decode(errors="ignore")
    return f"{stem}{ending}"


def _sanitized(name: str) -> str:
    from pathvalidate import sanitize_filename  # noqa: PLC0415  (not before something is written)

    return sanitize_filename(name, platform="universal")


def file_name_of(file: SignedFile) -> str:
    """Give the name an asset's file is written under: its own, else its title, with the ending its type asks for."""
    name = safe_name(file.file_name or file.title, default=safe_name(file.asset_id))
    if PurePath(name).suffix:
        return name
    path = urlsplit(file.url.reveal()).path if file.url else ""
    ending = mimetypes.guess_extension(file.file_type or "") or PurePosixPath(unquote(path)).suffix
    return safe_name(f"{name}{ending}")


def numbered(name: str) -> Iterator[str]:
    """Give a name and, without end, what to call a file where that is taken: `a.jpg`, `a (1).jpg` and so on."""
    yield name
    path = PurePath(name)
    number = 0
    while True:
        number += 1
        yield f"{path.stem} ({number}){path.suffix}"


def unlike_each_other(names: Iterable[str]) -> Iterator[str]:
    """Give names as they are, those that occurred before with a number; capitals make no difference."""
    taken: set[str] = set()
    for name in names:
        free = next(other for other in numbered(name) if other.casefold() not in taken)
        taken.add(free.casefold())
        yield free
