"""Filters as the API's JSON, both ways (mixpeek-api.md, section 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias, cast

from peekui.filters.meaning import active
from peekui.filters.moments import RelativeTime, now_or
from peekui.filters.nodes import VALUELESS, BadCondition, Condition, Group, JsonValue, Kind, Node, Operator, json_type

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["MAX_DEPTH", "FilterShapeError", "JsonPath", "from_json", "json_lists", "to_json"]

JsonPath: TypeAlias = tuple[str | int, ...]

_ALIASES = {"neq": "ne"}
MAX_DEPTH: Final = 20
"""Logical objects inside one another, the outermost counted (an own limit: section 6 names none)."""


class FilterShapeError(ValueError):
    """JSON that is not a filter.

    Attributes:
        path: Where in the JSON, as keys and list indexes.
        reason: One sentence without a full stop.
    """

    def __init__(self, path: JsonPath, reason: str) -> None:
        super().__init__(f"{'.'.join(map(str, path)) or 'filter'}: {reason}")
        self.path = path
        self.reason = reason


def to_json(group: Group, now: datetime | None = None) -> dict[str, JsonValue]:
    """Give the logical object for a group.

    An AND group that ends in an OR group, a NOR group or both becomes one object with several lists, where that says
    the same in less. `from_json` gives the same tree back, but for what JSON cannot hold: muted nodes are left out,
    and relative times become instants.

    Args:
        group: Any group.
        now: What relative times count from; None is the current time.
    """
    return _object(active(group), now_or(now))


def json_lists(group: Group) -> dict[Kind, tuple[Node, ...]]:
    """Give the lists of the object that a group without muted nodes is written as."""
    children = group.children
    lists: dict[Kind, tuple[Node, ...]] = {}
    if group.kind is Kind.AND:
        for kind in (Kind.NOR, Kind.OR):
            last = children[-1] if children else None
            if isinstance(last, Group) and last.kind is kind and last.case_sensitive is None:
                lists[kind] = last.children
                children = children[:-1]
        if not children and len(lists) == 1:  # a single list would be read as the inner group
            return {Kind.AND: group.children}
    if children or not lists:
        lists[group.kind] = children
    return {kind: lists[kind] for kind in Kind if kind in lists}


def _object(group: Group, now: datetime) -> dict[str, JsonValue]:
    answer: dict[str, JsonValue] = {}
    if group.case_sensitive is not None:
        answer["case_sensitive"] = group.case_sensitive
    for kind, nodes in json_lists(group).items():
        answer[kind.value] = [_node(node, now) for node in nodes]
    return answer


def _node(node: Node, now: datetime) -> JsonValue:
    if isinstance(node, Group):
        return _object(node, now)
    value = node.value.at(now) if isinstance(node.value, RelativeTime) else node.value
    return {"key": node.key, "operator": node.operator.value, "value": value}


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


def _read(data: object, path: JsonPath, depth: int) -> Node:
    if not isinstance(data, dict):
        raise FilterShapeError(path, f"expected an object, found {json_type(data)}")
    if "key" in data:
        return _read_condition(data, path)
    return _read_group(data, path, depth)


def _read_group(data: dict[str, object], path: JsonPath, depth: int) -> Group:
    if depth > MAX_DEPTH:
        raise FilterShapeError(path, f"nested deeper than {MAX_DEPTH}")
    unknown = sorted(set(data) - {"case_sensitive", *Kind})
    if unknown:
        raise FilterShapeError((*path, unknown[0]), "unknown key; expected AND, OR, NOR, case_sensitive or key")
    case_sensitive = data.get("case_sensitive")
    if case_sensitive is not None and not isinstance(case_sensitive, bool):
        raise FilterShapeError((*path, "case_sensitive"), f"expected a boolean, found {json_type(case_sensitive)}")
    lists: dict[Kind, tuple[Node, ...]] = {}
    for kind in Kind:
        items = data.get(kind)
        if items is None:
            continue
        if not isinstance(items, list):
            raise FilterShapeError((*path, kind), f"expected a list, found {json_type(items)}")
        lists[kind] = tuple(_read(item, (*path, kind, index), depth + 1) for index, item in enumerate(items))
    if len(lists) == 1:
        [(only, children)] = lists.items()
        return Group(only, children, case_sensitive)
    own = lists.pop(Kind.AND, ())
    return Group(Kind.AND, own + tuple(Group(kind, nodes) for kind, nodes in lists.items()), case_sensitive)


def _read_condition(data: dict[str, object], path: JsonPath) -> Condition:
    unknown = sorted(set(data) - {"key", "operator", "value"})
    if unknown:
        raise FilterShapeError((*path, unknown[0]), "unknown key in a condition; expected key, operator, value")
    key = data["key"]
    if not isinstance(key, str):
        raise FilterShapeError((*path, "key"), "expected the name of a field")
    named = data.get("operator", Operator.EQ)
    try:
        operator = Operator(_ALIASES.get(str(named), str(named)))
    except ValueError:
        known = ", ".join(Operator)
        raise FilterShapeError((*path, "operator"), f"unknown operator; expected one of {known}") from None
    value = data.get("value", True if operator in VALUELESS else None)
    try:
        return Condition(key, operator, cast("JsonValue", value))
    except BadCondition as error:
        raise FilterShapeError((*path, error.part), error.reason) from error
