"""How much of a picture is fetched, decoded and kept."""

from __future__ import annotations

from typing import Final

__all__ = [
    "AT_ONCE",
    "MOST_BYTES",
    "MOST_CACHED",
    "MOST_IN_MEMORY",
    "MOST_PIXELS",
    "MOST_SENT",
    "SECONDS_TO_DECODE",
    "SECONDS_TO_FETCH",
]

MOST_BYTES: Final = 20_000_000
"""Of a file."""
MOST_PIXELS: Final = 40_000_000
"""Width times height, as the file says it before it is decoded."""
SECONDS_TO_FETCH: Final = 20.0
"""For the whole file: a store that gives a byte now and then never ends."""
SECONDS_TO_DECODE: Final = 10.0
MOST_CACHED: Final = 64_000_000
"""Bytes on disk."""
MOST_IN_MEMORY: Final = 32_000_000
"""Bytes of decoded pictures."""
MOST_SENT: Final = 600_000
"""Pixels of a picture that is sent to a terminal: about a megabyte."""
AT_ONCE: Final = 3
"""Pictures that are fetched at the same time."""
