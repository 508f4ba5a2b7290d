"""Keys of the user's own: merged over the defaults, in force and on show; what cannot be is said with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from peekui.config.file import UserKeys
from peekui.config.problems import ConfigError
from peekui.ui.app import PeekApp
from peekui.ui.commands import COMMANDS, Keymap, by_id, find_key_problems, key_table, read_keymap
from tests.ui.driver import Driver

if TYPE_CHECKING:
    from tests.service import Service


def user(command: str, *keys: str, line: int = 7) -> UserKeys:
    return UserKeys(command, keys, f"config.toml:{line}")


def problems(*wanted: UserKeys) -> list[str]:
    return [str(problem) for problem in find_key_problems(wanted)]


def test_the_users_keys_take_the_place_of_the_defaults() -> None:
    keymap = read_keymap([user("assets.failed", "f2", "ctrl+e")])
    assert keymap.keys(by_id("assets.failed")) == ("f2", "ctrl+e")
    assert keymap.keys(by_id("assets.search")) == by_id("assets.search").keys
    assert "| `F2` `Ctrl+e` | Show only failed" in key_table(keymap)


def test_no_keys_of_the_users_are_no_problem() -> None:
    assert problems() == []
    assert read_keymap([]) == Keymap()


def test_the_default_keys_written_out_are_no_problem() -> None:
    assert problems(*(user(command.id, *command.keys) for command in COMMANDS)) == []


def test_an_unknown_command_is_named_with_its_line_and_the_nearest() -> None:
    assert problems(user("assets.fialed", "x", line=3)) == [
        "config.toml:3: there is no command 'assets.fialed'. Did you mean 'assets.failed'?"
    ]


@pytest.mark.parametrize("key", ["f25", "ctrl+", "hyperspace+x", "", "ctrl+ab", "pagedwon"])
def test_an_unknown_key_is_named(key: str) -> None:
    [problem] = problems(user("assets.failed", key))
    assert f"there is no key {key!r}" in problem


def test_a_command_needs_a_key() -> None:
    assert problems(user("app.quit")) == ["config.toml:7: app.quit needs a key: give one, or take the line out."]


def test_a_key_cannot_run_two_commands_at_once() -> None:
    [problem] = problems(user("assets.failed", "s", line=4))
    assert problem.startswith("config.toml:4: 's' already runs assets.sort (sort)")
    with pytest.raises(ConfigError, match="already runs"):
        read_keymap([user("assets.failed", "s")])


def test_keys_can_be_swapped() -> None:
    assert problems(user("assets.failed", "s"), user("assets.sort", "b")) == []


def test_one_key_in_places_that_are_never_open_together_is_no_clash() -> None:
    assert problems(user("value.save", "s")) == []


def test_a_comma_is_a_key_like_any_other() -> None:
    keymap = read_keymap([user("assets.failed", ",", "f2")])
    assert keymap.for_textual() == {"assets.failed": "comma,f2"}


async def test_they_work_and_are_shown(demo: Service) -> None:
    keymap = read_keymap([user("assets.failed", "f2"), user("assets.sort", "f4"), user("app.help", "Z")])
    app = PeekApp(demo, keymap=keymap)
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(app, pilot)
        await driver.until_rows()
        assert "F4 sort" in driver.text().splitlines()[-1]
        seen = []
        for key in ("b", "f2"):
            await driver.press(key)
            seen.append(driver.browse.place.failed_only)
        assert seen == [False, True]
        await driver.press("Z")
        assert "F2" in driver.text()
