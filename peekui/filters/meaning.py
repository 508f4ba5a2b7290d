"""What a tree means: the part of it that is not muted, its negation, and its flattest form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from peekui.filters.nodes import VALUELESS, Condition, Group, Kind, Operator

if TYPE_CHECKING:
    from peekui.filters.nodes import Node

__all__ = ["active", "counts", "flattened", "negated"]

_OPPOSITES: Final = {
    Operator.EQ: Operator.NE,
    Operator.NE: Operator.EQ,
    Operator.IN: Operator.NIN,
    Operator.NIN: Operator.IN,
}


def active(group: Group) -> Group:
    """Give a tree without its muted nodes.

    A group of which everything is muted goes as well, so that muting all of a group's conditions is the same as muting
    the group. A group that was empty stays: it does not constrain. With nothing left the answer is an empty group.
    """
    kept = _active(group)
    return kept if isinstance(kept, Group) else Group(Kind.AND)


def counts(node: Node) -> bool:
    """Tell whether a node is part of the meaning: it is not muted, and neither is all that it holds."""
    if node.muted:
        return False
    return isinstance(node, Condition) or not node.children or any(map(counts, node.children))


def _active(node: Node) -> Node | None:
    if node.muted:
        return None
    if isinstance(node, Condition) or not node.children:
        return node
    children = tuple(kept for child in node.children if (kept := _active(child)) is not None)
    if children == node.children:
        return node
    return replace(node, children=children) if children else None


def negated(node: Node) -> Node:
    """Give a node that matches what a node does not match, by De Morgan down to the conditions.

    A condition becomes one with the opposite operator; where there is none (an order, a text), it goes into a NOR group
    of its own, and negating that takes it out again.
    """
    if isinstance(node, Condition):
        return _negated_condition(node)
    if not node.children:  # it matches everything
        return Group(Kind.NOR, (replace(node, muted=False),), muted=node.muted)
    match node.kind:
        case Kind.NOR:
            if len(node.children) == 1 and node.case_sensitive is None:
                [only] = node.children
                return replace(only, muted=only.muted or node.muted)
            return replace(node, kind=Kind.OR)
        case Kind.AND:
            return replace(node, kind=Kind.OR, children=tuple(map(negated, node.children)))
        case Kind.OR:
            return replace(node, kind=Kind.AND, children=tuple(map(negated, node.children)))


def _negated_condition(condition: Condition) -> Node:
    if condition.operator in VALUELESS:
        return replace(condition, value=condition.value is False)
    if condition.operator in _OPPOSITES:
        return replace(condition, operator=_OPPOSITES[condition.operator])
    return Group(Kind.NOR, (replace(condition, muted=False),), muted=condition.muted)


def flattened(group: Group) -> Group:
    """Give the tree with the same meaning and the fewest groups that merging gives.

    All-of in all-of, any-of in any-of and any-of in none-of become one; a group of one is its child. Muted and empty
    groups stay as they are, and so do groups that compare case differently from what is around them.
    """
    if group.muted:
        return group
    flat = _flat(group, case_sensitive=False)
    return flat if isinstance(flat, Group) and not flat.muted else Group(Kind.AND, (flat,))


def _flat(node: Node, *, case_sensitive: bool) -> Node:
    if isinstance(node, Condition) or node.muted:
        return node
    own = case_sensitive if node.case_sensitive is None else node.case_sensitive
    marked = own != case_sensitive
    children: list[Node] = []
    for child in node.children:
        flat = _flat(child, case_sensitive=own)
        children.extend(flat.children if isinstance(flat, Group) and _merges(flat, node.kind) else [flat])
    if len(children) == 1 and node.kind is not Kind.NOR and not marked:
        return children[0]
    return Group(node.kind, tuple(children), node.case_sensitive if marked else None)


def _merges(inner: Group, kind: Kind) -> bool:
    if inner.muted or not inner.children or inner.case_sensitive is not None:
        return False
    return inner.kind is (Kind.OR if kind is Kind.NOR else kind)
