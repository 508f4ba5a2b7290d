"""Pills on a line: they never take more than there is, and the one under the cursor is in sight."""

from __future__ import annotations

from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

from peekui.ui.widgets.pill_fitting import BESIDE, COUNT, cells_of, fit


@given(st.lists(st.integers(1, 60), max_size=30), st.integers(0, 30), st.integers(14, 200))
def test_what_is_drawn_fits_and_the_cursor_is_in_sight(lengths: list[int], cursor: int, room: int) -> None:
    first, cells = fit(lengths, cursor, room)
    last = first + len(cells)
    counts = (COUNT if first else 0) + (COUNT if last < len(lengths) else 0)
    assert cells_of(cells) + counts <= room
    assert all(1 <= drawn <= whole for drawn, whole in zip(cells, lengths[first:], strict=False))
    if lengths:
        assert first <= min(cursor, len(lengths) - 1) < last


def test_what_has_room_is_drawn_whole() -> None:
    assert fit([10, 20], 0, 30 + 2 * BESIDE) == (0, [10, 20])
    assert fit([10, 20], 0, 29 + 2 * BESIDE).cells[0] == 10, "the longest gives way first"


@given(st.lists(st.integers(1, 60), max_size=30), st.integers(0, 30), st.integers(-20, 14))
def test_where_there_is_no_room_the_one_under_the_cursor_is_cut(lengths: list[int], cursor: int, room: int) -> None:
    first, cells = fit(lengths, cursor, room)
    if lengths:
        assert first <= min(cursor, len(lengths) - 1) < first + len(cells)
    else:
        assert (first, cells) == (0, []), "there is none to draw"


def test_a_filter_of_any_size_is_laid_out_at_once() -> None:
    begun = perf_counter()
    fit([20] * 100_000, 99_999, 120)
    assert perf_counter() - begun < 1
