"""Functions that a worker process is asked to run by the tests of the pool: each stands for a decoder gone wrong."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.library.media.limits import Limits

__all__ = ["abort", "burn", "explode", "hang", "open_end", "own_pid", "say_so_and_hang", "segfault"]


def own_pid(*, limits: Limits) -> int:
    return os.getpid()


def segfault(*, limits: Limits) -> None:
    ctypes.string_at(0)


def abort(*, limits: Limits) -> None:
    os.kill(os.getpid(), signal.SIGABRT)


def hang(*, limits: Limits) -> None:
    threading.Event().wait()


def burn(*, limits: Limits) -> None:
    while True:
        pass


def explode(*, limits: Limits) -> int:
    return len([bytearray(32 * 1024 * 1024) for _ in range(1_000)])


def say_so_and_hang(*, limits: Limits) -> None:
    os.write(1, b"hanging\n")
    threading.Event().wait()


def open_end(pipe: Path, flags: int, *, limits: Limits) -> None:
    """Opens one end of a named pipe, which lasts until another process opens the other end."""
    os.close(os.open(pipe, flags))
