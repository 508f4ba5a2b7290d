"""What can be wrong with a group on its own: nothing in it, too much, or the same twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from peekui.filters.expression.printing import to_expression
from peekui.filters.meaning import active, counts
from peekui.filters.nodes import Condition, Group, Kind, Operator
from peekui.filters.paths import put
from peekui.filters.problems import Fix, Problem, Trouble, removing, removing_truism, replacing
from peekui.filters.wire import json_lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peekui.filters.nodes import JsonValue, Node
    from peekui.filters.paths import Path

__all__ = ["MAX_CONDITIONS", "group_problems"]

MAX_CONDITIONS: Final = 20
"""In one AND, OR or NOR list (mixpeek-api.md, section 2)."""

_SAME_AS_LIST: Final = {
    Kind.AND: (Operator.NE, Operator.NIN),
    Kind.OR: (Operator.EQ, Operator.IN),
    Kind.NOR: (Operator.EQ, Operator.IN),
}
"""Operators whose conditions on one field say together what one condition with a list says."""


_EMPTY: Final = {
    Kind.AND: "an empty group says nothing",
    Kind.OR: "an empty group matches everything, and so the group around it does",
    Kind.NOR: "an empty group matches everything, and so nothing passes the group around it",
}


def group_problems(group: Group, path: Path, parent: Group | None) -> Iterator[Problem]:
    """Give the problems of a group.

    Args:
        group: One that is not muted.
        path: Where it is.
        parent: The group around it; None for the root, which may be empty.
    """
    if not group.children and parent is not None:
        yield Problem(path, Trouble.EMPTY_GROUP, _EMPTY[parent.kind], removing_truism(path, parent))
    listed = _listed(group)
    if listed > MAX_CONDITIONS:
        reason = f"a list holds at most {MAX_CONDITIONS} conditions, and this one {listed:,}"
        yield Problem(path, Trouble.TOO_MANY, reason, _shortening(group, path))
    yield from _duplicates(group, path)


def _duplicates(group: Group, path: Path) -> Iterator[Problem]:
    met: set[Node] = set()
    for index, child in enumerate(group.children):
        if not counts(child):
            continue
        if child in met:
            place = (*path, index)
            reason = f"{to_expression(child)} stands here twice"
            yield Problem(place, Trouble.DUPLICATE, reason, removing(place, keeps_meaning=True))
        met.add(child)


def _listed(group: Group) -> int:
    """Count what the group's own list holds when it is sent."""
    if len(group.children) <= MAX_CONDITIONS:
        return 0
    return len(json_lists(active(group)).get(group.kind, ()))


def _shortening(group: Group, path: Path) -> Fix:
    listed = replace(group, children=_with_lists(group))
    if _listed(listed) <= MAX_CONDITIONS:
        return replacing(path, listed, "put values of one field into a list", keeps_meaning=True)

    def split(tree: Group) -> Group:
        return put(tree, path, replace(group, children=_split(group)))

    return Fix(f"split it into groups of {MAX_CONDITIONS}", split, keeps_meaning=True)


def _with_lists(group: Group) -> tuple[Node, ...]:
    """Put conditions that a list says as well into the first of them."""
    single, several = _SAME_AS_LIST[group.kind]
    places: dict[str, int] = {}
    children: list[Node] = []
    for child in group.children:
        values = _values(child, single, several)
        if not isinstance(child, Condition) or values is None:
            children.append(child)
            continue
        place = places.setdefault(child.key, len(children))
        before = children[place] if place < len(children) else None
        if isinstance(before, Condition):
            children[place] = Condition(child.key, several, [*(_values(before, single, several) or []), *values])
        else:
            children.append(child)
    return tuple(children)


def _values(node: Node, single: Operator, several: Operator) -> list[JsonValue] | None:
    if not isinstance(node, Condition) or node.muted:
        return None
    if node.operator is several and isinstance(node.value, list):
        return node.value
    if node.operator is single and isinstance(node.value, (str, int, float, bool, type(None))):
        return [node.value]
    return None


def _split(group: Group) -> tuple[Node, ...]:
    inner = Kind.OR if group.kind is Kind.NOR else group.kind
    children = group.children
    while len(children) > MAX_CONDITIONS:
        starts = range(0, len(children), MAX_CONDITIONS)
        children = tuple(Group(inner, children[start : start + MAX_CONDITIONS]) for start in starts)
    return children
