"""The page window: what is held, what is missing, and no number that was not measured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.browse.pages import PageWindow, Placement


def page_of(total: int, number: int, size: int = 10) -> tuple[int, ...]:
    return tuple(range((number - 1) * size, min(number * size, total)))


def window(size: int = 10, capacity: int = 3) -> PageWindow[int]:
    return PageWindow(page_size=size, capacity=capacity)


def test_before_the_first_page_the_first_is_missing() -> None:
    assert window().missing(0, 5) == [1]
    assert window().total is None


def test_rows_are_where_they_belong() -> None:
    view = window()
    view.put(1, page_of(25, 1), 25)
    view.put(3, page_of(25, 3), 25)
    assert [view.row(index) for index in (0, 9, 10, 20, 24, 25)] == [0, 9, None, 20, 24, None]
    assert view.missing(0, 1_000) == [2]
    assert (view.total, view.exact) == (25, True)


def test_a_page_that_failed_is_not_asked_for_until_told_to() -> None:
    view = window()
    view.put(1, page_of(30, 1), 30)
    view.fail(2)
    assert view.missing(0, 29) == [3]
    assert [view.has_failed(index) for index in (9, 10, 19, 20)] == [False, True, True, False]
    view.retry()
    assert view.missing(0, 29) == [2, 3]
    view.fail(2)
    view.put(2, page_of(30, 2), 30)
    assert not view.has_failed(10)


def test_nothing_is_asked_past_the_end_or_of_nothing() -> None:
    view = window()
    view.put(1, (), 0)
    assert view.missing(0, 30) == []
    assert (view.total, view.exact) == (0, True)


def test_memory_is_bounded_and_the_least_recently_drawn_goes() -> None:
    view = window(capacity=2)
    for number in (1, 2):
        view.put(number, page_of(10_000, number), 10_000)
    view.row(0)
    view.put(900, page_of(10_000, 900), 10_000)
    assert view.row(0) == 0
    assert view.row(10) is None
    assert view.row(8_990) == 8_990


@pytest.mark.parametrize(("count", "total", "exact"), [(10, 11, False), (4, 4, True), (0, 0, True)])
def test_without_a_total_only_what_was_seen_counts(count: int, total: int, exact: bool) -> None:
    view = window()
    view.put(1, tuple(range(count)), None)
    assert (view.total, view.exact) == (total, exact)


def test_a_total_that_shrank_under_what_was_seen_is_not_believed() -> None:
    view = window()
    view.put(1, page_of(50, 1), 3)
    assert (view.total, view.exact) == (11, False)


def test_rows_deleted_meanwhile_shorten_the_list() -> None:
    view = window()
    view.put(1, page_of(40, 1), 40)
    view.put(4, (), None)
    assert (view.total, view.exact) == (30, False)


def test_a_smaller_largest_page_of_the_service_is_taken_over() -> None:
    view = window(size=100)
    view.put(1, page_of(1_000, 1, 50), 1_000, Placement(1, 50))
    assert view.page_size == 50
    assert view.missing(0, 120) == [2, 3]


@pytest.mark.parametrize("says", [Placement(page=1), Placement()])
def test_a_service_that_ignores_pages_is_noticed(says: Placement) -> None:
    view = window()
    first = page_of(35, 1)
    view.put(1, first, 35)
    view.put(2, first, 35, says)
    assert view.unpaged
    assert (view.total, view.exact) == (10, False)
    assert view.row(10) is None
    assert view.missing(0, 30) == []


def test_all_rows_at_once_in_place_of_a_page() -> None:
    view = window()
    view.put(1, tuple(range(35)), 35)
    assert (view.unpaged, view.total, view.exact) == (True, 35, True)
    assert view.row(34) == 34


@pytest.mark.parametrize(
    ("first", "last", "step", "pages"),
    [
        (0, 4, 0, []),  # nothing moved
        (0, 4, 1, []),  # the next page is further than a screenful
        (2, 6, 1, [2]),
        (25, 29, 1, [4]),
        (25, 29, -1, []),  # the page above is held
        (45, 49, 1, []),  # there is no next
        (40, 44, -1, [4]),
        (0, 4, -1, []),
        (28, 32, 1, []),  # two pages in view, and the end of the lower one is far
    ],
)
def test_the_page_that_comes_next_is_named_when_it_is_near(first: int, last: int, step: int, pages: list[int]) -> None:
    view = window()
    for number in (1, 3, 5):
        view.put(number, page_of(50, number), 50)
    assert view.ahead(first, last, step) == pages


def test_a_page_that_failed_is_not_named_ahead() -> None:
    view = window()
    view.put(1, page_of(50, 1), 50)
    view.fail(2)
    assert view.ahead(5, 9, 1) == []


def test_held_rows_begin_with_those_drawn_last() -> None:
    view = window(size=2)
    for number in (1, 2, 3):
        view.put(number, page_of(6, number, 2), 6)
    view.row(0)
    assert list(view.held()) == [0, 1, 4, 5, 2, 3]


@given(total=st.integers(0, 500), size=st.integers(1, 40), views=st.lists(st.integers(0, 600), max_size=30))
def test_filling_what_is_missing_always_gives_the_rows_in_view(total: int, size: int, views: list[int]) -> None:
    view: PageWindow[int] = PageWindow(page_size=size, capacity=60 // size + 2)
    for first in views:
        last = first + 50
        for number in view.missing(first, last):
            view.put(number, page_of(total, number, size), total, Placement(number, size))
        if view.total is not None:
            expected = [index for index in range(first, last + 1) if index < total]
            assert [row for index in expected if (row := view.row(index)) is not None] == expected


def test_as_many_rows_are_held_where_pages_are_small() -> None:
    asked_small: PageWindow[int] = PageWindow(page_size=5)
    made_small: PageWindow[int] = PageWindow(page_size=100)
    made_small.put(1, tuple(range(5)), 500, Placement(page_size=5))
    for number in range(1, 101):
        for view in (asked_small, made_small):
            view.put(number, tuple(range(5)), 500, Placement(page_size=5))
    assert asked_small.missing(0, 499) == made_small.missing(0, 499) == []
