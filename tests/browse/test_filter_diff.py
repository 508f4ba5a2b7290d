"""Two filters side by side."""

from __future__ import annotations

import pytest
from hypothesis import given

from peekui.browse.filter_diff import Side, sides
from peekui.filters.comparing import Verdict
from peekui.filters.evaluate import evaluate
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.facts import Facts
from peekui.filters.nodes import Condition, Group, Kind, TooDeep
from tests.filters.trees import NOW, assets, small_trees


def said(a: str, b: str) -> dict[str, str | None]:
    found = sides(parse(a), parse(b))
    return {side.value: None if tree is None else to_expression(tree) for side, tree in found.items()}


def test_each_side_is_a_filter() -> None:
    assert said("status = FAILED and modality = video", "size > 10") == {
        "only A": "status = FAILED and modality = video and not size > 10",
        "both": "status = FAILED and modality = video and size > 10",
        "only B": "size > 10 and (status != FAILED or modality != video)",
    }


def test_what_both_say_is_said_once() -> None:
    assert said("a = 1 and b = 2", "b = 2 and c = 3")["both"] == "a = 1 and b = 2 and c = 3"


def test_no_filter_matches_everything() -> None:
    assert said("a = 1", "") == {"only A": None, "both": "a = 1", "only B": "a != 1"}
    assert said("", "a = 1") == {"only A": "a != 1", "both": "a = 1", "only B": None}
    assert said("", "muted(a = 1)") == {"only A": None, "both": "", "only B": None}
    assert sides(None, None) == sides(parse(""), parse(""))


def test_lists_stay_as_short_as_they_were() -> None:
    one, other = (" and ".join(f"{name}{number} = 1" for number in range(15)) for name in "ab")
    both = sides(parse(one), parse(other))[Side.BOTH]
    assert both == Group(Kind.AND, (parse(one), parse(other)))


def test_there_may_be_no_room_for_another_group() -> None:
    deep = Group(Kind.OR, (Condition("a"), Condition("b")))
    for _ in range(99):
        deep = Group(Kind.OR, (deep, Condition("a")))
    with pytest.raises(TooDeep):
        sides(deep, None)


@given(small_trees, small_trees, assets)
def test_every_asset_is_on_one_side_or_on_none(a: Group, b: Group, asset: dict[str, object]) -> None:
    facts = Facts(asset)  # type: ignore[arg-type]  # (JSON)

    def matches(tree: Group | None) -> bool:
        return tree is not None and evaluate(tree, facts, NOW).verdict is Verdict.TRUE

    in_a, in_b = matches(a), matches(b)
    on = [side for side, tree in sides(a, b).items() if matches(tree)]
    expected = {(True, False): [Side.ONLY_A], (True, True): [Side.BOTH], (False, True): [Side.ONLY_B]}
    assert on == expected.get((in_a, in_b), [])
