"""What an action will cost, said before it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["CALLS_UNASKED", "Cost"]

CALLS_UNASKED: Final = 3
"""Calls an action may take without saying so first."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Calls, and the time they take in the budget of now; its text is `12 calls, about 40 s at 10 a minute`.

    Attributes:
        calls: How many calls the action takes.
        seconds: Until the last of them can start, when nothing else calls.
        calls_per_minute: The limit in force, None for none.
    """

    calls: int
    seconds: float = 0.0
    calls_per_minute: int | None = None

    @property
    def asks_first(self) -> bool:
        """Whether the action says what it costs before it is taken."""
        return self.calls > CALLS_UNASKED

    def __str__(self) -> str:
        if not self.calls:
            return "no call"
        calls = "1 call" if self.calls == 1 else f"{self.calls:,} calls"
        wait = f"about {_roughly(self.seconds)}" if self.seconds >= 1 else "no waiting"
        if self.calls_per_minute is None:
            return calls if self.seconds < 1 else f"{calls}, {wait}"
        return f"{calls}, {wait} at {self.calls_per_minute} a minute"


def _roughly(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 100 else f"{minutes / 60:.0f} h"
