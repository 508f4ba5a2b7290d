"""What cells say, and how columns share a width."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.api.models import Asset
from peekui.browse.columns import TITLE, ColumnLayout
from peekui.ui.columns import GAP, CellReader, Placed, column_for, cut, fit, shown_value, status_cell, whole_value
from peekui.ui.formats import age, count, exact_size, size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from peekui.filters.nodes import JsonValue

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CAMERA = "metadata.camera.model"
ISO = "metadata.iso"


def reader(*fields: str) -> CellReader:
    return CellReader(tuple(map(column_for, fields or (column.field for column in ColumnLayout().shown()))))


def placed(width: int, *fields: str, scored: bool = False, fixed: Mapping[str, int] | None = None) -> list[Placed]:
    return list(fit(reader(*fields), width, fixed=fixed or {}, scored=scored))


def names(width: int, *fields: str, scored: bool = False) -> list[str]:
    return [one.column.name for one in placed(width, *fields, scored=scored)]


@pytest.mark.parametrize(
    ("status", "text", "tone"),
    [
        ("DONE", "✓ done", "good"),
        ("done", "✓ done", "good"),
        ("FAILED", "✗ failed", "bad"),
        ("Processing", "… working", "busy"),
        ("QUEUED", "… queued", "busy"),
        (None, "· unknown", "dim"),
        ("", "· unknown", "dim"),
        ("weird\x1b", "· weird␛", "dim"),
    ],
)
def test_status_is_symbol_and_word_and_tone(status: str | None, text: str, tone: str) -> None:
    cell = status_cell(status)
    assert (cell.text, cell.tone) == (text, tone)


@pytest.mark.parametrize(
    ("values", "text", "number"),
    [
        ([], "", False),
        (["a[/]b\x1b\n"], "a[/]b␛↵", False),
        ([100], "100", True),
        ([5.6], "5.6", True),
        ([True], "true", False),
        ([None], "null", False),
        ([1, 2], "1, 2", True),
        ([["sea", "fog"]], "sea, fog", False),
        ([[{"a": 1}] * 1234], "[1,234]", False),
        ([{"make": "Box", "model": 1}], "{make, model}", False),
        ([*range(12)], "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …", True),
    ],
)
def test_what_a_cell_says_of_the_values_at_a_path(values: list[JsonValue], text: str, number: bool) -> None:
    cell = shown_value(values)
    assert (cell.text, cell.number) == (text, number)


def test_a_megabyte_is_cut_before_it_is_looked_at() -> None:
    assert len(shown_value(["x" * 1_000_000]).text) <= 300
    assert len(column_for(TITLE).cell(Asset(metadata={"title": "x" * 1_000_000})).text) <= 300


def test_a_whole_value_is_as_it_is() -> None:
    assert whole_value("a\nb") == "a\nb"
    assert whole_value({"model": "Bôx"}) == '{\n  "model": "Bôx"\n}'
    assert whole_value(7) == "7"


@given(st.integers(1, 400), st.booleans())
def test_columns_fill_the_width_exactly_unless_there_is_none(width: int, scored: bool) -> None:
    shown = placed(width, scored=scored)
    used = sum(one.width for one in shown) + GAP * (len(shown) - 1)
    assert used == width or width < 5
    assert TITLE in {one.column.field for one in shown}


def test_least_important_columns_go_first() -> None:
    shown = [names(width, scored=True) for width in (100, 58, 50, 40)]
    assert shown[0] == ["Status", "Type", "Title", "Score", "Size", "Age", "Dup"]
    assert shown[-1] == ["Status", "Title", "Age"]
    assert all(set(narrow) <= set(wide) for wide, narrow in itertools.pairwise(shown))


def test_what_was_asked_for_stays_longer() -> None:
    fields = ("status", TITLE, "created_at", CAMERA, "metadata.camera.make")
    assert names(80, *fields) == ["Status", "Title", "Age", "camera.model", "camera.make"]
    assert names(55, *fields) == ["Status", "Title", "camera.model", "camera.make"]
    assert names(40, *fields) == ["Status", "Title", "camera.model"]
    assert names(24, *fields) == ["Status", "Title"]


def test_a_narrow_table_shows_the_status_as_a_symbol() -> None:
    shown = placed(36)
    assert [(one.column.field, one.width, one.symbol) for one in shown] == [
        ("status", 1, True),
        (TITLE, 26, False),
        ("created_at", 5, False),
    ]
    assert [status_cell(status).text[0] for status in ("DONE", "FAILED", None)] == ["✓", "✗", "·"]


def test_widths_follow_the_rows_that_were_read_and_never_shrink() -> None:
    cells = reader(TITLE, CAMERA)
    width = cells.width(1)
    assert width == len("camera.model") + 2  # room for the mark of the sort
    learnt = []
    for index, model in enumerate(("K900", "A very long name", "A name that is longer than any column may be", "K9")):
        cells.read(index, Asset(metadata={"camera": {"model": model}}))
        learnt.append((cells.width(1), cells.learnt))
    assert [pair[0] for pair in learnt] == [14, 16, 24, 24]
    assert learnt[2] == learnt[3]
    assert fit(cells, 60, fixed={CAMERA: 9}, scored=False)[1].width == 9


def test_a_row_is_read_once_until_it_may_have_changed() -> None:
    cells = reader(TITLE)
    assert cells.read(0, Asset(metadata={"title": "old"}))[0].text == "old"
    assert cells.read(0, Asset(metadata={"title": "new"}))[0].text == "old"
    cells.forget()
    assert cells.read(0, Asset(metadata={"title": "new"}))[0].text == "new"


def test_numbers_are_flush_right_and_words_left() -> None:
    cells = reader(TITLE, ISO)
    assert not cells.is_right(1)
    cells.read(0, Asset(metadata={"iso": 100}))
    cells.read(1, Asset())
    assert cells.is_right(1)
    cells.read(2, Asset(metadata={"iso": "auto"}))
    assert not cells.is_right(1)


def test_every_standard_column_reads_an_asset_without_anything() -> None:
    for setting in ColumnLayout().columns:
        assert column_for(setting.field).cell(Asset()).text in {"", "–", "· unknown", "unnamed"}


@pytest.mark.parametrize(("text", "cut_text"), [("abcdef", "abc…"), ("ab", "ab  "), ("港港港", "港 …"), ("", "    ")])
def test_cutting(text: str, cut_text: str) -> None:
    assert cut(text, 4) == cut_text
    assert cut("7", 4, right=True) == "   7"
    assert cut("abc", 0) == ""


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=5), "5 s"),
        (timedelta(minutes=59), "59 m"),
        (timedelta(hours=23), "23 h"),
        (timedelta(days=3), "3 d"),
        (timedelta(days=20), "2 w"),
        (timedelta(days=100), "3 mo"),
        (timedelta(days=800), "2 y"),
        (timedelta(hours=-2), "+2h"),
        (timedelta(days=-340), "+11mo"),
    ],
)
def test_age(ago: timedelta, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peekui.ui.formats.now", lambda: NOW)
    assert age(NOW - ago) == text


def test_numbers() -> None:
    assert (size(None), size(0), size(999), size(2_412_003)) == ("", "0 B", "999 B", "2.4 MB")
    assert exact_size(2_412_003) == "2.4 MB (2,412,003 bytes)"
    assert (count(None), count(12_431)) == ("", "12,431")
    assert age(None) == ""
