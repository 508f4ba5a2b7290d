"""What is offered at the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from peekui.filters.expression.completion import Completion, complete
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from tests.filters.trees import any_trees

if TYPE_CHECKING:
    from peekui.filters.nodes import Group

OPERATORS = ("=", "!=", ">", ">=", "<", "<=", "~", "in", "not in", "exists", "missing", "is null", "is not null")


@pytest.mark.parametrize(
    ("typed", "offer"),
    [
        ("sta|", Completion(0, 3, "sta", wants_key=True)),
        ("al|", Completion(0, 2, "al", wants_key=True, keywords=("all(",))),
        ("status |", Completion(7, 7, "", operators=OPERATORS)),
        ("status i|", Completion(7, 8, "i", operators=("in", "is null", "is not null"))),
        ("status is |", Completion(10, 10, "", keywords=("not", "null"))),
        ("status = FA|", Completion(9, 11, "FA", wants_value=True, key="status")),
        ("status = F|AIL and b = 1", Completion(9, 13, "F", wants_value=True, key="status")),
        ("status > |", Completion(9, 9, "", wants_value=True, key="status", keywords=("(", "{"))),
        ("a = 1 and status in (x, F|", Completion(24, 25, "F", wants_value=True, key="status")),
        ('"my key" = |', Completion(11, 11, "", wants_value=True, key="my key", keywords=("(", "{"))),
        ('title = "two wo|', Completion(8, 15, "two wo", wants_value=True, key="title")),
        ('a = 1 and "my k|', Completion(10, 15, "my k", wants_key=True)),
        ("a = 1 |", Completion(6, 6, "", keywords=("and", "or"))),
        ("a = 1 AN|", Completion(6, 8, "AN", keywords=("and",))),
        ("all(a = 1 |", Completion(10, 10, "", keywords=("and", "or", ")", ","))),
        ("a = 2024-99-99 and |", Completion(19, 19, "")),
        ("! |", Completion(2, 2, "")),
    ],
)
def test_the_offer_fits_the_place(typed: str, offer: Completion) -> None:
    found = complete(typed.replace("|", ""), typed.index("|"))
    assert found == offer


@settings(max_examples=60, deadline=None)
@given(any_trees)
def test_what_stands_in_a_filter_was_offered_there(tree: Group) -> None:
    text = to_expression(tree)
    for cursor in range(0, len(text) + 1, 7):
        found = complete(text, cursor)
        assert 0 <= found.start <= cursor <= found.end <= len(text)
        if found.wants_key and not text[found.start :].startswith(("'", '"')):
            parse(f"{text[: found.start]} field = 1{closing(text[: found.start])}")


def closing(text: str) -> str:
    """Give the parentheses that are open at the end of a text whose quotes are closed."""
    depth, quote, skip = 0, False, False
    for letter in text:
        if skip:
            skip = False
        elif quote and letter == "\\":
            skip = True
        elif letter == '"':
            quote = not quote
        elif not quote:
            depth += (letter == "(") - (letter == ")")
    return ")" * depth
