"""A vector in one line: what is worth seeing of a thousand numbers."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["VectorSummary", "is_vector", "sparkline", "summarise"]

_SHORTEST: Final = 8
"""Numbers; a box or a colour has fewer."""
_BARS: Final = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class VectorSummary:
    """What is said of a vector.

    Attributes:
        dimension: How many numbers it has.
        norm: Its Euclidean length; like what follows, of the numbers that are finite.
        least: The smallest number.
        mean: Their average.
        most: The largest number.
        odd: How many are not finite.
    """

    dimension: int
    norm: float
    least: float
    mean: float
    most: float
    odd: int = 0


def is_vector(value: object) -> TypeGuard[list[float]]:
    """Say whether a value is a list of so many numbers that they are no use one by one."""
    if not isinstance(value, list) or len(value) < _SHORTEST:
        return False
    return all(isinstance(item, int | float) and not isinstance(item, bool) for item in value)


def summarise(vector: Sequence[float]) -> VectorSummary:
    """Give what is said of a vector; of one without a finite number, zeros."""
    finite = [float(number) for number in vector if math.isfinite(number)]
    if not finite:
        return VectorSummary(len(vector), 0.0, 0.0, 0.0, 0.0, len(vector))
    # Scaled first: the mean of large numbers is finite, their sum need not be.
    mean = math.fsum(number / len(finite) for number in finite)
    return VectorSummary(
        len(vector), math.hypot(*finite), min(finite), mean, max(finite), odd=len(vector) - len(finite)
    )


def sparkline(vector: Sequence[float], width: int) -> str:
    """Draw a vector from its first number to its last, each bar the average of its part.

    Args:
        vector: Any numbers.
        width: Cells, at least 1; fewer are drawn of a shorter vector.

    Returns:
        Bars from the smallest average to the largest; a blank where no number of a part is finite.
    """
    count = min(width, len(vector))
    edges = [index * len(vector) // count for index in range(count + 1)] if count else [0]
    parts = [[n for n in vector[start:end] if math.isfinite(n)] for start, end in itertools.pairwise(edges)]
    means = [math.fsum(number / len(part) for number in part) if part else None for part in parts]
    known = [mean for mean in means if mean is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    return "".join(" " if mean is None else _bar(mean, low, high) for mean in means)


def _bar(value: float, low: float, high: float) -> str:
    middle = (len(_BARS) - 1) // 2
    if low == high:
        return _BARS[middle]
    # Halved: the span of the largest numbers there are is not finite.
    share = (value / 2 - low / 2) / (high / 2 - low / 2)
    return _BARS[round(share * (len(_BARS) - 1))]
