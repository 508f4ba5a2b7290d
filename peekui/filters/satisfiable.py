"""Whether one field can meet several conditions at once.

The values that conditions mention, and points just beside them, stand for all values: between two neighbours of them no
condition changes its verdict. So trying each is a proof, with the same comparison that evaluation uses.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from peekui.filters.comparing import Verdict, verdict
from peekui.filters.moments import RelativeTime, instant
from peekui.filters.nodes import VALUELESS, Condition, JsonValue, Operator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

__all__ = ["MOST_CLAIMS", "Claim", "conflict"]

MOST_CLAIMS: Final = 12
"""Claims on one field that are tried; the effort grows with the cube of their number."""

_OPPOSITES: Final = {Operator.NE: Operator.EQ, Operator.NIN: Operator.IN}
_ANYWAY: Final[tuple[JsonValue, ...]] = (None, True, False, "", {})
_EXACT: Final = 2**53
"""Whole numbers up to this have a neighbour at a distance of a half."""


@dataclass(frozen=True, slots=True)
class Claim:
    """That a condition holds, or does not hold."""

    condition: Condition
    holds: bool

    def positive(self) -> Claim:
        """Give the same claim about an operator that asks for something to be there."""
        condition = self.condition
        if condition.operator in VALUELESS and condition.value is False:
            return Claim(replace(condition, value=True), not self.holds)
        if condition.operator in _OPPOSITES:
            return Claim(replace(condition, operator=_OPPOSITES[condition.operator]), not self.holds)
        return self


def conflict(claims: Sequence[Claim], *, single: bool, case_sensitive: bool, now: datetime) -> tuple[int, ...]:
    """Find claims on one field that exclude each other.

    Args:
        claims: At most `MOST_CLAIMS` are tried; more are taken to be satisfiable.
        single: The field never has a list. In a list each claim can be met by another element.
        case_sensitive: How text compares.
        now: What relative times count from.

    Returns:
        Indexes of claims none of which can be left out of the conflict; none when an asset can meet all of them.
    """
    if len(claims) > MOST_CLAIMS:
        return ()
    plain = [claim.positive() for claim in claims]
    values = [(), *((value,) for value in _candidates(plain, now))]
    # Which claims each value meets, found once: leaving a claim out then costs no comparison.
    met = [[_met(claim, found, case_sensitive=case_sensitive, now=now) for claim in plain] for found in values]
    core = list(range(len(plain)))
    if _possible(plain, core, met, single=single):
        return ()
    for index in range(len(plain)):
        fewer = [other for other in core if other != index]
        if not _possible(plain, fewer, met, single=single):
            core = fewer
    return tuple(core)


def _possible(claims: Sequence[Claim], of: Sequence[int], met: Sequence[Sequence[bool]], *, single: bool) -> bool:
    if single:
        return any(all(row[index] for index in of) for row in met)
    wanted = [index for index in of if claims[index].holds]
    barred = [index for index in of if not claims[index].holds]
    allowed = [row for row in met if all(row[index] for index in barred)]
    return bool(allowed) and all(any(row[index] for row in allowed) for index in wanted)


def _met(claim: Claim, found: tuple[JsonValue, ...], *, case_sensitive: bool, now: datetime) -> bool:
    answer = verdict(claim.condition, found, case_sensitive=case_sensitive, now=now)
    return answer is Verdict.UNKNOWN or (answer is Verdict.TRUE) is claim.holds


def _candidates(claims: Sequence[Claim], now: datetime) -> Iterator[JsonValue]:
    yield from _ANYWAY
    for claim in claims:
        for value in claim.condition.operands:
            yield from _around(value.at(now) if isinstance(value, RelativeTime) else value)


def _around(value: JsonValue) -> Iterator[JsonValue]:
    """Give a value and its nearest neighbours in the order of its type."""
    yield value
    match value:
        case bool():
            return
        case int():
            yield from (value - 1, value + 1)
            if abs(value) < _EXACT:
                yield from (value - 0.5, value + 0.5)
        case float():
            yield from (math.nextafter(value, -math.inf), math.nextafter(value, math.inf))
        case str() if (moment := instant(value)) is not None:
            for step in (-timedelta.resolution, timedelta.resolution):
                try:
                    yield (moment + step).isoformat(timespec="microseconds")
                except OverflowError:  # the first or the last moment there is
                    continue
        case str():
            yield value + "\x00"
