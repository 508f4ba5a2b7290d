"""Whether a video or a sound is as long as it says, in bytes and in seconds."""

from __future__ import annotations

import os
from typing import BinaryIO

from peekui.library.media.damage import DamageError, DamageKind

__all__ = ["check_length", "is_cut_off"]

_RIFF = frozenset({"audio/wav", "video/x-msvideo"})
_ISO = frozenset({"audio/mp4", "video/mp4", "video/quicktime"})
_UNKNOWN_LENGTHS = {0, 0xFFFFFFFF}  # what a recorder writes that could not go back to its header
# Headers round, and streams need not end together: less than a second, or two in a hundred, is nothing missing.
_MISSING_SECONDS = 1.0
_MISSING_SHARE = 0.02


def check_length(what: str, reached: float, claimed: float | None, *, cut_off: bool) -> None:
    """Refuse a stream that ends before its header says.

    Args:
        what: `video` or `sound`, for the message.
        reached: Seconds that are really there.
        claimed: Seconds that the header claims, where it does.
        cut_off: Whether the file is known to be too short in bytes.

    Raises:
        DamageError: `TruncatedMedia`.
    """
    missing = (claimed or 0.0) - reached
    is_short = missing > max(_MISSING_SECONDS, (claimed or 0.0) * _MISSING_SHARE)
    if is_short or cut_off:
        total = f" of {claimed:.1f} s" if is_short else ", where the file is cut off"
        raise DamageError(DamageKind.TRUNCATED_MEDIA, f"the {what} ends after {reached:.1f} s{total}")


def is_cut_off(source: BinaryIO, media_type: str) -> bool:
    """Tell whether a RIFF or ISO file is shorter than its own structure says.

    Args:
        source: The file; it is left at its beginning.
        media_type: As sniffed.

    Returns:
        True when bytes are missing; False when none are, or the format does not tell.
    """
    present = source.seek(0, os.SEEK_END)
    source.seek(0)
    needed = 0
    if media_type in _RIFF:
        length = int.from_bytes(source.read(8)[4:], "little")
        needed = 0 if length in _UNKNOWN_LENGTHS else length + 8
    elif media_type in _ISO:
        needed = _iso_end(source, present)
    source.seek(0)
    return present < needed


def _iso_end(source: BinaryIO, present: int) -> int:
    """Walk the outermost boxes of an ISO file to where the last one has to end."""
    position = 0
    while position + 8 <= present:
        source.seek(position)
        head = source.read(16)
        size = int.from_bytes(head[:4], "big")
        if size == 1:  # a 64-bit size follows
            size = int.from_bytes(head[8:], "big")
        if size < 8:  # 0: to the end of the file; anything less than a header is no box
            return present
        position += size
    return max(position, present)
