"""Numbers and moments the way people read them; exact forms stay available beside them."""

from __future__ import annotations

from datetime import UTC, datetime

import humanize

__all__ = ["age", "brief_moment", "count", "exact_size", "now", "size"]

_STEPS = ((60, "s"), (3600, "m"), (86_400, "h"), (7 * 86_400, "d"), (31 * 86_400, "w"), (366 * 86_400, "mo"))
_LENGTHS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400, "mo": 2_629_800, "y": 31_557_600}


def size(size_bytes: int | None) -> str:
    """Give a size in at most eight cells: `2.4 MB`; nothing for an unknown one."""
    if size_bytes is None:
        return ""
    if 0 <= size_bytes < 1000:
        return f"{size_bytes} B"
    return humanize.naturalsize(size_bytes)


def exact_size(size_bytes: int) -> str:
    """Give a size both ways: `2.4 MB (2,412,003 bytes)`."""
    return f"{size(size_bytes)} ({size_bytes:,} bytes)"


def now() -> datetime:
    """Give the moment ages are counted from."""
    return datetime.now(UTC)


def age(moment: datetime | None) -> str:
    """Give how long ago in at most five cells: `3 d`; `+2h` for the future; nothing for an unknown moment."""
    if moment is None:
        return ""
    seconds = (now() - moment).total_seconds()
    ahead = seconds < 0
    seconds = abs(seconds)
    unit = next((unit for limit, unit in _STEPS if seconds < limit), "y")
    number = int(seconds // _LENGTHS[unit])
    return f"+{number}{unit}" if ahead else f"{number} {unit}"


def brief_moment(moment: datetime) -> str:
    """Give a moment to the minute in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def count(number: int | None) -> str:
    """Give a number with separators: `12,431`; nothing for an unknown one."""
    return "" if number is None else f"{number:,}"
