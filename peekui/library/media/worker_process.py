"""What runs inside a worker process: take jobs from the pipe, answer each, die with the parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peekui.library.media.damage import DamageError, decode_error

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from peekui.library.media.facts import Damage
    from peekui.library.media.limits import Limits

__all__ = ["READY", "Call", "Failed", "work"]

READY = "ready"
"""The first thing a worker process says."""

_STATM_PAGES = "/proc/self/statm"
_SPARE_SECONDS = 5  # the parent's clock acts first; the kernel's is for when there is no parent any more


@dataclass(frozen=True, slots=True)
class Call:
    """A function to call in the worker process; it and its arguments are pickled."""

    function: Callable[..., object]
    arguments: tuple[object, ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Failed:
    """The answer to a call that raised. Damage does not survive pickling as an exception, so it travels as a value."""

    error: OSError | Damage


def work(pipe: Connection, limits: Limits) -> None:
    """Answer calls until the parent closes the pipe or is gone.

    Args:
        pipe: Gives lists of `Call`; takes `READY` once, then one answer for each call, in order: what the function
            returned, or `Failed`.
        limits: `max_memory_bytes` is set for the process as a whole, `max_seconds` of processor time for each call.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole terminal; the parent decides
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _limit_memory(limits.max_memory_bytes)
    with suppress(EOFError, OSError):  # either end of the pipe is gone: the parent is done with this process
        pipe.send(READY)
        while True:
            for call in pipe.recv():
                _limit_processor_time(call.limits.max_seconds + _SPARE_SECONDS)
                pipe.send(_answer(call))


def _answer(call: Call) -> object:
    try:
        return call.function(*call.arguments, limits=call.limits)
    except DamageError as error:
        return Failed(error.damage)
    except OSError as error:
        return Failed(OSError(error.errno, error.strerror))
    except Exception as error:  # noqa: BLE001 - decoders raise anything; it becomes the damage of this one file
        return Failed(decode_error(error).damage)


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _limit_memory(more: int) -> None:
    """Let the process grow by so many bytes of address space. Systems without such a limit go without."""
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if os.path.exists(_STATM_PAGES):  # noqa: PTH110
        with open(_STATM_PAGES, encoding="ascii") as statm:  # noqa: PTH123
            used = int(statm.read().split()[0]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (used + more, hard))


def _limit_processor_time(seconds: float) -> None:
    """Have the kernel end this process after so much more processor time."""
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + seconds) + 1, hard))
