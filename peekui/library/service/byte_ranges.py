"""The Range header (RFC 9110, section 14): one range of bytes."""

from __future__ import annotations

import re

import msgspec

__all__ = ["ByteRange", "Unsatisfiable", "read_range"]

_RANGE = re.compile(r"bytes\s*=\s*(?P<first>\d*)\s*-\s*(?P<last>\d*)\s*", re.ASCII | re.IGNORECASE)
_MOST_DIGITS = 18


class Unsatisfiable(Exception):
    """The range begins behind the end."""


class ByteRange(msgspec.Struct, frozen=True):
    """Bytes from `begin` up to, but without, `end`."""

    begin: int
    end: int


def read_range(header: str | None, size: int) -> ByteRange | None:
    """Read a Range header.

    Args:
        header: Its value.
        size: Of the whole, in bytes.

    Returns:
        The range; None for the whole: without the header, and for one that is not understood or asks for several
        ranges, which a server may pass over.

    Raises:
        Unsatisfiable: No byte of it is there.
    """
    match = _RANGE.fullmatch(header or "")
    if match is None or max(len(match["first"]), len(match["last"])) > _MOST_DIGITS:
        return None
    first, last = match["first"], match["last"]
    if first:
        begin, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < begin:
            return None
    elif last:
        begin, end = max(0, size - int(last)), size
    else:
        return None
    if begin >= end:
        raise Unsatisfiable
    return ByteRange(begin, end)
