"""Keys of the commands as the user wants them: the defaults, with the user's own put over them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from peekui.config.problems import ConfigError, Problem, nearest
from peekui.ui.commands.command import TOGETHER
from peekui.ui.commands.registry import COMMANDS, commands_run_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from peekui.config.file import UserKeys
    from peekui.ui.commands.command import Command

__all__ = ["Keymap", "find_clashes", "find_key_problems", "read_keymap"]

_MODIFIERS = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys run which command.

    Attributes:
        own: Keys of the user's, in Textual's names, by the id of the command; the others have their default keys.
    """

    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def keys(self, command: Command) -> tuple[str, ...]:
        """Give the keys of a command; the first is shown."""
        return self.own.get(command.id, command.keys)

    def for_textual(self) -> dict[str, str]:
        """Give the user's keys as `App.set_keymap` takes them."""
        # Keys are joined with commas there, so the comma itself goes by its name.
        named = {",": "comma"}
        return {command_id: ",".join(named.get(key, key) for key in keys) for command_id, keys in self.own.items()}


def read_keymap(wanted: Sequence[UserKeys]) -> Keymap:
    """Put the keys of a configuration file over the defaults.

    Raises:
        ConfigError: There is no such command or key, or a key would run two commands.
    """
    problems = find_key_problems(wanted)
    if problems:
        raise ConfigError(str(problems[0]))
    return Keymap({one.command: one.keys for one in wanted})


def find_key_problems(wanted: Sequence[UserKeys]) -> list[Problem]:
    """Give what is wrong with the keys of a configuration file: unknown commands and keys first, then clashes."""
    if not wanted:
        return []
    unknown = [*_unknown_commands(wanted), *_unknown_keys(wanted)]
    return unknown or list(_clashes(wanted))


def _unknown_commands(wanted: Iterable[UserKeys]) -> Iterator[Problem]:
    known = {command.id for command in COMMANDS}
    for one in wanted:
        if one.command not in known:
            yield Problem(one.where, f"there is no command {one.command!r}.{nearest(one.command, known)}")
        elif not one.keys:
            yield Problem(one.where, f"{one.command} needs a key: give one, or take the line out.")


def _unknown_keys(wanted: Iterable[UserKeys]) -> Iterator[Problem]:
    known = _key_names()
    for one in wanted:
        for key in one.keys:
            if not _is_key(key, known):
                yield Problem(one.where, f"there is no key {key!r}.{nearest(key, known)}")


def _is_key(key: str, known: set[str]) -> bool:
    """Whether it is a character as it is typed, a named key such as `f2`, or one of them with modifiers before it."""
    if len(key) == 1:
        return key.isprintable()
    *modifiers, name = key.split("+")
    return key in known or ({*modifiers} <= _MODIFIERS and (name in known or (len(name) == 1 and name.isalnum())))


def find_clashes(keymap: Keymap) -> set[tuple[str, Command, Command]]:
    """Give each key that means two commands at once, with them.

    One that takes over another's key is no clash, nor are two that take over the same: the nearest to the focus that
    can be run is.
    """
    clashes = set()
    for together in TOGETHER:
        users = defaultdict(list)
        for command in commands_run_in(*together):
            for key in {*keymap.keys(command)}:
                users[key].append(command)
        for key, commands in users.items():
            for one, other in combinations(commands, 2):
                if not _share(one, other):
                    clashes.add((key, one, other))
    return clashes


def _share(one: Command, other: Command) -> bool:
    both = {one.instead_of, other.instead_of}
    return one.id in both or other.id in both or (None not in both and len(both) == 1)


def _clashes(wanted: Sequence[UserKeys]) -> Iterator[Problem]:
    places = {one.command: one.where for one in wanted}
    clashes = find_clashes(Keymap({one.command: one.keys for one in wanted}))
    for key, one, other in sorted(clashes, key=lambda clash: (clash[0], clash[1].id, clash[2].id)):
        mine, others = (one, other) if one.id in places else (other, one)
        what = f"{key!r} already runs {others.id} ({others.title}) there: give that one another key as well."
        yield Problem(places[mine.id], what)


def _key_names() -> set[str]:
    from textual.keys import Keys  # noqa: PLC0415  (Textual is not needed where the user has no keys)

    return {key.value for key in Keys}
