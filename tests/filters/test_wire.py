"""Filters as JSON, both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.filters.nodes import Condition, Group, Kind, Node, Operator
from peekui.filters.wire import MAX_DEPTH, FilterShapeError, from_json, to_json

values = st.none() | st.booleans() | st.integers() | st.text(max_size=5)


def conditions() -> st.SearchStrategy[Condition]:
    keys = st.text(min_size=1, max_size=8)
    plain = st.builds(Condition, keys, st.sampled_from([Operator.EQ, Operator.NE, Operator.GT, Operator.TEXT]), values)
    lists = st.builds(Condition, keys, st.sampled_from([Operator.IN, Operator.NIN]), st.lists(values, max_size=3))
    flags = st.builds(Condition, keys, st.sampled_from([Operator.EXISTS, Operator.IS_NULL]), st.booleans())
    return plain | lists | flags


def groups(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Group]:
    nodes = st.lists(children, max_size=4).map(tuple)
    return st.builds(Group, st.sampled_from(Kind), nodes, st.none() | st.booleans())


trees = groups(st.recursive(conditions(), groups, max_leaves=15))


@given(trees)
def test_a_tree_comes_back_from_its_json(tree: Group) -> None:
    assert from_json(to_json(tree)) == tree


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
