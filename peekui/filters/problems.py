"""A problem of a filter: where, why, and what one key can do about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from peekui.filters.edits import remove, substitute
from peekui.filters.meaning import counts
from peekui.filters.nodes import Kind
from peekui.filters.paths import at

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.filters.nodes import Group, Node
    from peekui.filters.paths import Path

__all__ = ["Fix", "Problem", "Trouble", "muting", "removing", "removing_truism", "replacing"]


class Trouble(StrEnum):
    """What sort of problem it is."""

    UNKNOWN_KEY = "unknown key"
    NOT_INDEXED = "not indexed"
    WRONG_TYPE = "wrong type"
    OTHER_CASE = "other case"
    EMPTY_GROUP = "empty group"
    TOO_MANY = "too many"
    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"
    TAUTOLOGY = "tautology"


@dataclass(frozen=True, slots=True)
class Fix:
    """Something to do about a problem.

    Attributes:
        title: What it does, as a command.
        apply: Gives the mended tree, from the tree that was checked. TooDeep is raised where there is no room for a
            group that it takes.
        keeps_meaning: The mended filter matches exactly the same assets.
    """

    title: str
    apply: Callable[[Group], Group]
    keeps_meaning: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a node.

    Attributes:
        path: The node.
        trouble: The sort of problem.
        reason: One sentence without a full stop.
        fix: What one key can do about it.
    """

    path: Path
    trouble: Trouble
    reason: str
    fix: Fix


def muting(path: Path, *, keeps_meaning: bool = False) -> Fix:
    """Leave a node out of the filter's meaning."""

    def apply(tree: Group) -> Group:
        return substitute(tree, path, replace(at(tree, path), muted=True)).tree

    return Fix("mute it", apply, keeps_meaning)


def removing(path: Path, *, keeps_meaning: bool) -> Fix:
    """Take a node away."""
    return Fix("remove it", lambda tree: remove(tree, path).tree, keeps_meaning)


def removing_truism(path: Path, parent: Group) -> Fix:
    """Take a node away that everything matches."""
    others = [child for index, child in enumerate(parent.children) if index != path[-1]]
    # With nothing but muted nodes left, the parent would no longer count where it did.
    stays = not others or any(map(counts, others))
    return removing(path, keeps_meaning=parent.kind is Kind.AND and stays)


def replacing(path: Path, node: Node, title: str, *, keeps_meaning: bool = False) -> Fix:
    """Put another node in its place."""
    return Fix(title, lambda tree: substitute(tree, path, node).tree, keeps_meaning)
