"""Places visited, to go back to and forward again, as in a web browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["Trail"]

Spot = TypeVar("Spot")

_MOST = 100
"""Places to go back to; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Trail(Generic[Spot]):
    """Where the user was and came back from; immutable.

    Attributes:
        behind: Places before this one, the newest last.
        here: The place of now, None before the first.
        ahead: Places that were left by going back, the nearest first.
    """

    behind: tuple[Spot, ...] = ()
    here: Spot | None = None
    ahead: tuple[Spot, ...] = ()

    def visit(self, spot: Spot) -> Trail[Spot]:
        """Go to a place that was chosen; what was ahead is forgotten. The same place again changes nothing."""
        if spot == self.here:
            return self
        behind = self.behind if self.here is None else (*self.behind, self.here)
        return Trail(behind[-_MOST:], spot)

    def short_of(self, spot: Spot) -> Trail[Spot]:
        """Stay here, because another place could not be reached: it is what going forward leads to."""
        return self if self.here is None or spot == self.here else Trail(self.behind, self.here, (spot,))

    def back(self) -> Trail[Spot]:
        """Go to the place before; the same trail when there is none."""
        if not self.behind or self.here is None:
            return self
        return Trail(self.behind[:-1], self.behind[-1], (self.here, *self.ahead))

    def forward(self) -> Trail[Spot]:
        """Go to the place that was left by going back; the same trail when there is none."""
        if not self.ahead or self.here is None:
            return self
        return Trail((*self.behind, self.here), self.ahead[0], self.ahead[1:])
