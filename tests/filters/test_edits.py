"""Edits of a tree, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peekui.filters import edits
from peekui.filters.edits import Edit, EditRefused
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.history import History
from peekui.filters.nodes import MAX_TREE_DEPTH, Condition, Group, Kind, Operator, TooDeep
from peekui.filters.paths import at, group_at, walk
from tests.filters.trees import any_trees

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.filters.paths import Path

TREE = parse("a = 1 and (b = 1 or c = 1) and none(d = 1, e = 1)")
NEW = Condition("new", Operator.EQ, 1)


@pytest.mark.parametrize(
    ("edit", "text", "path"),
    [
        (
            lambda t: edits.insert(t, (1, 2), NEW),
            "a = 1 and (b = 1 or c = 1 or new = 1) and none(d = 1, e = 1)",
            (1, 2),
        ),
        (lambda t: edits.remove(t, (0,)), "(b = 1 or c = 1) and none(d = 1, e = 1)", (0,)),
        (lambda t: edits.remove(t, (2, 1)), "a = 1 and (b = 1 or c = 1) and not d = 1", (2, 0)),
        (lambda t: edits.substitute(t, (1,), NEW), "a = 1 and new = 1 and none(d = 1, e = 1)", (1,)),
        (lambda t: edits.substitute(t, (), NEW), "new = 1", (0,)),
        (lambda t: edits.move(t, (0,), (2, 1)), "(b = 1 or c = 1) and none(d = 1, a = 1, e = 1)", (1, 1)),
        (lambda t: edits.move(t, (2, 0), (0,)), "d = 1 and a = 1 and (b = 1 or c = 1) and not e = 1", (0,)),
        (lambda t: edits.move(t, (1,), (3,)), "a = 1 and none(d = 1, e = 1) and (b = 1 or c = 1)", (2,)),
        (lambda t: edits.step_up(t, (1, 0)), "a = 1 and b = 1 and any(c = 1) and none(d = 1, e = 1)", (1,)),
        (lambda t: edits.step_up(t, (2,)), "a = 1 and (b = 1 or c = 1 or none(d = 1, e = 1))", (1, 2)),
        (lambda t: edits.step_up(t, (1,)), "(b = 1 or c = 1) and a = 1 and none(d = 1, e = 1)", (0,)),
        (lambda t: edits.step_down(t, (0,)), "(a = 1 or b = 1 or c = 1) and none(d = 1, e = 1)", (0, 0)),
        (lambda t: edits.step_down(t, (1, 1)), "a = 1 and any(b = 1) and c = 1 and none(d = 1, e = 1)", (2,)),
        (lambda t: edits.step_down(t, (2, 0)), "a = 1 and (b = 1 or c = 1) and none(e = 1, d = 1)", (2, 1)),
        (lambda t: edits.wrap(t, (0,), Kind.NOR), "not a = 1 and (b = 1 or c = 1) and none(d = 1, e = 1)", (0,)),
        (lambda t: edits.unwrap(t, (1,)), "a = 1 and b = 1 and c = 1 and none(d = 1, e = 1)", (1,)),
        (lambda t: edits.change_kind(t, (2,), Kind.AND), "a = 1 and (b = 1 or c = 1) and (d = 1 and e = 1)", (2,)),
        (lambda t: edits.set_case(t, (1,), True), "a = 1 and case(b = 1 or c = 1) and none(d = 1, e = 1)", (1,)),
        (lambda t: edits.negate(t, (1,)), "a = 1 and (b != 1 and c != 1) and none(d = 1, e = 1)", (1,)),
        (lambda t: edits.duplicate(t, (0,)), "a = 1 and a = 1 and (b = 1 or c = 1) and none(d = 1, e = 1)", (1,)),
        (lambda t: edits.mute(t, (0,)), "muted(a = 1) and (b = 1 or c = 1) and none(d = 1, e = 1)", (0,)),
    ],
)
def test_each_edit_by_example(edit: Callable[[Group], Edit], text: str, path: Path) -> None:
    edited = edit(TREE)
    assert to_expression(edited.tree) == text
    assert edited.path == path
    assert to_expression(TREE) == "a = 1 and (b = 1 or c = 1) and none(d = 1, e = 1)"


def test_flatten_starts_again_at_the_root() -> None:
    assert edits.flatten(parse("a = 1 and (b = 1 and c = 1)")) == Edit(parse("a = 1 and b = 1 and c = 1"), ())


@pytest.mark.parametrize(
    "edit",
    [
        lambda t: edits.remove(t, ()),
        lambda t: edits.move(t, (), (0,)),
        lambda t: edits.move(t, (1,), (1, 0)),
        lambda t: edits.step_up(t, (0,)),
        lambda t: edits.step_down(t, (2,)),
        lambda t: edits.unwrap(t, (0,)),
        lambda t: edits.unwrap(t, ()),
        lambda t: edits.duplicate(t, ()),
    ],
)
def test_what_has_no_meaning_is_refused(edit: Callable[[Group], Edit]) -> None:
    with pytest.raises(EditRefused):
        edit(TREE)


@pytest.mark.parametrize(
    "edit",
    [
        lambda t: edits.insert(t, (4,), NEW),
        lambda t: edits.insert(t, (0, 0), NEW),
        lambda t: edits.remove(t, (1, 2)),
        lambda t: edits.remove(t, (-1,)),
        lambda t: edits.change_kind(t, (0,), Kind.OR),
        lambda t: edits.mute(t, (9, 9)),
    ],
)
def test_a_path_that_leads_nowhere_is_said(edit: Callable[[Group], Edit]) -> None:
    with pytest.raises(LookupError):
        edit(TREE)


def test_the_outermost_group_gives_way_to_a_single_group() -> None:
    tree = parse("all(b = 1 or c = 1)")
    assert edits.unwrap(tree, ()) == Edit(parse("b = 1 or c = 1"), ())


def test_no_edit_makes_a_tree_too_deep() -> None:
    tree = Group(Kind.AND)
    for _ in range(MAX_TREE_DEPTH - 1):
        tree = edits.wrap(tree, ()).tree
    with pytest.raises(TooDeep):
        edits.wrap(tree, ())


@settings(max_examples=200, deadline=None)
@given(tree=any_trees, data=st.data())
def test_moving_loses_nothing_and_says_where_it_went(tree: Group, data: st.DataObject) -> None:
    paths = [path for path, _ in walk(tree) if path]
    if not paths:
        return
    source = data.draw(st.sampled_from(paths))
    groups = [path for path, node in walk(tree) if isinstance(node, Group) and path[: len(source)] != source]
    parent = data.draw(st.sampled_from(groups))
    target = (*parent, data.draw(st.integers(0, len(group_at(tree, parent).children))))
    moved = edits.move(tree, source, target)
    assert at(moved.tree, moved.path) == at(tree, source)
    assert census(moved.tree) == census(tree)


@settings(max_examples=200, deadline=None)
@given(tree=any_trees, data=st.data())
def test_steps_up_and_down_are_each_others_opposite(tree: Group, data: st.DataObject) -> None:
    paths = [path for path, _ in walk(tree) if path]
    if not paths:
        return
    path = data.draw(st.sampled_from(paths))
    for there, back in ((edits.step_up, edits.step_down), (edits.step_down, edits.step_up)):
        try:
            stepped = there(tree, path)
        except EditRefused:
            continue
        assert back(stepped.tree, stepped.path) == Edit(tree, path)


@settings(max_examples=100, deadline=None)
@given(tree=any_trees, data=st.data())
def test_wrapping_and_muting_are_undone_by_themselves(tree: Group, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([path for path, _ in walk(tree)]))
    wrapped = edits.wrap(tree, path, data.draw(st.sampled_from(Kind)))
    if path or isinstance(at(tree, path), Group):
        assert edits.unwrap(wrapped.tree, wrapped.path).tree == tree
    assert edits.mute(edits.mute(tree, path).tree, path).tree == tree


def census(tree: Group) -> list[str]:
    """Give all conditions, and the marks of all groups, in no order."""
    return sorted(
        repr(node) if isinstance(node, Condition) else f"{node.kind} {node.case_sensitive} {node.muted}"
        for _, node in walk(tree)
    )


def test_undo_and_redo_go_through_the_states_one_by_one() -> None:
    history = History("a")
    for state in "bbc":
        history.push(state)
    assert [history.undo(), history.current] == [True, "b"]
    assert [history.undo(), history.current] == [True, "a"]
    assert [history.undo(), history.current] == [False, "a"]
    assert [history.redo(), history.current] == [True, "b"]
    history.push("d")
    assert [history.redo(), history.current] == [False, "d"]
    assert [history.undo(), history.current] == [True, "b"]


def test_true_and_one_are_two_states() -> None:
    one, true = (Group(Kind.AND, (Condition("a", Operator.EQ, value),)) for value in (1, True))
    history = History(one)
    history.push(true)
    assert history.undo()
    assert history.current == one != true
    assert len({one, true}) == 2
