"""A filter's JSON while it is being edited: JSON has no muted nodes and no relative times, and must not cost them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from peekui.filters.meaning import active, counts
from peekui.filters.moments import RelativeTime
from peekui.filters.nodes import ORDERING, Condition, Group
from peekui.filters.paths import walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from peekui.filters.nodes import Node

__all__ = ["Carried", "carried_over", "unwritten"]


@dataclass(frozen=True, slots=True)
class Carried:
    """A tree read from edited JSON, with what JSON cannot hold put back where the JSON is as it was.

    Attributes:
        tree: Means what the JSON says.
        muted: Muted nodes that had no place in it any more.
        times: Relative times that had none.
    """

    tree: Group
    muted: int = 0
    times: tuple[RelativeTime, ...] = ()


def unwritten(tree: Group) -> tuple[int, tuple[RelativeTime, ...]]:
    """Give what JSON cannot hold of a tree: how many muted nodes, and which relative times."""
    muted = sum(node.muted for _, node in walk(tree))
    return muted, tuple(_times(tree))


def carried_over(before: Group, now: datetime, after: Group) -> Carried:
    """Put muted nodes and relative times of a tree into what its JSON was edited to.

    Nodes are taken for the same when their JSON is, one list at a time. A muted node stays behind the node it stood
    behind; a relative time stays where the instant it became does.

    Args:
        before: The tree that the JSON was made from.
        now: What its relative times counted from in the JSON.
        after: The tree that the edited JSON says.
    """
    tree = _merged(before, now, after)
    muted, times = unwritten(before)
    left, kept = unwritten(tree)
    return Carried(tree, max(muted - left, 0), tuple((Counter(times) - Counter(kept)).elements()))


def _merged(before: Group, now: datetime, after: Group) -> Group:
    if _written(before, now) == after:
        return before
    if not after.children or not counts(before):  # with muted nodes alone it would no longer count
        return after
    return replace(after, children=tuple(_merged_lists(before, now, after)))


def _merged_lists(before: Group, now: datetime, after: Group) -> Iterator[Node]:
    first, rows = _rows(before)
    yield from first
    old = [_written(row.node, now) for row in rows]
    matcher = SequenceMatcher(None, old, after.children, autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        left = rows[start:end]
        for new in after.children[new_start:new_end]:
            row = next((row for row in left if _akin(row.node, new)), None)
            if row is None:
                yield new
                continue
            left.remove(row)
            yield _like(row.node, now, new)
            yield from row.hidden
        for row in left:
            yield from row.hidden


class _Row(NamedTuple):
    """A node that is in the JSON, and those behind it that are not."""

    node: Node
    hidden: list[Node]


def _rows(group: Group) -> tuple[list[Node], list[_Row]]:
    """Give what is hidden before the first node that is in the JSON, and the rows."""
    first: list[Node] = []
    rows: list[_Row] = []
    for child in group.children:
        if counts(child):
            rows.append(_Row(child, []))
        else:
            (rows[-1].hidden if rows else first).append(child)
    return first, rows


def _akin(before: Node, after: Node) -> bool:
    """Say whether one may have been edited into the other: groups, or conditions on one field."""
    if isinstance(before, Condition) and isinstance(after, Condition):
        return before.key == after.key
    return isinstance(before, Group) and isinstance(after, Group)


def _like(before: Node, now: datetime, after: Node) -> Node:
    """Give what stands in the place of a node, with as much of the old one as says the same."""
    if isinstance(before, Group) and isinstance(after, Group):
        return _merged(before, now, after)
    if isinstance(before, Condition) and isinstance(after, Condition):
        time = before.value
        if isinstance(time, RelativeTime) and after.value == time.at(now) and after.operator in ORDERING:
            return replace(after, value=time)
    return after


def _written(node: Node, now: datetime) -> Node:
    """Give a node that counts as its JSON reads."""
    if isinstance(node, Condition):
        return replace(node, value=node.value.at(now)) if isinstance(node.value, RelativeTime) else node
    kept = active(node)
    return replace(kept, children=tuple(_written(child, now) for child in kept.children))


def _times(tree: Group) -> Iterator[RelativeTime]:
    for _, node in walk(tree):
        if isinstance(node, Condition) and isinstance(node.value, RelativeTime):
            yield node.value
