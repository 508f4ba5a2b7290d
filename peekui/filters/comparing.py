"""Whether one condition holds for the values found at its field (mixpeek-api.md, section 6)."""

from __future__ import annotations

import operator
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from peekui.filters.facts import elements
from peekui.filters.moments import RelativeTime, instant
from peekui.filters.nodes import Operator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from peekui.filters.nodes import Condition, JsonValue

__all__ = ["Comparable", "Verdict", "comparable", "verdict"]

Comparable: TypeAlias = "tuple[str, bool | int | float | str | datetime | None]"
"""A type and a value: nothing compares across types, and numbers are one type."""

_ORDERS: Final[dict[Operator, Callable[..., bool]]] = {
    Operator.GT: operator.gt,
    Operator.GTE: operator.ge,
    Operator.LT: operator.lt,
    Operator.LTE: operator.le,
}
_ORDERED: Final = frozenset({"number", "instant", "text"})


class Verdict(StrEnum):
    """What is known of an asset and a node."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, holds: bool) -> Verdict:
        """Give the verdict of something that is known."""
        return cls.TRUE if holds else cls.FALSE


def verdict(condition: Condition, found: Sequence[JsonValue] | None, *, case_sensitive: bool, now: datetime) -> Verdict:
    """Tell whether a condition holds.

    Args:
        condition: Muted or not.
        found: The values at its field; None where they are not known.
        case_sensitive: How text compares.
        now: What relative times count from.

    Returns:
        Unknown where the field is not known, and for `text` on a text: what counts as a word is the service's matter.
    """
    if found is None:
        return Verdict.UNKNOWN
    items = list(elements(found))
    match condition.operator:
        case Operator.EXISTS:
            return Verdict.of(bool(found) is condition.value)
        case Operator.IS_NULL:
            return Verdict.of((not found or None in items) is condition.value)
        case Operator.TEXT:
            return Verdict.UNKNOWN if any(isinstance(item, str) for item in items) else Verdict.FALSE
    operands = [value.at(now) if isinstance(value, RelativeTime) else value for value in condition.operands]
    wanted = [other for value in operands if (other := comparable(value, case_sensitive=case_sensitive))]
    there = [other for item in items if (other := comparable(item, case_sensitive=case_sensitive))]
    if condition.operator in _ORDERS:
        return Verdict.of(any(_ordered(condition.operator, one, other) for one in there for other in wanted))
    equal = not set(wanted).isdisjoint(there)
    return Verdict.of(equal is (condition.operator in {Operator.EQ, Operator.IN}))


def comparable(value: JsonValue, *, case_sensitive: bool) -> Comparable | None:
    """Give what is compared of a value; None for an object or a list, which equal nothing.

    Dates compare as instants, and numbers across int and float; booleans are not numbers.
    """
    match value:
        case None:
            return "null", None
        case bool():
            return "boolean", value
        case int() | float():
            return "number", value
        case str():
            if (moment := instant(value)) is not None:
                return "instant", moment
            return "text", value if case_sensitive else value.casefold()
        case _:
            return None


def _ordered(how: Operator, left: Comparable, right: Comparable) -> bool:
    return left[0] == right[0] and left[0] in _ORDERED and _ORDERS[how](left[1], right[1])
