"""Files of peekui's own: where the platform wants them, and that only their owner can read them."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "append_private",
    "cache_folder",
    "config_path",
    "create_private",
    "locked",
    "make_private_folder",
    "replace_private",
    "state_folder",
]

_OWNER_ONLY = 0o600


def config_path() -> Path:
    """Give the path of the configuration file, such as `~/.config/peekui/config.toml`; it need not be there."""
    import platformdirs  # noqa: PLC0415  (what needs no file need not wait for it)

    return platformdirs.user_config_path("peekui", appauthor=False) / "config.toml"


def state_folder() -> Path:
    """Give the folder for what peekui remembers by itself, such as `~/.local/state/peekui`; it need not be there."""
    import platformdirs  # noqa: PLC0415  (as above)

    return platformdirs.user_state_path("peekui", appauthor=False)


def cache_folder() -> Path:
    """Give the folder for what can be had again, such as `~/.cache/peekui`; it need not be there."""
    import platformdirs  # noqa: PLC0415  (as above)

    return platformdirs.user_cache_path("peekui", appauthor=False)


def make_private_folder(folder: Path) -> None:
    """Make a folder that is its owner's only (0700), and what is missing above it; one that is there stays as it is.

    Raises:
        OSError: It cannot be made.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def create_private(path: Path, text: str) -> None:
    """Write a new file (0600), with its folder.

    Raises:
        FileExistsError: There is one already; it is left alone.
        OSError: It cannot be written.
    """
    make_private_folder(path.parent)
    with _open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as file:
        file.write(text)


def replace_private(path: Path, text: str) -> None:
    """Write a file whole (0600), with its folder: whoever reads it sees the old text or the new, never a part.

    Raises:
        OSError: It cannot be written; the old one is as it was.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    # One of the same name was left by a process that was killed, and its number was given out again.
    temporary.unlink(missing_ok=True)
    try:
        create_private(temporary, text)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other processes from changing a file meanwhile, if they ask too; makes its folder.

    The lock is a file beside it: the file itself is replaced.

    Raises:
        OSError: The folder or the lock cannot be made.
    """
    make_private_folder(path.parent)
    with path.with_name(f"{path.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def append_private(path: Path) -> TextIO:
    """Open a file to append to, readable by its owner only (0600) even if it was there before.

    Raises:
        OSError: It cannot be opened.
    """
    file = _open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    if path.is_file():
        os.fchmod(file.fileno(), _OWNER_ONLY)
    return file


def _open(path: Path, flags: int) -> TextIO:
    descriptor = os.open(path, flags | os.O_CLOEXEC, _OWNER_ONLY)
    # Text from elsewhere may hold lone surrogates, for which UTF-8 has no form.
    return os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace")
