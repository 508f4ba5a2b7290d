"""What a builder does to a tree: each edit gives the new tree, and where the node it was about is now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from peekui.filters.meaning import flattened, negated
from peekui.filters.nodes import Group, Kind
from peekui.filters.paths import at, group_at, put

if TYPE_CHECKING:
    from peekui.filters.nodes import Node
    from peekui.filters.paths import Path

__all__ = [
    "Edit",
    "EditRefused",
    "change_kind",
    "duplicate",
    "flatten",
    "insert",
    "move",
    "mute",
    "negate",
    "remove",
    "set_case",
    "step_down",
    "step_up",
    "substitute",
    "unwrap",
    "wrap",
]


class EditRefused(ValueError):
    """An edit that has no meaning at this node; the text says why."""


class Edit(NamedTuple):
    """A tree after an edit.

    Attributes:
        tree: The new tree.
        path: Where the node that was edited is now; for one that is gone, its neighbour, else its parent.
    """

    tree: Group
    path: Path


def insert(tree: Group, path: Path, node: Node) -> Edit:
    """Put a node where a path says; what is there, and what follows in the same group, moves on by one.

    Raises:
        EditRefused: The path is the root's.
        LookupError: There is no group to hold it, or the index is beyond its end. So for all edits.
        TooDeep: The tree would be too deep. So for all edits.
    """
    parent, index = _split(path)
    if not 0 <= index <= len(group_at(tree, parent).children):
        raise LookupError(f"the tree has no place {path}")
    return Edit(_splice(tree, path, 0, node), path)


def remove(tree: Group, path: Path) -> Edit:
    """Take a node away.

    Raises:
        EditRefused: It is the root.
    """
    at(tree, path)
    edited = _splice(tree, path, 1)
    return Edit(edited, _at_or_before(edited, path))


def substitute(tree: Group, path: Path, node: Node) -> Edit:
    """Put a node in the place of another. A condition in place of the root goes into an all-of group."""
    if not path:
        return Edit(node, ()) if isinstance(node, Group) else Edit(Group(Kind.AND, (node,)), (0,))
    at(tree, path)
    return Edit(_splice(tree, path, 1, node), path)


def move(tree: Group, source: Path, target: Path) -> Edit:
    """Move a node, across any border.

    Args:
        tree: Any tree.
        source: The node.
        target: Where `insert` would put it, as paths are before the move.

    Raises:
        EditRefused: The node is the root, or the target is inside it.
    """
    node = at(tree, source)
    if target[: len(source)] == source and len(target) > len(source):
        raise EditRefused("a group cannot move into itself")
    emptied = remove(tree, source).tree
    return insert(emptied, _after_removal(target, source), node)


def step_up(tree: Group, path: Path) -> Edit:
    """Move a node up by one line: past a condition, into the end of a group, or out of its own group.

    Raises:
        EditRefused: It is the first already.
    """
    parent, index = _split(path)
    if index == 0:
        if not parent:
            raise EditRefused("it is at the top already")
        return move(tree, path, parent)
    above = at(tree, (*parent, index - 1))
    inside = (len(above.children),) if isinstance(above, Group) else ()
    return move(tree, path, (*parent, index - 1, *inside))


def step_down(tree: Group, path: Path) -> Edit:
    """Move a node down by one line: past a condition, into the start of a group, or out of its own group.

    Raises:
        EditRefused: It is the last already.
    """
    parent, index = _split(path)
    if index == len(group_at(tree, parent).children) - 1:
        if not parent:
            raise EditRefused("it is at the bottom already")
        return move(tree, path, (*parent[:-1], parent[-1] + 1))
    below = at(tree, (*parent, index + 1))
    return move(tree, path, (*parent, index + 1, 0) if isinstance(below, Group) else (*parent, index + 2))


def wrap(tree: Group, path: Path, kind: Kind = Kind.AND) -> Edit:
    """Put a node into a new group."""
    return substitute(tree, path, Group(kind, (at(tree, path),)))


def unwrap(tree: Group, path: Path) -> Edit:
    """Put the children of a group in its place; its kind and its comparison of case are gone.

    Raises:
        EditRefused: It is a condition, or a root that holds anything but one group.
    """
    group = at(tree, path)
    if not isinstance(group, Group):
        raise EditRefused("only a group can be unwrapped")
    if not path:
        if len(group.children) == 1 and isinstance(group.children[0], Group):
            return Edit(group.children[0], ())
        raise EditRefused("the outermost group can only give way to a single group")
    opened = _splice(tree, path, 1, *group.children)
    return Edit(opened, _at_or_before(opened, path))


def change_kind(tree: Group, path: Path, kind: Kind) -> Edit:
    """Have a group ask something else of its children."""
    return substitute(tree, path, replace(group_at(tree, path), kind=kind))


def set_case(tree: Group, path: Path, case_sensitive: bool | None) -> Edit:
    """Say how a group compares case; None inherits."""
    return substitute(tree, path, replace(group_at(tree, path), case_sensitive=case_sensitive))


def negate(tree: Group, path: Path) -> Edit:
    """Make a node match what it did not match (`meaning.negated`)."""
    return substitute(tree, path, negated(at(tree, path)))


def duplicate(tree: Group, path: Path) -> Edit:
    """Put a copy of a node behind it.

    Raises:
        EditRefused: It is the root.
    """
    parent, index = _split(path)
    return insert(tree, (*parent, index + 1), at(tree, path))


def mute(tree: Group, path: Path) -> Edit:
    """Leave a node out of the filter's meaning, or take it in again."""
    node = at(tree, path)
    return substitute(tree, path, replace(node, muted=not node.muted))


def flatten(tree: Group) -> Edit:
    """Merge groups where the meaning stays (`meaning.flattened`)."""
    return Edit(flattened(tree), ())


def _split(path: Path) -> tuple[Path, int]:
    if not path:
        raise EditRefused("the outermost group stays where it is")
    return path[:-1], path[-1]


def _splice(tree: Group, path: Path, taken: int, *nodes: Node) -> Group:
    """Put nodes in the place of so many others, from a path on."""
    parent, index = _split(path)
    group = group_at(tree, parent)
    children = (*group.children[:index], *nodes, *group.children[index + taken :])
    return put(tree, parent, replace(group, children=children))


def _at_or_before(tree: Group, path: Path) -> Path:
    """Give a path, or that of the last of its siblings, or that of the parent: the first that there is."""
    parent, index = _split(path)
    siblings = len(group_at(tree, parent).children)
    return (*parent, min(index, siblings - 1)) if siblings else parent


def _after_removal(path: Path, removed: Path) -> Path:
    level = len(removed) - 1
    if len(path) <= level or path[:level] != removed[:level] or path[level] <= removed[level]:
        return path
    return (*path[:level], path[level] - 1, *path[level + 1 :])
