"""Watching folders: any change in them asks for a rescan."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from watchfiles import watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["Watcher"]


class Watcher:
    """A thread that watches folders.

    Args:
        roots: What to watch.
        changed: Called after changes, once for those that come close together.
    """

    def __init__(self, roots: Sequence[Path], changed: Callable[[], None]) -> None:
        self._roots = roots
        self._changed = changed
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        for _ in watch(*self._roots, stop_event=self._stop, raise_interrupt=False, rust_timeout=500):
            self._changed()
