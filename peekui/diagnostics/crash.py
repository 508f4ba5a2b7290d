"""The report of a crash: what failed and where, on what; no value of a variable, no key, no signed URL."""

from __future__ import annotations

import os
import platform
import traceback
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from peekui import __version__
from peekui.api.redaction import redact
from peekui.own_files import create_private

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["crash_report", "write_crash_report"]

_PACKAGES = ("textual", "rich", "httpx", "pydantic", "click")
_TERMINAL = ("TERM", "COLORTERM", "TERM_PROGRAM", "TMUX", "SSH_TTY", "LANG", "NO_COLOR")
_KEPT = 10
"""Reports in the folder; older ones go."""

_LONGEST = 100_000
"""Characters of a traceback; an exception may carry a whole answer in its text."""


def crash_report(error: BaseException, *, size: tuple[int, int] | None = None) -> str:
    """Give the text of a report.

    Args:
        error: What ended the program, with its causes.
        size: Columns and lines of the terminal, where known.
    """
    # The locals, which keys and answers are in, are not captured.
    lines = traceback.TracebackException.from_exception(error, capture_locals=False).format()
    return "\n".join((*_circumstances(size), "", _shortened(_without_home(redact("".join(lines))))))


def write_crash_report(error: BaseException, folder: Path, *, size: tuple[int, int] | None = None) -> Path:
    """Write a report into a folder (0600), and drop the oldest ones there.

    Args:
        error: As for `crash_report`.
        folder: `own_files.state_folder`, in general.
        size: As for `crash_report`.

    Returns:
        Path of the report.

    Raises:
        OSError: It cannot be written.
    """
    now = datetime.now(UTC)
    path = folder / f"crash-{now:%Y%m%dT%H%M%S.%f}Z-{os.getpid()}.txt"
    create_private(path, crash_report(error, size=size))
    for old in sorted(folder.glob("crash-*.txt"))[:-_KEPT]:
        old.unlink(missing_ok=True)
    return path


def _circumstances(size: tuple[int, int] | None) -> Iterator[str]:
    yield f"peekui {__version__}, {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
    yield f"Python {platform.python_version()} on {platform.platform()}"
    yield ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    yield f"size {size[0]}x{size[1]}" if size else "size unknown"
    yield " ".join(f"{name}={_setting(name)}" for name in _TERMINAL)


def _setting(name: str) -> str:
    """Give a variable of the terminal; of those that name a socket or a device, only whether they are there."""
    value = os.environ.get(name)
    return "–" if value is None else "yes" if name in {"TMUX", "SSH_TTY"} else redact(value)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _without_home(trace: str) -> str:
    """Write the user's home, which is often a name, as the shell does."""
    home = os.environ.get("HOME", "").rstrip("/")
    return trace.replace(f"{home}/", "~/") if home else trace


def _shortened(trace: str) -> str:
    half = _LONGEST // 2
    return trace if len(trace) <= _LONGEST else f"{trace[:half]}\n[…]\n{trace[-half:]}"
