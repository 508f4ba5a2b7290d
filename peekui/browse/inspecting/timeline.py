"""Segments of a film or a sound along a line, to scale."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Segment", "Timeline", "clock"]

_LONGEST: Final = 10_000 * 3600.0
"""Seconds; a moment beyond that is no moment of a film."""
_LOOK_BACK: Final = 50
"""Segments that began earlier and are looked at; more never overlap in what people make."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of time.

    Attributes:
        start: Seconds from the beginning.
        end: Not before `start`.
        level: How loud it is, 0 to 1; None where that is not known.
    """

    start: float
    end: float
    level: float | None = None

    @classmethod
    def read(cls, start: float | None, end: float | None, level: float | None = None) -> Segment | None:
        """Take what a service says; None where that is no stretch of time."""
        if start is None or end is None or not (0 <= start <= end <= _LONGEST):
            return None  # a comparison with what is no number is false
        return cls(start, end, level)


class Timeline:
    """Segments by their place in a list, None for one without times.

    Attributes:
        segments: As they were given.
        length: Seconds, to the end of the last.
    """

    def __init__(self, segments: Sequence[Segment | None]) -> None:
        """Take the segments, in any order; they may overlap."""
        self.segments = tuple(segments)
        self.length = max((segment.end for segment in self.segments if segment), default=0.0)
        timed = sorted((segment.start, index) for index, segment in enumerate(self.segments) if segment)
        self._starts = [start for start, _ in timed]
        self._order = [index for _, index in timed]

    def __bool__(self) -> bool:
        return self.length > 0

    def at(self, moment: float) -> int | None:
        """Give the index of the segment that is on at a moment: of several the one that began last; None for none."""
        begun = bisect_right(self._starts, moment)
        for index in reversed(self._order[max(0, begun - _LOOK_BACK) : begun]):
            segment = self.segments[index]
            if segment and moment < segment.end:
                return index
        return None

    def cells(self, width: int) -> list[int | None]:
        """Give for each cell of a line the segment that is on in its middle, None for a gap.

        A segment shorter than a cell has the cell that it begins in, unless another has that.

        Args:
            width: Cells, at least 1; the whole length is drawn on them.
        """
        if not self:
            return [None] * width
        cells = [self.at((cell + 0.5) * self.length / width) for cell in range(width)]
        for index, segment in enumerate(self.segments):
            if segment and cells[cell := self.cell_of(segment.start, width)] is None:
                cells[cell] = index
        return cells

    def cell_of(self, moment: float, width: int) -> int:
        """Give the cell that a moment is drawn in."""
        return min(width - 1, max(0, math.floor(moment / self.length * width))) if self else 0


def clock(seconds: float, *, tenths: bool = False) -> str:
    """Give a moment as people read it: `1:52`, `1:02:03`; with tenths `1:52.4`.

    Args:
        seconds: From the beginning, not negative.
        tenths: Say tenths of a second too.
    """
    whole = math.floor(seconds * 10) / 10 if tenths else math.floor(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(int(minutes), 60)
    digits = f"{rest:04.1f}" if tenths else f"{int(rest):02}"
    return f"{hours}:{minutes:02}:{digits}" if hours else f"{minutes}:{digits}"
