"""JSON that means a filter and is not written as the Assets API wants it."""

from __future__ import annotations

import pytest
from hypothesis import given

from peekui.filters.lenient import Note, read_leniently
from peekui.filters.nodes import Condition, Group, Kind, Operator
from peekui.filters.wire import FilterShapeError, to_json
from tests.filters.trees import json_trees

A = Condition("a", Operator.EQ, 1)


@given(json_trees)
def test_what_needs_no_change_gets_none(tree: Group) -> None:
    read = read_leniently(to_json(tree))
    assert read.group == tree
    assert read.notes == ()


@pytest.mark.parametrize(
    ("data", "group", "notes"),
    [
        ({"key": "a", "value": 1}, Group(Kind.AND, (A,)), [Note((), "put a single condition into AND")]),
        ([{"key": "a", "value": 1}], Group(Kind.AND, (A,)), [Note((), "read a list as all of it")]),
        ({"or": [{"key": "a", "value": 1}]}, Group(Kind.OR, (A,)), [Note(("or",), "read or as OR")]),
        ({"NOT": [{"key": "a", "value": 1}]}, Group(Kind.NOR, (A,)), [Note(("NOT",), "read NOT as NOR")]),
        (
            {"AND": [{"field": "a", "operator": "EQ", "value": 1}]},
            Group(Kind.AND, (A,)),
            [Note(("AND", 0, "field"), "read field as key"), Note(("AND", 0, "operator"), "read EQ as eq")],
        ),
        (
            {"AND": [{"OR": [{"key": "a", "operator": "neq", "value": 1}]}]},
            Group(Kind.AND, (Group(Kind.OR, (Condition("a", Operator.NE, 1),)),)),
            [Note(("AND", 0, "OR", 0, "operator"), "read neq as ne")],
        ),
        (
            {"NOR": [{"key": "a", "value": 1}], "not": {"key": "b", "value": 2}},
            Group(Kind.NOR, (A, Condition("b", Operator.EQ, 2))),
            [Note(("not",), "read not as NOR"), Note(("not",), "put a single node into a list")],
        ),
        (
            {"collections": ["x"], "filters": {"AND": [{"key": "a", "value": 1}]}},
            Group(Kind.AND, (A,)),
            [Note((), "took `filters` out of a request body")],
        ),
    ],
)
def test_it_is_read_and_the_change_is_told(data: object, group: Group, notes: list[Note]) -> None:
    read = read_leniently(data)
    assert read.group == group
    assert list(read.notes) == notes


@pytest.mark.parametrize(
    "data",
    [None, "status = FAILED", {"AND": [{"field": "a", "operator": "starts_with", "value": "x"}]}, {"XOR": []}, [[]]],
)
def test_what_has_no_meaning_is_still_refused(data: object) -> None:
    with pytest.raises(FilterShapeError):
        read_leniently(data)


def test_depth_is_an_error_and_not_a_crash() -> None:
    data: dict[str, object] = {"and": []}
    for _ in range(5_000):
        data = {"and": [data]}
    with pytest.raises(FilterShapeError, match="deeper"):
        read_leniently(data)
