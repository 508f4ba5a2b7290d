"""What is tried when nothing matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from peekui.browse.near_misses import left_out, near_misses
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.meaning import active
from peekui.filters.schema import Field, FieldType, Schema
from tests.filters.trees import any_trees

if TYPE_CHECKING:
    from peekui.filters.nodes import Group

SCHEMA = Schema.of(
    [("metadata.rating", "integer"), ("metadata.place", "keyword")],
    {"status": ["DONE", "FAILED"], "metadata.place": ["Lisbon", "Lofoten", "Bergen"]},
)


def tried(text: str) -> dict[str, str]:
    return {to_expression(one.edit.tree): one.reason for one in near_misses(parse(text), SCHEMA)}


@pytest.mark.parametrize(
    ("text", "trees"),
    [
        ("status = failed", {"status = FAILED": "in another case"}),
        ("status = failde", {"status = FAILED": "spelt alike"}),
        ("status = process", {"status = PROCESSING": "spelt alike"}),
        ("metadata.place = lisbin", {"metadata.place = Lisbon": "spelt alike"}),
        ("metadata.place in (lisbon, Oslo)", {"metadata.place in (Lisbon, Oslo)": "in another case"}),
        ("metadata.rating = '5'", {"metadata.rating = 5": "not as text"}),
        ("metadata.rating = 'true'", {"metadata.rating = true": "not as text"}),
        ("metadata.place = 5", {'metadata.place = "5"': "as text"}),
        ("metadata.place = true", {'metadata.place = "true"': "as text"}),
        ("metadata.plaec exists", {"metadata.place exists": "a known field"}),
        (
            "case(file_hash = aB)",
            {
                "nocase(file_hash = aB)": "in any case",
                "case(file_hash = AB)": "in another case",
                "case(file_hash = ab)": "in another case",
            },
        ),
        ("status = FAILED", {}),
        ("status != failed and metadata.rating > 5 and created_at > -7d", {}),
        ("muted(status = failed)", {}),
        ("not status = failed", {}),
        ("not (not status = failed)", {"not not status = FAILED": "in another case"}),
        ("status is null and metadata.place ~ lisbin", {}),
    ],
)
def test_close_by(text: str, trees: dict[str, str]) -> None:
    assert tried(text) == trees


def test_each_change_says_what_it_changes() -> None:
    [remedy] = near_misses(parse("status = failed and metadata.rating > 5"), SCHEMA)
    assert (remedy.before, remedy.after) == ("status = failed", "status = FAILED")
    assert remedy.edit.path == (0,)


def test_two_conditions_that_mean_the_same_field_are_tried_one_by_one() -> None:
    assert len(tried("status = failed and (status = failed or metadata.place = lisbon)")) == 3


def test_each_condition_that_counts_is_left_out() -> None:
    tree = parse("a = 1 and (b = 2 or muted(c = 3)) and muted(any(d = 4))")
    assert [(one.before, to_expression(active(one.edit.tree))) for one in left_out(tree)] == [
        ("a = 1", "all(any(b = 2))"),
        ("b = 2", "a = 1"),
    ]


def test_values_may_be_anything() -> None:
    schema = Schema({"a": Field(FieldType.KEYWORD, seen=(None, True, 1, "x"))})
    [remedy] = near_misses(parse('a in (null, "", 7, (1, 2), "2024-13-45")'), schema)
    assert remedy.after == 'a in (null, "", "7", (1, 2), "2024-13-45")'


@given(any_trees)
def test_any_tree_can_be_looked_at(tree: Group) -> None:
    for remedy in (*left_out(tree), *near_misses(tree, SCHEMA)):
        assert remedy.edit.tree != tree
