"""A filter while it is being built: the tree, the node in hand, undo, and what is known of each node so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from peekui.api.observable import Observable
from peekui.filters.checks import check
from peekui.filters.history import History
from peekui.filters.nodes import Group, Kind
from peekui.filters.paths import at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from peekui.filters.comparing import Verdict
    from peekui.filters.edits import Edit
    from peekui.filters.nodes import Node
    from peekui.filters.paths import Path
    from peekui.filters.problems import Problem
    from peekui.filters.schema import Schema

__all__ = ["NOTHING", "FilterDraft", "NodeNote"]

NOTHING = Group(Kind.AND)
"""The tree of no filter at all."""


@dataclass(frozen=True, slots=True)
class NodeNote:
    """What was found out about one node; drawn beside it.

    Attributes:
        text: Such as `alone 1,377   −173`, or the value an asset has there.
        verdict: Whether the asset in question matches the node; None where no asset is in question.
    """

    text: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True)
class _State:
    tree: Group
    path: Path = field(compare=False)


class FilterDraft(Observable):
    """The one state behind the tree, the editor of a node and the texts: each draws it, and changes it here.

    Attributes:
        schema: What is known of the fields.
        notes: What is known of the nodes of this very tree, by path; empty again once the tree changes.
        total: Assets that match this very tree; None while that is not known.
        inserting: Where a condition goes that is still being said; None when none is.
    """

    def __init__(self, tree: Group | None, schema: Schema) -> None:
        """Begin.

        Args:
            tree: The filter to change, None for none yet.
            schema: What is known of the fields.
        """
        super().__init__()
        self.schema = schema
        self.notes: Mapping[Path, NodeNote] = {}
        self.total: int | None = None
        self.inserting: Path | None = None
        self._problems: Mapping[Path, Sequence[Problem]] | None = None
        self._history = History(_State(tree or NOTHING, ()))

    @property
    def tree(self) -> Group:
        """The filter as it is now."""
        return self._history.current.tree

    @property
    def path(self) -> Path:
        """Where the node in hand is."""
        return self._history.current.path

    @property
    def node(self) -> Node:
        """The node in hand."""
        return at(self.tree, self.path)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the filter, in the order of reading; nothing until it was checked."""
        return tuple(problem for several in (self._problems or {}).values() for problem in several)

    @property
    def checked(self) -> bool:
        """Whether this very tree was looked at for problems."""
        return self._problems is not None

    def problems_at(self, path: Path) -> Sequence[Problem]:
        """Give what is wrong with a node."""
        return (self._problems or {}).get(path, ())

    @property
    def problems_in_hand(self) -> Sequence[Problem]:
        """What is wrong with the node in hand; nothing with a condition that is still being said."""
        return self.problems_at(self.path) if self.inserting is None else ()

    def check(self) -> None:
        """Look for what is wrong: 10 ms for 2,000 nodes, so not on every key."""
        found: dict[Path, list[Problem]] = {}
        for problem in check(self.tree, self.schema):
            found.setdefault(problem.path, []).append(problem)
        self._problems = found
        self._tell()

    def select(self, path: Path) -> None:
        """Take another node in hand; LookupError where there is none."""
        at(self.tree, path)
        if path != self.path or self.inserting is not None:
            self._history.current = _State(self.tree, path)
            self.inserting = None
            self._tell()

    def begin_condition(self) -> None:
        """Make room for a condition: last in the group in hand, or behind the condition in hand.

        An edit takes the place; taking a node in hand gives it up.
        """
        path, node = self.path, self.node
        self.inserting = (*path, len(node.children)) if isinstance(node, Group) else (*path[:-1], path[-1] + 1)
        self._tell()

    def apply(self, edit: Edit) -> None:
        """Take the tree after an edit, and the node it was about in hand."""
        if edit.tree == self.tree:
            self.select(edit.path)
            return
        self._history.push(_State(edit.tree, edit.path))
        self._changed()

    def replace(self, tree: Group, *, amend: bool = False) -> None:
        """Take another tree, as from a text; the node in hand is the one at the same place, or the nearest above.

        Args:
            tree: The tree.
            amend: It takes the place of the tree of now in the history: what is typed in one go is undone in one go.
        """
        path = self.path
        while path and not _has(tree, path):
            path = path[:-1]
        if tree == self.tree:
            return
        if amend:
            self._history.current = _State(tree, path)
        else:
            self._history.push(_State(tree, path))
        self._changed()

    def undo(self) -> bool:
        """Go back to the tree before; False when there is none."""
        return self._moved(self._history.undo())

    def redo(self) -> bool:
        """Take the last undo back; False when there is none."""
        return self._moved(self._history.redo())

    def note(self, notes: Mapping[Path, NodeNote]) -> None:
        """Show what was found out about the nodes of the tree of now."""
        self.notes = notes
        self._tell()

    def count(self, total: int | None) -> None:
        """Show how many assets match the tree of now."""
        self.total = total
        self._tell()

    def learn(self, schema: Schema) -> None:
        """Take in what became known of the fields."""
        self.schema = schema
        self._problems = None
        self._tell()

    def _moved(self, moved: bool) -> bool:
        if moved:
            self._changed()
        return moved

    def _changed(self) -> None:
        self.notes, self.total, self.inserting, self._problems = {}, None, None, None
        self._tell()


def _has(tree: Group, path: Path) -> bool:
    try:
        at(tree, path)
    except LookupError:
        return False
    return True
