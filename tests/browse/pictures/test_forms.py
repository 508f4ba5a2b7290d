"""Which form pictures are sent in: told by the environment alone, and only where it is sure."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import termios
from typing import TYPE_CHECKING

import pytest

from peekui.browse.pictures.forms import CellSize, Form, choose_form, read_cell_size

if TYPE_CHECKING:
    from collections.abc import Iterator

COLOURS = {"COLORTERM": "truecolor"}
CELL = CellSize(9, 18)


@pytest.mark.parametrize(
    ("environment", "form"),
    [
        ({"TERM": "xterm-kitty"}, Form.KITTY),
        ({"TERM": "xterm-ghostty"}, Form.KITTY),
        ({"TERM": "xterm-kitty", "COLORTERM": "24bit", "SSH_TTY": "/dev/pts/1"}, Form.KITTY),
        ({"TERM": "xterm-kitty", "COLORTERM": ""}, Form.BLOCKS),  # over ssh, which does not take it along
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, Form.BLOCKS),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux"}, Form.BLOCKS),  # noqa: S108  (tmux's own)
        ({"TERM": "xterm-kitty", "STY": "1.pts"}, Form.BLOCKS),
        ({"TERM": "xterm-kitty", "ZELLIJ": "0"}, Form.BLOCKS),
        ({"TERM": "xterm-kitty", "PEEKUI_WEB_SESSION": "1"}, Form.BLOCKS),
        # In a shell of kitty's, something else was started: it inherits what kitty said.
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1", "TERM_PROGRAM": "vscode"}, Form.BLOCKS),
        ({"TERM": "tmux-256color"}, Form.BLOCKS),
        ({"TERM": "screen.xterm-256color"}, Form.BLOCKS),
        ({"TERM": "foot"}, Form.SIXEL),
        ({"TERM": "foot-extra", "COLORTERM": ""}, Form.SIXEL),
        ({"TERM": "mlterm-256color"}, Form.SIXEL),
        ({"TERM": "contour"}, Form.SIXEL),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, Form.SIXEL),
        ({"TERM": "foot", "NO_COLOR": "1"}, Form.BLOCKS),
        ({"TERM": "foot", "TMUX": "1"}, Form.BLOCKS),
        ({"TERM": "xterm-256color"}, Form.BLOCKS),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, Form.BLOCKS),
        ({"TERM": "linux"}, Form.BLOCKS),
        ({"TERM": ""}, Form.BLOCKS),
    ],
)
def test_the_terminal_decides(environment: dict[str, str], form: Form) -> None:
    choice = choose_form("auto", COLOURS | environment, CELL)
    assert choice.form is form
    assert choice.why


def test_sixels_take_the_size_of_a_cell() -> None:
    choice = choose_form("auto", {"TERM": "foot"}, None)
    assert (choice.form, "how many pixels" in choice.why) == (Form.BLOCKS, True)
    assert choose_form("auto", {"TERM": "xterm-kitty", **COLOURS}, None).form is Form.KITTY


@pytest.mark.parametrize(
    ("wanted", "environment", "form"),
    [
        ("kitty", COLOURS, Form.KITTY),
        ("kitty", {**COLOURS, "TMUX": "1"}, Form.KITTY),
        ("kitty", {}, Form.BLOCKS),
        ("sixel", {}, Form.SIXEL),
        ("sixel", {"NO_COLOR": "1"}, Form.BLOCKS),
        ("blocks", {"TERM": "xterm-kitty", **COLOURS}, Form.BLOCKS),
    ],
)
def test_the_user_decides(wanted: str, environment: dict[str, str], form: Form) -> None:
    assert choose_form(wanted, environment, None).form is form


@pytest.fixture
def terminal() -> Iterator[int]:
    leader, follower = pty.openpty()
    yield follower
    os.close(leader)
    os.close(follower)


@pytest.mark.parametrize(
    ("size", "cell"),
    [
        ((40, 120, 1200, 800), CellSize(10, 20)),
        ((40, 120, 1085, 799), CellSize(9, 19)),
        ((40, 120, 0, 0), None),
        ((40, 120, 100, 800), None),
        ((0, 0, 1200, 800), None),
    ],
)
def test_the_size_of_a_cell(
    terminal: int, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int, int, int], cell: CellSize | None
) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *size))
    with os.fdopen(os.dup(terminal), "w") as stream:
        monkeypatch.setattr("sys.__stderr__", stream)
        assert read_cell_size() == cell


def test_a_pipe_has_no_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as stream:
        monkeypatch.setattr("sys.__stderr__", stream)
        assert read_cell_size() is None
