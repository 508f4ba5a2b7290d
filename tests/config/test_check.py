"""What is wrong in a file: said with the line, and with the nearest word that would be right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from peekui.config import check
from peekui.config.options import PROFILE_OPTIONS, TOP_OPTIONS
from peekui.config.template import starter_file
from peekui.ui.commands import COMMANDS
from peekui.ui.preferences import check_preferences
from tests.config.files import written

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_is_wrong(tmp_path: Path) -> None:
    text = """
        profile = "default"
        log_file = "~/peekui.log"
        clipboard = ["terminal", "native"]
        download_dir = "~/films"
        pictures = "off"
        theme = "ansi-dark"
        [profiles."a b"]
        calls_per_minute = 10
        [keys]
        assets.sort = ["f2"]
    """
    file = written(tmp_path, text)
    assert [*check(file), *check_preferences(file)] == []


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("themes = 'nord'", 1, "'themes' is no setting here. Did you mean 'theme'?"),
        ("\n\nzzz = 1", 3, "'zzz' is no setting here."),
        ("base_url = 'https://x'", 1, "'base_url' is no setting here."),
        ("theme = 3", 1, "theme must be a text"),
        ("log_file = 'here.log'", 1, "log_file must be a whole path"),
        ("clipboard = 'native'", 1, "clipboard must be a list of some of native, tmux, terminal"),
        ("clipboard = []", 1, "clipboard must be a list of some of native, tmux, terminal"),
        ("clipboard = ['native', 'xclip']", 1, "clipboard must be a list of some of native, tmux, terminal"),
        ("clipboard = [['native']]", 1, "clipboard must be a list of some of native, tmux, terminal"),
        ("download_dir = 'films'", 1, "download_dir must be a whole path"),
        ("pictures = 'ascii'", 1, "pictures must be one of auto, kitty, sixel, blocks, off"),
        ("pictures = ['off']", 1, "pictures must be one of auto, kitty, sixel, blocks, off"),
        ("profile = 'wrok'\n[profiles.work]", 1, "there is no profile 'wrok'. Did you mean 'work'?"),
        ("profiles = 1", 1, "profiles are tables"),
        ("[profiles]\nwork = 1", 2, "[profiles.work]"),
        ("[profiles.work]\n# x\nnamespaces = 'x'", 3, "Did you mean 'namespace'?"),
        ("[profiles.work]\nbase_url = 'mixpeek'", 2, "base_url must be the address of an API"),
        ("[profiles.work]\ncalls_per_minute = 0", 2, "a whole number above 0"),
        ("[profiles.work]\ncalls_per_minute = true", 2, "a whole number above 0"),
        ("[profiles.work]\ncalls_per_minute = 'none'", 2, "a whole number above 0"),
        ("[profiles.work]\nread_only = 'perhaps'", 2, "read_only must be true or false"),
        ("[profiles.work]\nread_only = 1", 2, "read_only must be true or false"),
        ("[profiles.work]\napi_key_command = '\"x'", 2, "with its quotes closed"),
        ("[profiles.work]\napi_key_command = ['x']", 2, "must be a command in a text"),
        ("[profiles.work]\napi_key = 'sk_hidden'", 2, "an API key does not belong in this file"),
        ("keys = 1", 1, "keys are a table"),
        ("[keys]\n\nassets.sort = 'f2'", 3, "the keys of 'assets.sort' must be a list"),
        ("[keys]\n'assets.sort' = ['f2', 2]", 2, "the keys of 'assets.sort' must be a list"),
        ("[keys]\nassets.srot = ['f2']", 2, "there is no command 'assets.srot'. Did you mean 'assets.sort'?"),
        ("theme = 'nrod'", 1, "there is no theme 'nrod'. Did you mean 'nord'?"),
    ],
)
def test_one_thing_is_wrong(text: str, line: int, what: str, tmp_path: Path) -> None:
    file = written(tmp_path, text)
    [problem] = [*check(file), *check_preferences(file)]
    assert problem.line == line
    assert what in str(problem)
    assert str(problem).startswith(f"{file.path}:{line}: ")
    assert "sk_hidden" not in str(problem)


def starter() -> str:
    return starter_file((command.id, command.keys) for command in COMMANDS)


def test_the_starter_file_says_nothing(tmp_path: Path) -> None:
    assert written(tmp_path, starter()).values == {}


def test_the_starter_file_has_every_option_and_command_and_is_right_when_switched_on(tmp_path: Path) -> None:
    file = written(tmp_path, re.sub(r"(?m)^#(?=\S)", "", starter()))
    assert set(file.values) == {option.name for option in TOP_OPTIONS} | {"profiles", "keys"}
    assert set(file.profile("work") or ()) == {option.name for option in PROFILE_OPTIONS}
    assert {one.command: one.keys for one in file.user_keys()} == {command.id: command.keys for command in COMMANDS}
    assert check(file) == []
