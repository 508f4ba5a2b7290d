"""What stands at the root of a filter."""

from __future__ import annotations

import pytest

from peekui.browse.filter_parts import FAILED, PartRefused, has_part, parts, with_part, with_toggled
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.nodes import Condition, Group, Kind


def test_the_parts_are_what_all_must_hold_or_the_filter_as_a_whole() -> None:
    def said(text: str) -> list[str]:
        return [to_expression(node) for _, node in parts(parse(text))]

    assert parts(None) == ()
    assert said("a = 1 and (b = 2 or c = 3)") == ["a = 1", "b = 2 or c = 3"]
    assert said("a = 1 or b = 2") == ["a = 1 or b = 2"]
    assert said("case(a = 1 and b = 2)") == ["case(a = 1 and b = 2)"]
    assert parts(parse("a = 1 or b = 2"))[0][0] == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "status = FAILED"),
        ("a = 1", "a = 1 and status = FAILED"),
        ("a = 1 or b = 2", "(a = 1 or b = 2) and status = FAILED"),
        ("not a = 1", "not a = 1 and status = FAILED"),
        ("case(a = 1)", "case(a = 1) and status = FAILED"),
        ("a = 1 and status = FAILED and b = 2", "a = 1 and b = 2"),
        ("a = 1 and status = failed", "a = 1"),
        ("a = 1 and muted(status = FAILED)", "a = 1 and status = FAILED"),
        ("status = FAILED or a = 1", "(status = FAILED or a = 1) and status = FAILED"),
    ],
)
def test_failed_goes_in_and_out_and_the_rest_stays(before: str, after: str) -> None:
    toggled = with_toggled(parse(before), FAILED)
    assert to_expression(toggled) == after
    assert has_part(toggled, FAILED) is not has_part(parse(before), FAILED)


def test_a_list_that_is_full_takes_no_more() -> None:
    full = Group(Kind.AND, tuple(Condition(f"metadata.n{number}") for number in range(20)))
    with pytest.raises(PartRefused, match="it has 20 parts, and a list holds at most 20"):
        with_part(full, FAILED)
    deep = Group(Kind.OR, (FAILED,))
    for _ in range(99):
        deep = Group(Kind.OR, (deep,))
    with pytest.raises(PartRefused, match="nest deeper"):
        with_part(deep, FAILED)
