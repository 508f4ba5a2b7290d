"""The filter tree: immutable conditions and groups (mixpeek-api.md, section 6)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from peekui.filters.moments import RelativeTime

__all__ = [
    "LIST_VALUED",
    "MAX_TREE_DEPTH",
    "ORDERING",
    "VALUELESS",
    "BadCondition",
    "Condition",
    "Group",
    "JsonScalar",
    "JsonValue",
    "Kind",
    "Node",
    "Operator",
    "TooDeep",
    "Value",
    "json_type",
]

JsonScalar: TypeAlias = str | int | float | bool | None
JsonValue: TypeAlias = "JsonScalar | list[JsonValue] | dict[str, JsonValue]"
Value: TypeAlias = "JsonValue | RelativeTime"

MAX_TREE_DEPTH: Final = 100
"""Groups inside one another, and lists inside one value: every function on trees may recurse."""


class Operator(StrEnum):
    """How a condition compares, by the names the API uses."""

    EQ = "eq"
    NE = "ne"
    GT = "gt"
    LT = "lt"
    GTE = "gte"
    LTE = "lte"
    IN = "in"
    NIN = "nin"
    IS_NULL = "is_null"
    TEXT = "text"
    EXISTS = "exists"


VALUELESS: Final = frozenset({Operator.IS_NULL, Operator.EXISTS})
"""Operators whose value only says yes or no."""
LIST_VALUED: Final = frozenset({Operator.IN, Operator.NIN})
ORDERING: Final = frozenset({Operator.GT, Operator.GTE, Operator.LT, Operator.LTE})


class Kind(StrEnum):
    """What a group asks of its children: all of them, at least one, or none."""

    AND = "AND"
    OR = "OR"
    NOR = "NOR"


class BadCondition(ValueError):
    """A condition that says nothing.

    Attributes:
        part: What is wrong: `key` or `value`.
        reason: One sentence without a full stop.
    """

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part
        self.reason = reason


class TooDeep(ValueError):
    """Groups are nested deeper than `MAX_TREE_DEPTH`."""

    def __init__(self) -> None:
        super().__init__(f"groups nest deeper than {MAX_TREE_DEPTH}")


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """One comparison of a field with a value.

    Two conditions are equal when they say the same in JSON: `1`, `1.0` and `true` differ.

    Attributes:
        key: Dotted field name; `[]` after a name reaches into a list (`entities[].node`).
        operator: How to compare.
        value: JSON value as sent: a list for `in` and `nin`, a boolean for `exists` and `is_null`, a string for
            `text`. The order operators also take a time relative to now.
        muted: Kept and shown, but no part of what the filter means.

    Raises:
        BadCondition: The key is empty, or the value is none that the operator can have.
    """

    key: str
    operator: Operator = Operator.EQ
    value: Value = None
    muted: bool = False

    def __post_init__(self) -> None:
        if not self.key:
            raise BadCondition("key", "expected the name of a field")
        _check_value(self.operator, self.value)

    @property
    def operands(self) -> list[Value]:
        """What the field is compared with: the members of the list of `in` and `nin`, else the value."""
        if self.operator in LIST_VALUED and isinstance(self.value, list):
            return list(self.value)
        return [self.value]

    def __eq__(self, other: object) -> bool:
        return self._said() == other._said() if isinstance(other, Condition) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._said())

    def _said(self) -> tuple[str, Operator, str, bool]:
        return (self.key, self.operator, repr(self.value), self.muted)


@dataclass(frozen=True, slots=True)
class Group:
    """A list of nodes and what is asked of them.

    Attributes:
        kind: AND matches when all children do, OR when at least one does, NOR when none does.
        children: Conditions and groups, in the order they were written. An empty list does not constrain.
        case_sensitive: How strings below compare; None inherits, and at the root means insensitive.
        muted: Kept and shown, but no part of what the filter means.
        depth: Groups inside one another, this one counted.

    Raises:
        TooDeep: `depth` would be more than `MAX_TREE_DEPTH`.
    """

    kind: Kind
    children: tuple[Node, ...] = ()
    case_sensitive: bool | None = None
    muted: bool = False
    depth: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        depth = 1 + max((child.depth for child in self.children if isinstance(child, Group)), default=0)
        if depth > MAX_TREE_DEPTH:
            raise TooDeep
        object.__setattr__(self, "depth", depth)


Node: TypeAlias = Condition | Group


def _check_value(operator: Operator, value: Value) -> None:
    if operator in VALUELESS and not isinstance(value, bool):
        raise BadCondition("value", f"{operator} takes a boolean, found {json_type(value)}")
    if operator in LIST_VALUED and not isinstance(value, list):
        raise BadCondition("value", f"{operator} takes a list, found {json_type(value)}")
    if operator is Operator.TEXT and not isinstance(value, str):
        raise BadCondition("value", f"{operator} takes a string, found {json_type(value)}")
    if isinstance(value, RelativeTime):
        if operator not in ORDERING:
            raise BadCondition("value", "a relative time is compared by > >= < or <=")
        return
    if isinstance(value, (float, list, dict)):
        _check_json(value)


def _check_json(value: JsonValue) -> None:
    waiting = [(value, 0)]
    while waiting:
        item, depth = waiting.pop()
        match item:
            case None | str() | int():
                continue
            case float():
                if not math.isfinite(item):
                    raise BadCondition("value", "a number is finite in JSON")
            case list() | dict() if depth < MAX_TREE_DEPTH:
                inner = item.values() if isinstance(item, dict) else item
                waiting.extend((child, depth + 1) for child in inner)
            case list() | dict():
                raise BadCondition("value", f"the value nests deeper than {MAX_TREE_DEPTH}")
            case _:
                raise BadCondition("value", f"expected JSON, found {json_type(item)}")


def json_type(value: object) -> str:
    """Name the type of a JSON value, as in `found a list`."""
    names = {dict: "an object", list: "a list", str: "a string", bool: "a boolean", int: "a number", float: "a number"}
    return "null" if value is None else names.get(type(value), type(value).__name__)
