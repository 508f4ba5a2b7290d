"""Filters as JSON, both ways."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from peekui.filters.meaning import active
from peekui.filters.moments import RelativeTime
from peekui.filters.nodes import Condition, Group, Kind, Operator
from peekui.filters.wire import MAX_DEPTH, FilterShapeError, from_json, to_json
from tests.filters.trees import ALL_THREE_LISTS, NOW, any_trees, assets, json_trees, matches, small_trees

AND, OR, NOR = Kind.AND, Kind.OR, Kind.NOR
A, B, C = (Condition(name, Operator.EQ, name) for name in "abc")
A_JSON, B_JSON, C_JSON = ({"key": name, "operator": "eq", "value": name} for name in "abc")


@settings(max_examples=300, deadline=None)
@given(json_trees)
def test_a_tree_comes_back_from_its_json(tree: Group) -> None:
    assert from_json(to_json(tree)) == tree


@settings(max_examples=200, deadline=None)
@given(tree=small_trees, asset=assets)
def test_muting_and_relative_times_keep_their_meaning_in_json(tree: Group, asset: dict[str, object]) -> None:
    assert matches(from_json(to_json(tree, NOW)), asset) == matches(tree, asset)


@given(any_trees)
def test_what_json_leaves_out_it_leaves_out_once(tree: Group) -> None:
    data = to_json(tree, NOW)
    assert to_json(from_json(data)) == data == to_json(active(tree), NOW)


@pytest.mark.parametrize(
    ("tree", "data"),
    [
        (Group(AND, (A, Group(OR, (B,)), Group(NOR, (C,)))), {"AND": [A_JSON], "OR": [B_JSON], "NOR": [C_JSON]}),
        (Group(AND, (A, Group(OR, (B, C)))), {"AND": [A_JSON], "OR": [B_JSON, C_JSON]}),
        (Group(AND, (Group(OR, (A,)), Group(NOR, (B,)))), {"OR": [A_JSON], "NOR": [B_JSON]}),
        (Group(AND, (Group(OR, (A,)),)), {"AND": [{"OR": [A_JSON]}]}),
        (Group(AND, (Group(OR, (A,)), B)), {"AND": [{"OR": [A_JSON]}, B_JSON]}),
        (
            Group(AND, (A, Group(OR, (B,), case_sensitive=True))),
            {"AND": [A_JSON, {"case_sensitive": True, "OR": [B_JSON]}]},
        ),
        (Group(OR, (A, Group(NOR, (B,)))), {"OR": [A_JSON, {"NOR": [B_JSON]}]}),
        (Group(AND), {"AND": []}),
    ],
)
def test_lists_are_written_together_where_that_says_the_same(tree: Group, data: object) -> None:
    assert to_json(tree) == data
    assert from_json(data) == tree


def test_the_example_of_all_three_lists_comes_back_equal() -> None:
    assert to_json(from_json(ALL_THREE_LISTS)) == ALL_THREE_LISTS


def test_a_relative_time_is_sent_as_an_instant() -> None:
    tree = Group(AND, (Condition("created_at", Operator.GT, RelativeTime(-7, "d")),))
    sent = {"key": "created_at", "operator": "gt", "value": "2024-05-01T12:00:00Z"}
    assert to_json(tree, NOW) == {"AND": [sent]}


def test_what_is_muted_is_not_sent() -> None:
    muted = Condition("b", Operator.EQ, "b", muted=True)
    inner = Group(OR, (muted, Group(AND, (muted,))))
    assert to_json(Group(AND, (A, inner, Group(NOR, (C,), muted=True)))) == {"AND": [A_JSON]}
    assert to_json(Group(OR, (muted,))) == {"AND": []}


def test_an_object_with_all_three_lists_means_all_of_them() -> None:
    one, two, three = (Condition(name, Operator.EQ, name) for name in "abc")
    data = {
        "AND": [{"key": "a", "value": "a"}],
        "OR": [{"key": "b", "operator": "eq", "value": "b"}],
        "NOR": [{"key": "c", "value": "c"}],
        "case_sensitive": True,
    }
    expected = Group(Kind.AND, (one, Group(Kind.OR, (two,)), Group(Kind.NOR, (three,))), case_sensitive=True)
    assert from_json(data) == expected


def test_the_other_spelling_of_ne_is_accepted() -> None:
    tree = from_json({"AND": [{"key": "a", "operator": "neq", "value": 1}]})
    assert to_json(tree) == {"AND": [{"key": "a", "operator": "ne", "value": 1}]}


@pytest.mark.parametrize("operator", ["exists", "is_null"])
def test_a_missing_value_means_true(operator: str) -> None:
    tree = from_json({"OR": [{"key": "a", "operator": operator}]})
    assert tree.children == (Condition("a", Operator(operator), value=True),)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ([], ()),
        ("status = FAILED", ()),
        ({"key": "a", "value": 1}, ()),
        ({"XOR": []}, ("XOR",)),
        ({"AND": {}}, ("AND",)),
        ({"AND": [1]}, ("AND", 0)),
        ({"AND": [{"OR": [{"key": 3}]}]}, ("AND", 0, "OR", 0, "key")),
        ({"AND": [{"key": ""}]}, ("AND", 0, "key")),
        ({"AND": [{"key": "a", "operator": "like"}]}, ("AND", 0, "operator")),
        ({"AND": [{"key": "a", "operator": "in", "value": "x"}]}, ("AND", 0, "value")),
        ({"AND": [{"key": "a", "operator": "exists", "value": "yes"}]}, ("AND", 0, "value")),
        ({"AND": [{"key": "a", "operator": "text", "value": 1}]}, ("AND", 0, "value")),
        ({"AND": [{"key": "a", "value": float("nan")}]}, ("AND", 0, "value")),
        ({"AND": [{"key": "a", "valu": 1}]}, ("AND", 0, "valu")),
        ({"AND": [], "case_sensitive": "no"}, ("case_sensitive",)),
    ],
)
def test_what_is_no_filter_is_refused_with_the_place(data: object, where: tuple[str | int, ...]) -> None:
    with pytest.raises(FilterShapeError) as caught:
        from_json(data)
    assert caught.value.path == where


def test_too_deep_is_refused_and_not_a_crash() -> None:
    data: dict[str, object] = {"AND": []}
    for _ in range(MAX_DEPTH - 1):
        data = {"AND": [data]}
    from_json(data)
    for _ in range(5_000):
        data = {"AND": [data]}
    with pytest.raises(FilterShapeError, match="deeper"):
        from_json(data)
