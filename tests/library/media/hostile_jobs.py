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

__all__ = ["abort", "burn", "explode", "hang", "own_pid", "segfault", "wait_holding_a_file"]


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


def wait_holding_a_file(mark: Path, *, limits: Limits) -> None:
    mark.write_text(str(os.getpid()), encoding="ascii")
    threading.Event().wait()
