"""A decoded picture, and how any terminal draws it: two points in each cell, one above the other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Colour", "Raster", "Run"]

Colour: TypeAlias = "tuple[int, int, int]"
Run: TypeAlias = "tuple[Colour, Colour | None, int]"
"""Colour of the upper half, of the lower half (None where the picture ends), and how many cells have them."""


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """A picture as points. Each is equal to itself only, so that it can be looked up without reading all of it.

    Attributes:
        width: Points in a line.
        height: Lines.
        points: Red, green and blue of each, three bytes a point, line by line.
        fine: The picture in the form a terminal with finer ones takes, over the same cells: for Kitty one PNG in
            base64, for Sixel a sequence for each line of cells. Empty where half blocks are all there is.
    """

    width: int
    height: int
    points: bytes
    fine: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1 or len(self.points) != self.width * self.height * 3:
            raise ValueError(f"{len(self.points)} bytes are no picture of {self.width}×{self.height}")

    @property
    def size(self) -> int:
        """Bytes it takes."""
        return len(self.points) + sum(map(len, self.fine))

    @property
    def rows(self) -> int:
        """Lines of cells it takes."""
        return (self.height + 1) // 2

    def row(self, index: int) -> Iterator[Run]:
        """Give a line of cells from left to right, equal ones that follow each other together."""
        above = self._line(2 * index)
        below: list[Colour] | list[None] = self._line(2 * index + 1) or [None] * self.width
        for (upper, lower), cells in groupby(zip(above, below, strict=True)):
            yield upper, lower, sum(1 for _ in cells)

    def _line(self, y: int) -> list[Colour]:
        begin = y * self.width * 3
        line = self.points[begin : begin + self.width * 3]
        return list(zip(line[::3], line[1::3], line[2::3], strict=True))
