"""The layout of the table's columns, and what is kept of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.browse.columns import MOST_WIDTH, TITLE, ColumnLayout, ColumnSetting
from peekui.browse.paths import BadPath

PATH = "metadata.camera.model"
SIZE = "file_data.file_size_bytes"

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["field", "width", "shown"]) | st.text(), inner),
)


def shown(layout: ColumnLayout) -> list[str]:
    return [column.field for column in layout.shown()]


def setting(layout: ColumnLayout, field: str) -> ColumnSetting:
    return next(column for column in layout.columns if column.field == field)


def test_at_first() -> None:
    assert shown(ColumnLayout()) == ["status", "modality", TITLE, "score", SIZE, "created_at", "duplicate_of"]
    assert not setting(ColumnLayout(), "file_hash").shown


def test_showing_and_hiding_but_never_the_title() -> None:
    layout = ColumnLayout().toggled("file_hash").toggled(SIZE).toggled(TITLE)
    assert "file_hash" in shown(layout)
    assert SIZE not in shown(layout)
    assert TITLE in shown(layout)
    assert layout.toggled("file_hash").toggled(SIZE) == ColumnLayout()


def test_moving_stops_at_the_ends() -> None:
    assert shown(ColumnLayout().moved("status", 1))[:2] == ["modality", "status"]
    assert shown(ColumnLayout().moved(SIZE, -2))[2:4] == [SIZE, TITLE]
    assert ColumnLayout().moved("status", -1) == ColumnLayout()
    assert ColumnLayout().moved("status", 99).columns[-1].field == "status"


def test_widths_stay_in_bounds_and_the_title_keeps_the_rest() -> None:
    for width, kept in ((12, 12), (0, 0), (-3, 0), (9999, MOST_WIDTH)):
        assert setting(ColumnLayout().resized(SIZE, width), SIZE).width == kept
    assert ColumnLayout().resized(TITLE, 30) == ColumnLayout()


def test_a_path_is_added_right_of_what_is_shown_and_taken_away_again() -> None:
    layout = ColumnLayout().with_path(f" {PATH} ")
    assert shown(layout)[-1] == PATH
    assert layout.with_path(PATH) == layout
    assert shown(layout.toggled(PATH).with_path(PATH))[-1] == PATH
    assert layout.without(PATH) == ColumnLayout()
    assert layout.without("status") == layout


def test_a_standard_column_can_be_asked_for_by_its_path() -> None:
    assert ColumnLayout().with_path("file_hash") == ColumnLayout().toggled("file_hash")


def test_a_secret_is_no_column() -> None:
    with pytest.raises(BadPath):
        ColumnLayout().with_path("url")


def test_what_is_kept_comes_back() -> None:
    layout = ColumnLayout().with_path(PATH).moved(PATH, -3).resized(PATH, 9).toggled("modality")
    assert ColumnLayout.from_json(json.loads(json.dumps(layout.to_json()))) == layout


def test_reading_is_lenient() -> None:
    kept = [{"field": SIZE, "width": "wide"}, 7, {"field": "url"}, {"field": PATH, "shown": False}, {"field": SIZE}]
    layout = ColumnLayout.from_json([*kept, {"field": TITLE, "shown": False, "width": 5}])
    assert layout.columns[:3] == (ColumnSetting(SIZE), ColumnSetting(PATH, shown=False), ColumnSetting(TITLE))
    assert shown(layout) == [SIZE, TITLE]  # what was not kept waits to be chosen
    assert {column.field for column in ColumnLayout().columns} <= {column.field for column in layout.columns}


@given(junk)
def test_anything_can_be_read(kept: object) -> None:
    layout = ColumnLayout.from_json(kept)
    fields = [column.field for column in layout.columns]
    assert len(set(fields)) == len(fields)
    assert TITLE in shown(layout)
    assert ColumnLayout.from_json(layout.to_json()) == layout
