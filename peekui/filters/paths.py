"""Places in a tree: a path is the child's index at each level, and the root's is empty."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from peekui.filters.nodes import Group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peekui.filters.nodes import Node

__all__ = ["Path", "at", "group_at", "put", "walk"]

Path: TypeAlias = tuple[int, ...]


def at(tree: Group, path: Path) -> Node:
    """Give the node at a path.

    Raises:
        LookupError: There is none.
    """
    node: Node = tree
    for index in path:
        if not isinstance(node, Group) or not 0 <= index < len(node.children):
            raise LookupError(f"the tree has no node at {path}")
        node = node.children[index]
    return node


def group_at(tree: Group, path: Path) -> Group:
    """Give the group at a path.

    Raises:
        LookupError: There is none.
    """
    node = at(tree, path)
    if not isinstance(node, Group):
        raise LookupError(f"the node at {path} is no group")  # noqa: TRY004 - the path is wrong, not a type
    return node


def put(tree: Group, path: Path, group: Group) -> Group:
    """Give the tree with another group at the path of a group; everything beside the way there is shared.

    Raises:
        LookupError: There is no group at the path.
        TooDeep: See `Group`.
    """
    group_at(tree, path)
    for length in range(len(path) - 1, -1, -1):
        parent, index = group_at(tree, path[:length]), path[length]
        group = replace(parent, children=(*parent.children[:index], group, *parent.children[index + 1 :]))
    return group


def walk(tree: Group) -> Iterator[tuple[Path, Node]]:
    """Give every node with its path, in the order of reading, the root first."""
    waiting: list[tuple[Path, Node]] = [((), tree)]
    while waiting:
        path, node = waiting.pop()
        yield path, node
        if isinstance(node, Group):
            children = [((*path, index), child) for index, child in enumerate(node.children)]
            waiting.extend(reversed(children))
