"""The filter tree: immutable conditions and groups (mixpeek-api.md, section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

__all__ = ["Condition", "Group", "JsonScalar", "JsonValue", "Kind", "Node", "Operator"]

JsonScalar: TypeAlias = str | int | float | bool | None
JsonValue: TypeAlias = "JsonScalar | list[JsonValue] | dict[str, JsonValue]"


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


class Kind(StrEnum):
    """What a group asks of its children: all of them, at least one, or none."""

    AND = "AND"
    OR = "OR"
    NOR = "NOR"


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of a field with a value.

    Attributes:
        key: Dotted field name; `[]` after a name reaches into a list (`entities[].node`).
        operator: How to compare.
        value: JSON value as sent; a list for `in` and `nin`, a boolean for `exists` and `is_null`.
    """

    key: str
    operator: Operator = Operator.EQ
    value: JsonValue = None


@dataclass(frozen=True, slots=True)
class Group:
    """A list of nodes and what is asked of them.

    Attributes:
        kind: AND matches when all children do, OR when at least one does, NOR when none does.
        children: Conditions and groups, in the order they were written. An empty list does not constrain.
        case_sensitive: How strings below compare; None inherits, and at the root means insensitive.
    """

    kind: Kind
    children: tuple[Node, ...] = ()
    case_sensitive: bool | None = None


Node: TypeAlias = Condition | Group
