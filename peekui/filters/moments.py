"""Points in time: ISO 8601 texts compared as instants, and times relative to now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

__all__ = ["DATE_SHAPE", "RelativeTime", "instant", "now_or"]

DATE_SHAPE: Final = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.]\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)
"""A date, or a date and a time; the numbers may still be impossible."""

_UNITS: Final = {
    "s": ("second", 1),
    "m": ("minute", 60),
    "h": ("hour", 3600),
    "d": ("day", 86_400),
    "w": ("week", 604_800),
}
_RELATIVE: Final = re.compile(r"(?P<amount>[+-]\d+)(?P<unit>[smhdw])", re.ASCII)
_FURTHEST_SECONDS: Final = 365_000 * 86_400
_MOST_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class RelativeTime:
    """A moment told by its distance from now; it becomes an instant when the filter is sent or evaluated.

    Attributes:
        amount: How far; negative is in the past.
        unit: One of s, m, h, d, w: seconds, minutes, hours, days, weeks.

    Raises:
        ValueError: The unit is another, or the moment is more than 1,000 years away.
    """

    amount: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in _UNITS:
            raise ValueError(f"a relative time counts in {', '.join(_UNITS)}, not in {self.unit!r}")
        if abs(self._seconds) > _FURTHEST_SECONDS:
            raise ValueError("a relative time is at most 1,000 years away")

    def __str__(self) -> str:
        return f"{self.amount:+d}{self.unit}"

    @classmethod
    def parse(cls, text: str) -> RelativeTime | None:
        """Read a text such as `-7d`; None for any other text.

        Raises:
            ValueError: It is more than 1,000 years away.
        """
        match = _RELATIVE.fullmatch(text)
        if match is None:
            return None
        digits = match["amount"] if len(match["amount"]) <= _MOST_DIGITS else "9" * _MOST_DIGITS
        return cls(int(digits), match["unit"])

    @property
    def distance(self) -> str:
        """Amount and unit without direction, such as `7 days`."""
        name, amount = _UNITS[self.unit][0], abs(self.amount)
        return f"{amount:,} {name}" if amount == 1 else f"{amount:,} {name}s"

    @property
    def _seconds(self) -> int:
        return self.amount * _UNITS[self.unit][1]

    def at(self, now: datetime) -> str:
        """Give the instant as ISO 8601 in UTC, to the second."""
        moment = now.astimezone(UTC) + timedelta(seconds=self._seconds)
        return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def instant(text: str) -> datetime | None:
    """Read an ISO 8601 date, or date and time, as the service compares it; None for any other text.

    Without a zone it is UTC (mixpeek-api.md, section 5). A date alone is its midnight.
    """
    if not DATE_SHAPE.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def now_or(now: datetime | None) -> datetime:
    """Give a moment, or the current one where none is given."""
    return datetime.now(UTC) if now is None else now
