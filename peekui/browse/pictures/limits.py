"""How much of a picture is fetched, decoded and kept."""

from __future__ import annotations

from typing import Final

__all__ = ["MOST_BYTES", "MOST_CACHED", "MOST_PIXELS", "SECONDS_TO_DECODE", "SECONDS_TO_FETCH"]

MOST_BYTES: Final = 20_000_000
"""Of a file."""
MOST_PIXELS: Final = 40_000_000
"""Width times height, as the file says it before it is decoded."""
SECONDS_TO_FETCH: Final = 20.0
"""For the whole file: a store that gives a byte now and then never ends."""
SECONDS_TO_DECODE: Final = 10.0
MOST_CACHED: Final = 64_000_000
"""Bytes on disk."""
