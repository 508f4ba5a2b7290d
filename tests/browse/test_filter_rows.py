"""A filter tree as rows, and where a dragged node lands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from peekui.browse.filter_rows import landing, tree_rows
from peekui.filters import edits
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.paths import Path, walk
from tests.filters.trees import any_trees

if TYPE_CHECKING:
    from peekui.filters.nodes import Group

TREE = parse("a = 1 and any(b = 2, none(c = 3)) and muted(any(d = 4, e = 5))")


def lines(inserting: Path | None = None) -> list[str]:
    return [f"{row.lines}{'…' if row.node is None else row.path}" for row in tree_rows(TREE, inserting)]


def test_lines_lead_to_each_node() -> None:
    assert lines() == [
        "()",
        "├─ (0,)",
        "├─ (1,)",
        "│  ├─ (1, 0)",
        "│  └─ (1, 1)",
        "│     └─ (1, 1, 0)",
        "└─ (2,)",
        "   ├─ (2, 0)",
        "   └─ (2, 1)",
    ]


def test_a_row_is_kept_free_where_a_node_will_go() -> None:
    assert lines((1, 1))[3:6] == ["│  ├─ (1, 0)", "│  ├─ …", "│  └─ (1, 1)"]
    assert lines((1, 2))[4:7] == ["│  ├─ (1, 1)", "│  │  └─ (1, 1, 0)", "│  └─ …"]
    assert lines((3,))[-1] == "└─ …"


def test_what_is_in_a_muted_group_is_muted() -> None:
    assert [row.path for row in tree_rows(TREE) if row.muted] == [(2,), (2, 0), (2, 1)]


@given(any_trees)
def test_rows_are_the_nodes_in_the_order_of_reading(tree: Group) -> None:
    assert [(row.path, row.node) for row in tree_rows(tree)] == list(walk(tree))


@pytest.mark.parametrize(
    ("source", "over", "after"),
    [
        ((0,), 3, "(b = 2 or a = 1 or not c = 3) and muted(d = 4 or e = 5)"),
        ((0,), 4, "(b = 2 or none(a = 1, c = 3)) and muted(d = 4 or e = 5)"),
        ((0,), 99, "(b = 2 or not c = 3) and muted(d = 4 or e = 5) and a = 1"),
        ((1, 1, 0), 1, "c = 3 and a = 1 and (b = 2 or none()) and muted(d = 4 or e = 5)"),
        ((2, 1), 0, "e = 5 and a = 1 and (b = 2 or not c = 3) and muted(any(d = 4))"),
        ((1, 0), 8, "a = 1 and any(not c = 3) and muted(any(d = 4, e = 5, b = 2))"),
    ],
)
def test_a_node_lands_where_the_row_says(source: Path, over: int, after: str) -> None:
    there = landing(tree_rows(TREE), source, over)
    assert there
    assert to_expression(edits.move(TREE, source, there.path).tree) == to_expression(parse(after))


@pytest.mark.parametrize(("source", "over"), [((1,), 2), ((1,), 3), ((1,), 5), ((0,), 1)])
def test_a_node_lands_neither_on_itself_nor_inside(source: Path, over: int) -> None:
    assert landing(tree_rows(TREE), source, over) is None
