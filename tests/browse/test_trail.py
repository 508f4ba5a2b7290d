"""Places visited: back and forward."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from peekui.browse.trail import Trail


def trail(*spots: str) -> Trail[str]:
    walked: Trail[str] = Trail()
    for spot in spots:
        walked = walked.visit(spot)
    return walked


def test_back_and_forward_go_through_what_was_visited() -> None:
    walked = trail("a", "b", "c").back()
    assert walked.here == "b"
    assert walked.back().here == "a"
    assert walked.forward().here == "c"


def test_a_place_that_could_not_be_reached_lies_ahead() -> None:
    stayed = trail("a", "b").short_of("c")
    assert (stayed.here, stayed.back().here, stayed.forward().here) == ("b", "a", "c")
    assert trail("a", "b").short_of("b") == trail("a", "b")
    nowhere: Trail[str] = Trail()
    assert nowhere.short_of("a") == nowhere


def test_there_is_an_end_on_both_sides() -> None:
    assert trail("a").back() == trail("a")
    assert trail("a").forward() == trail("a")
    nowhere: Trail[str] = Trail()
    assert nowhere.back().here is None


def test_another_way_forgets_the_old_one() -> None:
    walked = trail("a", "b").back().visit("c")
    assert walked.forward() == walked
    assert walked.back().here == "a"


def test_the_same_place_again_is_no_visit() -> None:
    assert trail("a", "b", "b") == trail("a", "b")
    assert trail("a", "b").back().visit("a").forward().here == "b"


def test_it_is_bounded() -> None:
    walked = trail(*map(str, range(500)))
    assert len(walked.behind) == 100
    assert walked.back().here == "498"


@given(st.lists(st.integers(0, 3), min_size=1))
def test_all_the_way_back_and_forward_again_is_where_it_began(spots: list[int]) -> None:
    walked: Trail[int] = Trail()
    for spot in spots:
        walked = walked.visit(spot)
    there = walked
    for _ in walked.behind:
        there = there.back()
    assert not there.behind
    for _ in walked.behind:
        there = there.forward()
    assert there == walked
