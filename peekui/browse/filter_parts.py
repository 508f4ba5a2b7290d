"""The parts a filter is read by: what stands at its root, as pills show it and as quick keys change it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from peekui.filters import edits
from peekui.filters.group_checks import MAX_CONDITIONS
from peekui.filters.nodes import Condition, Group, Kind, Operator, TooDeep

if TYPE_CHECKING:
    from peekui.filters.nodes import Node
    from peekui.filters.paths import Path

__all__ = ["FAILED", "PartRefused", "has_part", "parts", "with_part", "with_toggled"]

FAILED = Condition("status", Operator.EQ, "FAILED")
"""Failed assets; comparison is insensitive to case unless a group says otherwise (mixpeek-api.md, section 6)."""


class PartRefused(ValueError):
    """A filter takes no further part; the text is the reason, to follow a colon."""


def parts(tree: Group | None) -> tuple[tuple[Path, Node], ...]:
    """Give the parts of a filter with their paths: what all of must hold, else the filter as a whole."""
    if tree is None:
        return ()
    if tree.kind is Kind.AND and not tree.muted and tree.case_sensitive is None:
        return tuple(((index,), child) for index, child in enumerate(tree.children))
    return (((), tree),)


def with_part(tree: Group | None, node: Node) -> Group:
    """Ask for one thing more.

    Args:
        tree: The filter so far.
        node: What is to hold beside it.

    Raises:
        PartRefused: There are as many parts as a list holds already (section 2), or they nest too deep.
    """
    children = [child for _, child in parts(tree)]
    if len(children) >= MAX_CONDITIONS:
        raise PartRefused(f"it has {len(children):,} parts, and a list holds at most {MAX_CONDITIONS}")
    try:
        return Group(Kind.AND, (*children, node))
    except TooDeep as error:
        raise PartRefused(str(error)) from error


def has_part(tree: Group | None, condition: Condition) -> bool:
    """Say whether a condition is a part of the filter that counts; text is the same in any case."""
    return any(_same(node, condition) and not node.muted for _, node in parts(tree))


def with_toggled(tree: Group | None, condition: Condition) -> Group:
    """Take a condition away where it is a part of the filter, else add it; a muted one counts again.

    Raises:
        PartRefused: See `with_part`.
    """
    place = next(((path, node) for path, node in parts(tree) if _same(node, condition)), None)
    if tree is None or place is None:
        return with_part(tree, condition)
    path, node = place
    return (edits.mute(tree, path) if node.muted else edits.remove(tree, path)).tree


def _same(node: Node, condition: Condition) -> bool:
    return isinstance(node, Condition) and _folded(node) == _folded(condition)


def _folded(condition: Condition) -> Condition:
    value = condition.value.casefold() if isinstance(condition.value, str) else condition.value
    return replace(condition, value=value, muted=False)
