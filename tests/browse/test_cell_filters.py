"""What pointing at a cell makes of a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.browse.cell_filters import Pointing, narrowed_by
from peekui.browse.filter_parts import PartRefused
from peekui.filters.comparing import Verdict
from peekui.filters.evaluate import evaluate
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.facts import Facts

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue

ONLY, EXCEPT, INCLUDE, NULL = Pointing.ONLY, Pointing.EXCEPT, Pointing.INCLUDE, Pointing.NULL


@pytest.mark.parametrize(
    ("pointing", "value", "after"),
    [
        (ONLY, "a", "k = a"),
        (ONLY, 1_500_000, "k = 1500000"),
        (ONLY, 0.5, "k = 0.5"),
        (ONLY, False, "k = false"),
        (ONLY, "", 'k = ""'),
        (ONLY, ["a"], "k = a"),
        (ONLY, ["a", ["b", "a"], None], "k in (a, b)"),
        (ONLY, [1, True, 1.0], "k in (1, true, 1.0)"),
        (ONLY, None, "k is null"),
        (ONLY, [None], "k is null"),
        (EXCEPT, "a", "k != a"),
        (EXCEPT, ["a", "b"], "k not in (a, b)"),
        (EXCEPT, None, "k is not null"),
        (INCLUDE, "a", "k = a"),
        (NULL, "a", "k is null"),
        (NULL, None, "k is null"),
        (NULL, {"a": 1}, "k is null"),
    ],
)
def test_a_cell_alone(pointing: Pointing, value: JsonValue, after: str) -> None:
    assert to_expression(narrowed_by(pointing, None, "k", value)) == after


@pytest.mark.parametrize(
    ("pointing", "before", "after"),
    [
        (ONLY, "j = 1", "j = 1 and k = a"),
        (ONLY, "k = a and j = 1", "k = a and j = 1"),
        (ONLY, "k in (b, a) and j = 1", "k = a and j = 1"),
        (ONLY, "k = b", "k = b and k = a"),  # of a list, both can be in it
        (ONLY, "muted(k = a)", "k = a"),
        (ONLY, "muted(k in (a, b))", "muted(k in (a, b)) and k = a"),
        (ONLY, "k = a or j = 1", "(k = a or j = 1) and k = a"),
        (EXCEPT, "k != b", "k not in (b, a)"),
        (EXCEPT, "k not in (b, a)", "k not in (b, a)"),
        (EXCEPT, "k = b", "k = b and k != a"),
        (INCLUDE, "k = b and j = 1", "k in (b, a) and j = 1"),
        (INCLUDE, "k in (b, c)", "k in (b, c, a)"),
        (INCLUDE, "k != b", "k not in (b, a)"),
        (INCLUDE, "k = a", "k = a"),
        (INCLUDE, "muted(k = b)", "k in (b, a)"),
        (INCLUDE, "muted(k = b) and k = c", "muted(k = b) and k in (c, a)"),
        (INCLUDE, "k > 1", "k > 1 and k = a"),
        (NULL, "k is null and j = 1", "k is null and j = 1"),
        (NULL, "k is not null", "k is not null and k is null"),
    ],
)
def test_a_cell_beside_what_the_filter_says_already(pointing: Pointing, before: str, after: str) -> None:
    assert to_expression(narrowed_by(pointing, parse(before), "k", "a")) == after


@pytest.mark.parametrize(
    ("pointing", "before", "field", "value", "reason"),
    [
        (INCLUDE, "", "k", None, "no value here"),
        (ONLY, "", "k", [[]], "no condition finds an empty list"),
        (ONLY, "", "k", {"a": 1}, "an object is not compared"),
        (EXCEPT, "", "k", ["a", {"a": 1}], "an object is not compared"),
        (ONLY, "", "k", "x" * 1001, "more than 1,000 characters"),
        (ONLY, "", "k", float("nan"), "finite"),
        (ONLY, "", "k", list(range(21)), "a list of 21 values"),
        (INCLUDE, f"k in ({', '.join(map(str, range(20)))})", "k", 20, "a list of 21 values"),
        (EXCEPT, f"k not in ({', '.join(map(str, range(20)))})", "k", 20, "a list of 21 values"),
        (ONLY, " and ".join(f"j{number} = 1" for number in range(20)), "k", 1, "it has 20 parts"),
        (NULL, "", "score", 0.5, "the score is the rank"),
    ],
)
def test_what_cannot_be_is_said(pointing: Pointing, before: str, field: str, value: JsonValue, reason: str) -> None:
    with pytest.raises(PartRefused, match=reason):
        narrowed_by(pointing, parse(before), field, value)


scalars = (
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from([0.5, "a", "A", "b", "", "2026-01-01", "\ud800"])
)
cells = scalars | st.lists(scalars | st.lists(scalars, max_size=2), min_size=1, max_size=3).filter(any)
befores = st.sampled_from(["", "k = a", "k != a", "k in (a, b)", "k not in (a, 1)", "muted(k = a)", "k = a or j = 1"])


@given(cells, cells, befores)
def test_only_finds_the_cell_and_except_does_not(value: JsonValue, other: JsonValue, before: str) -> None:
    asset = Facts({"k": value, "j": 1})
    tree = parse(before)
    passed = evaluate(tree, asset).verdict is Verdict.TRUE
    assert (evaluate(narrowed_by(ONLY, tree, "k", value), asset).verdict is Verdict.TRUE) is passed
    assert evaluate(narrowed_by(EXCEPT, tree, "k", value), asset).verdict is Verdict.FALSE
    beside = Facts({"k": other, "j": 1})
    if evaluate(narrowed_by(ONLY, tree, "k", value), beside).verdict is Verdict.TRUE:
        assert evaluate(tree, beside).verdict is Verdict.TRUE, "it only narrows"
