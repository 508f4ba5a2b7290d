"""Editing a filter's JSON costs neither muted nodes nor relative times where the JSON stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from peekui.browse.filter_json import carried_over, unwritten
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.moments import RelativeTime
from peekui.filters.wire import from_json, to_json
from tests.filters.trees import NOW, any_trees, assets, matches, small_trees

if TYPE_CHECKING:
    from peekui.filters.nodes import Group

DAY_AGO = "2024-05-07T12:00:00Z"


@given(any_trees)
def test_json_that_was_not_edited_is_the_same_tree(tree: Group) -> None:
    read = from_json(to_json(tree, NOW))
    if read.children:
        assert carried_over(tree, NOW, read).tree == tree


@given(any_trees, any_trees)
def test_the_tree_says_what_the_json_says(before: Group, edited: Group) -> None:
    after = from_json(to_json(edited, NOW))
    assert to_json(carried_over(before, NOW, after).tree, NOW) == to_json(after, NOW)


@given(small_trees, small_trees, assets)
def test_the_tree_matches_what_the_json_matches(before: Group, edited: Group, asset: dict[str, Any]) -> None:
    after = from_json(to_json(edited, NOW))
    assert matches(carried_over(before, NOW, after).tree, asset) == matches(after, asset)


@pytest.mark.parametrize(
    ("before", "after", "tree"),
    [
        ("a = 1 and muted(b = 2) and c = 3", "a = 9 and c = 3", "a = 9 and muted(b = 2) and c = 3"),
        ("muted(b = 2) and a = 1", "a = 1 and c = 3", "muted(b = 2) and a = 1 and c = 3"),
        ("a = 1 and muted(b = 2)", "c = 3 and d = 4", "c = 3 and d = 4 and muted(b = 2)"),
        ("a = 1 and muted(b = 2)", "c = 3 and a = 4 and d = 5", "c = 3 and a = 4 and muted(b = 2) and d = 5"),
        ("a = 1 and any(b = 2, muted(c = 3))", "a = 1 and any(b = 5)", "a = 1 and any(b = 5, muted(c = 3))"),
        ("a = 1 and created_at > -1d", f"a = 2 and created_at > {DAY_AGO}", "a = 2 and created_at > -1d"),
        ("a = 1 and created_at > -1d", f"created_at >= {DAY_AGO}", "created_at >= -1d"),
        ("created_at > -1d", f"created_at > {DAY_AGO} and a = 1", "created_at > -1d and a = 1"),
        ("case(a = 1 and muted(b = 2))", "a = 1", "a = 1 and muted(b = 2)"),
    ],
)
def test_what_json_cannot_hold_stays(before: str, after: str, tree: str) -> None:
    carried = carried_over(parse(before), NOW, parse(after))
    assert to_expression(carried.tree) == to_expression(parse(tree))
    assert (carried.muted, carried.times) == (0, ())


def test_what_has_no_place_any_more_is_told() -> None:
    before = parse("a = 1 and any(b = 2, muted(c = 3)) and created_at > -1d and updated_at < -2w")
    carried = carried_over(before, NOW, parse(f"a = 1 and created_at > {DAY_AGO}"))
    assert to_expression(carried.tree) == "a = 1 and created_at > -1d"
    assert (carried.muted, carried.times) == (1, (RelativeTime(-2, "w"),))
    gone = carried_over(before, NOW, parse(""))
    assert (gone.muted, gone.times) == (1, (RelativeTime(-1, "d"), RelativeTime(-2, "w")))


def test_an_instant_is_never_made_a_relative_time_where_none_may_be() -> None:
    carried = carried_over(parse("created_at > -1d"), NOW, parse(f"created_at = {DAY_AGO}"))
    assert to_expression(carried.tree) == f"created_at = {DAY_AGO}"


def test_what_is_not_in_json() -> None:
    assert unwritten(parse("a = 1 and muted(b < -1d)")) == (1, (RelativeTime(-1, "d"),))
    assert unwritten(parse("a = 1")) == (0, ())
