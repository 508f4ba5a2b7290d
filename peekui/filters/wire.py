"""Filters as the API's JSON, both ways (mixpeek-api.md, section 6)."""

from __future__ import annotations

from typing import TypeAlias, cast

from peekui.filters.nodes import Condition, Group, JsonValue, Kind, Node, Operator

__all__ = ["FilterShapeError", "from_json", "to_json"]

Path: TypeAlias = tuple[str | int, ...]

_VALUELESS = {Operator.IS_NULL, Operator.EXISTS}
_LIST_VALUED = {Operator.IN, Operator.NIN}
_ALIASES = {"neq": "ne"}
MAX_DEPTH = 20
"""Logical objects inside one another, the outermost counted (an own limit: section 6 names none)."""


class FilterShapeError(ValueError):
    """JSON that is not a filter.

    Attributes:
        path: Where in the JSON, as keys and list indexes.
        reason: One sentence without a full stop.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{'.'.join(map(str, path)) or 'filter'}: {reason}")
        self.path = path
        self.reason = reason


def to_json(group: Group) -> dict[str, JsonValue]:
    """Give the logical object for a group.

    Args:
        group: Any group.

    Returns:
        A JSON object with exactly one of AND, OR, NOR, and `case_sensitive` where the group sets it.
    """
    answer: dict[str, JsonValue] = {}
    if group.case_sensitive is not None:
        answer["case_sensitive"] = group.case_sensitive
    answer[group.kind.value] = [_node_to_json(child) for child in group.children]
    return answer


def _node_to_json(node: Node) -> JsonValue:
    if isinstance(node, Group):
        return to_json(node)
    return {"key": node.key, "operator": node.operator.value, "value": node.value}


def from_json(data: object) -> Group:
    """Read a logical object.

    An object with several of AND, OR and NOR becomes an AND group: the conditions of its AND list, then a group
    for its OR and its NOR list, which is what section 6 says such an object means.

    Args:
        data: Decoded JSON.

    Returns:
        The same filter as a tree.

    Raises:
        FilterShapeError: The data is not a logical object, or nests deeper than 20.
    """
    node = _read(data, (), 1)
    if isinstance(node, Condition):
        raise FilterShapeError((), "expected an object with AND, OR or NOR, found a single condition")
    return node


def _read(data: object, path: Path, depth: int) -> Node:
    if not isinstance(data, dict):
        raise FilterShapeError(path, f"expected an object, found {_name(data)}")
    if "key" in data:
        return _read_condition(data, path)
    return _read_group(data, path, depth)


def _read_group(data: dict[str, object], path: Path, depth: int) -> Group:
    if depth > MAX_DEPTH:
        raise FilterShapeError(path, f"nested deeper than {MAX_DEPTH}")
    unknown = sorted(set(data) - {"case_sensitive", *Kind})
    if unknown:
        raise FilterShapeError((*path, unknown[0]), "unknown key; expected AND, OR, NOR, case_sensitive or key")
    case_sensitive = data.get("case_sensitive")
    if case_sensitive is not None and not isinstance(case_sensitive, bool):
        raise FilterShapeError((*path, "case_sensitive"), f"expected a boolean, found {_name(case_sensitive)}")
    lists: dict[Kind, tuple[Node, ...]] = {}
    for kind in Kind:
        items = data.get(kind)
        if items is None:
            continue
        if not isinstance(items, list):
            raise FilterShapeError((*path, kind), f"expected a list, found {_name(items)}")
        lists[kind] = tuple(_read(item, (*path, kind, index), depth + 1) for index, item in enumerate(items))
    if len(lists) == 1:
        [(only, children)] = lists.items()
        return Group(only, children, case_sensitive)
    own = lists.pop(Kind.AND, ())
    return Group(Kind.AND, own + tuple(Group(kind, nodes) for kind, nodes in lists.items()), case_sensitive)


def _read_condition(data: dict[str, object], path: Path) -> Condition:
    unknown = sorted(set(data) - {"key", "operator", "value"})
    if unknown:
        raise FilterShapeError((*path, unknown[0]), "unknown key in a condition; expected key, operator, value")
    key = data["key"]
    if not isinstance(key, str) or not key:
        raise FilterShapeError((*path, "key"), "expected the name of a field")
    named = data.get("operator", Operator.EQ)
    try:
        operator = Operator(_ALIASES.get(str(named), str(named)))
    except ValueError:
        known = ", ".join(Operator)
        raise FilterShapeError((*path, "operator"), f"unknown operator; expected one of {known}") from None
    value = data.get("value", True if operator in _VALUELESS else None)
    if operator in _VALUELESS and not isinstance(value, bool):
        raise FilterShapeError((*path, "value"), f"{operator} takes a boolean, found {_name(value)}")
    if operator in _LIST_VALUED and not isinstance(value, list):
        raise FilterShapeError((*path, "value"), f"{operator} takes a list, found {_name(value)}")
    return Condition(key, operator, cast("JsonValue", value))


def _name(value: object) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a string",
        bool: "a boolean",
        int: "a number",
        float: "a number",
    }
    return "null" if value is None else names.get(type(value), type(value).__name__)
