"""Sharing a line out among pills: which of them are drawn, and how much of each text."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BESIDE", "COUNT", "Fitted", "cells_of", "fit"]

BESIDE = 5
"""Cells of a pill beside its text: blanks around it, the cross, and the gap to the next."""
COUNT = 4
"""Cells that are kept for saying how many pills are out of sight on one side, such as `+12 `."""
_LEAST = 8
"""Cells a text is not cut below while there is another."""


class Fitted(NamedTuple):
    """The pills in sight.

    Attributes:
        first: Index of the first.
        cells: Cells of the text of each.
    """

    first: int
    cells: Sequence[int]


def cells_of(lengths: Sequence[int]) -> int:
    """Give the cells that pills take.

    Args:
        lengths: Cells of their texts.
    """
    return sum(lengths) + BESIDE * len(lengths)


def fit(lengths: Sequence[int], cursor: int, room: int) -> Fitted:
    """Choose the pills that are drawn: all, if need be with their texts cut; else as many as fit with the cursor's.

    Args:
        lengths: Cells of the texts.
        cursor: Index of the pill that must be in sight; beyond the last, the last.
        room: Cells there are; below none where what is drawn beside the pills is wider than the line.
    """
    if not lengths or cells_of(lengths) <= room:
        return Fitted(0, lengths)
    most = max(room // min(len(lengths), 2) - BESIDE, _LEAST)
    cells = [min(length, most) for length in lengths]
    if cells_of(cells) <= room:
        return Fitted(0, cells)
    first, wanted = 0, min(cursor, len(cells) - 1)
    while first + len(shown := _from(cells, first, room)) <= wanted:
        first = max(first + 1, min(wanted - room // BESIDE, wanted))  # more do not fit
    return Fitted(first, shown)


def _from(cells: Sequence[int], first: int, room: int) -> Sequence[int]:
    """Give the texts from one on that fit beside the counts of what is out of sight; one in any case, cut to fit."""
    room -= COUNT if first else 0
    rest = cells[first:]
    fitting = 0
    for number, end in enumerate(accumulate(length + BESIDE for length in rest), 1):
        if end > room - (COUNT if number < len(rest) else 0):
            break
        fitting = number
    return rest[:fitting] or [max(room - BESIDE - (COUNT if len(rest) > 1 else 0), 1)]
