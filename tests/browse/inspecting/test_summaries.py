"""Vectors, scores and times: what is said of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.browse.inspecting.scored import scored_list
from peekui.browse.inspecting.timeline import Segment, Timeline, clock
from peekui.browse.inspecting.vectors import is_vector, sparkline, summarise

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue

FLOATS = st.floats(allow_nan=True, allow_infinity=True)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200))
def test_a_vector_is_summed_up(vector: list[float]) -> None:
    found = summarise(vector)
    assert (found.dimension, found.least, found.most, found.odd) == (len(vector), min(vector), max(vector), 0)
    assert found.norm == pytest.approx(math.sqrt(sum(number * number for number in vector)), rel=1e-6, abs=1e-9)
    assert found.mean == pytest.approx(sum(vector) / len(vector), rel=1e-6, abs=1e-6)


@given(st.lists(FLOATS, max_size=200), st.integers(1, 50))
def test_any_vector_is_drawn_in_the_width(vector: list[float], width: int) -> None:
    assert len(sparkline(vector, width)) == min(width, len(vector))
    assert summarise(vector).odd == sum(not math.isfinite(number) for number in vector)


def test_a_rising_vector_rises() -> None:
    assert sparkline(range(16), 8) == "▁▂▃▄▅▆▇█"
    assert sparkline([5.0] * 8, 4) == "▄▄▄▄"
    assert sparkline([math.nan, math.nan, 1.0, 2.0], 2) == " ▄"


@pytest.mark.parametrize(
    ("value", "yes"),
    [([0.5] * 8, True), ([0.5] * 7, False), ([True] * 9, False), ([1, "a"] * 5, False), ("x" * 9, False)],
)
def test_what_a_vector_is(value: object, *, yes: bool) -> None:
    assert is_vector(value) is yes


def test_scores_come_best_first() -> None:
    faces: JsonValue = [{"face_id": "a", "confidence": 0.2}, {"face_id": "b", "confidence": 0.9, "bbox": [1, 2, 3, 4]}]
    found = scored_list(faces)
    assert found
    assert [(item.name, item.score, item.rest) for item in found] == [
        ("b", 0.9, {"bbox": [1, 2, 3, 4]}),
        ("a", 0.2, {}),
    ]
    assert scored_list([{"node_id": "n1", "score": 3}])[0].share == 1.0  # type: ignore[index]


@pytest.mark.parametrize(
    "value", [[], None, [{"name": "a"}], [{"score": 0.1}, {"name": "b"}], [{"score": math.nan}], [1]]
)
def test_what_has_no_scores_is_no_such_list(value: object) -> None:
    assert scored_list(value) is None  # type: ignore[arg-type]


TIMES = st.floats(0, 3600)
SEGMENTS = st.lists(st.none() | st.tuples(TIMES, TIMES).map(lambda pair: Segment(min(pair), max(pair))), max_size=30)


@given(SEGMENTS, st.integers(1, 120))
def test_cells_are_drawn_to_scale(segments: list[Segment | None], width: int) -> None:
    timeline = Timeline(segments)
    cells = timeline.cells(width)
    assert len(cells) == width
    if not timeline:
        return
    for cell, index in enumerate(cells):
        start, end = cell * timeline.length / width, (cell + 1) * timeline.length / width
        on = [one for one in segments if one and one.start <= end + 1e-6 and start - 1e-6 <= one.end]
        if index is None:
            middle = (start + end) / 2
            assert not any(one.start <= middle < one.end for one in on)
        else:
            assert segments[index] in on


def test_gaps_and_neighbours() -> None:
    timeline = Timeline([Segment(0, 10), None, Segment(10, 20), Segment(30, 40)])
    assert timeline.cells(8) == [0, 0, 2, 2, None, None, 3, 3]
    assert [timeline.at(moment) for moment in (0, 9.9, 10, 25, 40)] == [0, 0, 2, None, None]


def test_a_segment_shorter_than_a_cell_is_seen() -> None:
    assert Timeline([Segment(0, 0.1), Segment(99, 100)]).cells(10)[0] == 0


@pytest.mark.parametrize(("start", "end"), [(None, 1.0), (2.0, 1.0), (-1.0, 1.0), (math.nan, 1.0), (0.0, math.inf)])
def test_what_is_no_stretch_of_time(start: float | None, end: float | None) -> None:
    assert Segment.read(start, end) is None


def test_moments_are_read() -> None:
    assert [clock(seconds) for seconds in (0, 59.9, 112, 3723)] == ["0:00", "0:59", "1:52", "1:02:03"]
    assert clock(112.47, tenths=True) == "1:52.4"
