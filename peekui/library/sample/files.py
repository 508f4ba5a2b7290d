"""One file of the sample library: where it goes, how old it is, how its bytes are made."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Maker", "SampleFile", "again", "dice", "moment"]

Maker = Callable[[random.Random], bytes]
"""Makes the bytes of a file from its own dice."""


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A file of the sample library that may not have been written yet.

    Attributes:
        path: Relative to the sample's directory, with `/`; undecodable bytes are surrogate escapes.
        mtime: Seconds since 1970, always even: some file systems keep no odd ones.
        kind: What it is: `photo`, `note`, `sidecar`…
        make: Makes its bytes.
        source: Names its dice; files with equal source and maker have equal bytes.
        damage: What is wrong with it, or None when it can be read.
        may_be_refused: Whether a file system may have no room for such a name.
    """

    path: str
    mtime: int
    kind: str
    make: Maker
    source: str
    damage: str | None = None
    may_be_refused: bool = False

    def content(self, seed: int) -> bytes:
        """The bytes of the file, the same every time for the same seed."""
        return self.make(dice(seed, self.source))


def dice(seed: int, name: str) -> random.Random:
    """A source of chance of its own for everything that has a name, so that no file depends on its neighbours."""
    return random.Random(f"{seed}:{name}")  # noqa: S311  (repeatable on purpose)


def moment(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> int:
    """Seconds since 1970 of a time in UTC."""
    return int(dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC).timestamp())


def again(name: str, repetition: int) -> str:
    """The name of a folder in the first round, and what to call its counterpart in later rounds (`--scale`)."""
    return f"{name} ({repetition + 1})" if repetition else name
