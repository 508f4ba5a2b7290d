"""What cells say, and how columns share a width."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.api.models import Asset
from peekui.ui.columns import GAP, fit, status_cell
from peekui.ui.formats import age, count, exact_size, size

NOW = datetime(2026, 11, 22, tzinfo=UTC)


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


@given(st.integers(1, 400), st.booleans())
def test_columns_fill_the_width_exactly_unless_there_is_none(width: int, scored: bool) -> None:
    shown = fit(width, scored=scored)
    used = sum(cells for _, cells in shown) + GAP * (len(shown) - 1)
    assert used == width or width < 5
    assert "Title" in {column.name for column, _ in shown}


def test_least_important_columns_go_first() -> None:
    names = [[column.name for column, _ in fit(width, scored=True)] for width in (100, 58, 50, 40)]
    assert names[0] == ["Status", "Type", "Title", "Score", "Size", "Age", "Dup"]
    assert names[-1] == ["Status", "Title", "Age"]
    assert all(set(narrow) <= set(wide) for wide, narrow in itertools.pairwise(names))


def test_a_narrow_table_shows_the_status_as_a_symbol() -> None:
    shown = fit(36, scored=False)
    assert [(column.name, cells) for column, cells in shown] == [("", 1), ("Title", 26), ("Age", 5)]
    assert [shown[0][0].cell(Asset(status=status)).text for status in ("DONE", "FAILED", None)] == ["✓", "✗", "·"]


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
        (timedelta(hours=-2), "in 2 h"),
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
