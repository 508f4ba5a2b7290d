"""The configuration file as it was read: values, and the line of each."""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeGuard

from peekui.config.problems import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["ConfigFile", "UserKeys", "is_key_list", "read_file"]


@dataclass(frozen=True, slots=True)
class UserKeys:
    """Keys a user wants for a command.

    Attributes:
        command: Id such as `assets.search`; not known to be one.
        keys: Key names as they stand in the file.
        where: `path:line` of them.
    """

    command: str
    keys: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class ConfigFile:
    """What a configuration file says; nothing is checked yet.

    Attributes:
        path: Where it is, or would be.
        exists: Whether it is there.
        text: As it stands in the file.
        values: As TOML gives them.
        others_write: Whether others than its owner can write it.
    """

    path: Path
    exists: bool = False
    text: str = field(default="", repr=False)
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    others_write: bool = False

    def where(self, *keys: str) -> str:
        """Give `path:line` of a key by its path from the top."""
        return f"{self.path}:{self._lines.get(keys, 1)}"

    def profile(self, name: str) -> Mapping[str, Any] | None:
        """Give the table of a profile, None when there is none."""
        profiles = self.values.get("profiles")
        table = profiles.get(name) if isinstance(profiles, dict) else None
        return table if isinstance(table, dict) else None

    def profile_names(self) -> list[str]:
        """Name the profiles in the file."""
        profiles = self.values.get("profiles")
        return list(profiles) if isinstance(profiles, dict) else []

    def key_tables(self) -> Iterator[tuple[tuple[str, ...], object]]:
        """Give path and value of each entry of `[keys]`; TOML reads the dots of an unquoted id as tables in tables."""
        keys = self.values.get("keys")
        if isinstance(keys, dict):
            yield from _leaves(keys, ("keys",))

    def user_keys(self) -> tuple[UserKeys, ...]:
        """Give the keys of commands; what has not the shape of them is `check`'s to tell."""
        return tuple(
            UserKeys(".".join(path[1:]), tuple(keys), self.where(*path))
            for path, keys in self.key_tables()
            if is_key_list(keys)
        )

    @cached_property
    def _lines(self) -> Mapping[tuple[str, ...], int]:
        # Read a second time for this, so only when a line is to be told.
        from peekui.config.lines import key_lines  # noqa: PLC0415

        return key_lines(self.text)


def is_key_list(value: object) -> TypeGuard[list[str]]:
    """Whether a value has the shape of a command's keys."""
    return isinstance(value, list) and all(isinstance(key, str) for key in value)


def read_file(path: Path) -> ConfigFile:
    """Read the configuration file; one that is not there says nothing.

    Raises:
        ConfigError: It is there and cannot be read, or is no TOML.
    """
    try:
        raw = path.read_bytes()
        mode = path.stat().st_mode
    except FileNotFoundError:
        return ConfigFile(path)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error

    import tomllib  # noqa: PLC0415  (start-up without a file does not pay for it)

    try:
        text = raw.decode("utf-8")
        values = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ConfigError(f"{path}:{line}: this is not UTF-8: write the file in that encoding.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not TOML: {error}.") from error
    others_write = bool(mode & (stat.S_IWGRP | stat.S_IWOTH))
    return ConfigFile(path, exists=True, text=text, values=values, others_write=others_write)


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    else:
        yield path, value
