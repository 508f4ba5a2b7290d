"""A filter tree as rows: one a node, with the lines that lead to it, and where a node dragged onto a row would land."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from peekui.filters.nodes import Group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.filters.nodes import Node
    from peekui.filters.paths import Path

__all__ = ["Landing", "TreeRow", "landing", "tree_rows"]


class TreeRow(NamedTuple):
    """One row.

    Attributes:
        path: Of the node; of a place for a new one, where it will go.
        node: What is there; None for a place.
        lines: What leads to it, such as `│  ├─ `.
        muted: It, or a group it is in, is muted.
    """

    path: Path
    node: Node | None
    lines: str
    muted: bool


class Landing(NamedTuple):
    """Where a node that is let go would be.

    Attributes:
        path: As `edits.move` takes it.
        words: The same, beside the row it is held over.
    """

    path: Path
    words: str


def tree_rows(tree: Group, inserting: Path | None = None) -> list[TreeRow]:
    """Lay a tree out, in the order of reading.

    Args:
        tree: The whole filter.
        inserting: Where a row is kept free for a new node, as `edits.insert` takes it.
    """
    rows = [TreeRow((), tree, "", tree.muted)]
    _lay_out(rows, tree, rows[0], "", inserting)
    return rows


def _lay_out(rows: list[TreeRow], group: Group, own: TreeRow, lines: str, inserting: Path | None) -> None:
    children: list[tuple[Path, Node | None]] = [((*own.path, index), node) for index, node in enumerate(group.children)]
    if inserting is not None and inserting[:-1] == own.path:
        children.insert(inserting[-1], (inserting, None))
    for number, (path, child) in enumerate(children, start=1):
        last = number == len(children)
        muted = own.muted or (child is not None and child.muted)
        row = TreeRow(path, child, lines + ("└─ " if last else "├─ "), muted)
        rows.append(row)
        if isinstance(child, Group):
            _lay_out(rows, child, row, lines + ("   " if last else "│  "), inserting)


def landing(rows: Sequence[TreeRow], source: Path, index: int) -> Landing | None:
    """Say where a node would be that is let go over a row.

    A group takes it in as its first; a condition makes room on the side the node comes from. Below all rows is the end
    of the outermost group.

    Args:
        rows: As `tree_rows` gives them.
        source: The node.
        index: Of the row; beyond the last for none.

    Returns:
        None where it would stay, or be inside itself.
    """
    if index >= len(rows):
        root = rows[0].node
        return Landing((len(root.children),), "to the end") if isinstance(root, Group) else None
    row = rows[index]
    if row.path[: len(source)] == source or row.node is None:
        return None
    if isinstance(row.node, Group):
        return Landing((*row.path, 0), "into this")
    if row.path > source:
        return Landing((*row.path[:-1], row.path[-1] + 1), "after this")
    return Landing(row.path, "before this")
