"""Server text cannot act on the terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.ui.untrusted import one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("clip [final].mp4", "clip [final].mp4"),
        ("a[/]b", "a[/]b"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]52;c;ZXZpbA==\x07", "␛]52;c;ZXZpbA==␇"),
        ("\x9b31m", "‹009B›31m"),
        ("gpj\u202eexe.png", "gpj‹202E›exe.png"),
        ("caf\udce9", "caf‹E9›"),
        ("one\ntwo\ttab", "one↵two    tab"),
        ("nul\x00del\x7f", "nul␀del␡"),
        ("مرحبا", "مرحبا"),
        ("日本語 👩‍👩‍👧", "日本語 👩‍👩‍👧"),
    ],
)
def test_what_is_hidden_is_shown_and_the_rest_is_left_alone(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_visible_keeps_lines() -> None:
    assert visible("one\r\ntwo\n\x1b") == "one\ntwo\n␛"


@given(st.text(alphabet=st.characters(), max_size=50))
def test_no_control_character_survives(text: str) -> None:
    shown = one_line(text)
    assert not [character for character in shown if unicodedata.category(character) in {"Cc", "Cs"}]
    shown.encode()
