"""Telling on stderr how far indexing has come."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

__all__ = ["Progress"]

_INTERVAL_SECONDS = 2.0
_UNITS = ("B", "kB", "MB", "GB", "TB")


class Progress:
    """Counts files and bytes, and says so now and then.

    Args:
        total: Files to read.
        stream: Where to say it.
    """

    def __init__(self, total: int, *, stream: TextIO | None = None) -> None:
        self._total = total
        self._stream = stream or sys.stderr
        self._files = 0
        self._bytes = 0
        self._started = self._said = time.monotonic()

    def add(self, size: int) -> None:
        """Count one file of so many bytes."""
        self._files += 1
        self._bytes += size
        now = time.monotonic()
        if now - self._said >= _INTERVAL_SECONDS:
            self._said = now
            rate = self._files / (now - self._started)
            left = max(0, self._total - self._files) / rate
            self._say(
                f"indexing: {self._files:,} of {self._total:,} files, {_human(self._bytes)}, {rate:,.0f} files/s, "
            )
            self._say(f"{left:,.0f} s left\n")

    def done(self, skipped: Mapping[str, int]) -> None:
        """Say what was done and what was left out."""
        seconds = time.monotonic() - self._started
        self._say(f"indexed: {self._files:,} files, {_human(self._bytes)}, in {seconds:.1f} s\n")
        if skipped:
            self._say(
                "left out: " + ", ".join(f"{count:,} {reason}" for reason, count in sorted(skipped.items())) + "\n"
            )

    def _say(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _human(size: float) -> str:
    for unit in _UNITS[:-1]:
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} {_UNITS[-1]}"
