"""Two filters side by side: what only the one matches, what both do, what only the other does."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from peekui.filters.group_checks import MAX_CONDITIONS
from peekui.filters.meaning import active, flattened, negated
from peekui.filters.nodes import Group, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peekui.filters.nodes import Node

__all__ = ["Side", "sides"]


class Side(StrEnum):
    """Where an asset stands between two filters."""

    ONLY_A = "only A"
    BOTH = "both"
    ONLY_B = "only B"


def sides(a: Group | None, b: Group | None) -> dict[Side, Group | None]:
    """Give a filter for each side. Every asset that A or B matches is matched by exactly one of them.

    Args:
        a: A filter; None, and one without anything that counts, matches everything.
        b: Another.

    Returns:
        By side; None where there is surely nothing, because the other filter matches everything. A filter without
        conditions matches everything.

    Raises:
        TooDeep: There is no room for the groups that it takes.
    """
    first, second = _meaning(a), _meaning(b)
    return {
        Side.ONLY_A: _without(first, second),
        Side.BOTH: _all_of(first, second),
        Side.ONLY_B: _without(second, first),
    }


def _meaning(tree: Group | None) -> Group:
    return active(tree) if tree else Group(Kind.AND)


def _without(one: Group, other: Group) -> Group | None:
    return _all_of(one, negated(other)) if other.children else None


def _all_of(*nodes: Node) -> Group:
    """Ask for all of them, as flat as the longest list that is taken allows (mixpeek-api.md, section 2)."""
    nested = Group(Kind.AND, tuple(node for node in _once(nodes) if not isinstance(node, Group) or node.children))
    flat = flattened(nested)
    flat = Group(flat.kind, tuple(_once(flat.children)), flat.case_sensitive)
    return flat if len(flat.children) <= MAX_CONDITIONS else nested


def _once(nodes: Iterable[Node]) -> Iterable[Node]:
    return dict.fromkeys(nodes)
