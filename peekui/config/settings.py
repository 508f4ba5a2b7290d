"""The settings in force: flag over environment over file over default, each with where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from peekui.config.options import (
    DEFAULT_BASE_URL,
    KEY_VARIABLES,
    PROFILE_OPTIONS,
    TOP_OPTIONS,
    Pictures,
    is_here,
    origin_of,
    read_key,
)
from peekui.config.problems import ConfigError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from peekui.api.secret import Secret
    from peekui.clipboard.routes import Route
    from peekui.config.file import ConfigFile, UserKeys
    from peekui.config.options import Option

__all__ = ["Settings", "read_settings"]

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to connect, and how the user wants the browser.

    Attributes:
        profile: Name of the profile.
        base_url: Address of the API, without a trailing slash.
        namespace: Id or name to open first, None for the first there is.
        api_key: The key from the environment, masked; None where `find_key` has to look further.
        api_key_command: Prints the key for this address; None where the profile has none for it.
        withheld_command: `path:line` of the profile's command when it is for another address than this one.
        calls_per_minute: What the plan allows, None for no limit.
        read_only: Nothing is changed at the service.
        theme: Name of the theme to start with, None for what was last used.
        log_file: Where to log to, None for nowhere.
        clipboard: Ways to the clipboard in the order they are tried, None for the usual one.
        download_dir: Where downloads go, None for the platform's own folder.
        pictures: How pictures are shown.
        keys: Keys the user wants for commands.
        origins: For each of the above that is an option, in words where it came from.
    """

    profile: str
    base_url: str
    namespace: str | None = None
    api_key: Secret | None = None
    api_key_command: str | None = None
    withheld_command: str | None = None
    calls_per_minute: int | None = None
    read_only: bool = False
    theme: str | None = None
    log_file: Path | None = None
    clipboard: tuple[Route, ...] | None = None
    download_dir: Path | None = None
    pictures: Pictures = Pictures.AUTO
    keys: tuple[UserKeys, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def account(self) -> str:
        """What belongs to this profile at this origin is kept under this name: the key, and what is remembered."""
        return f"{self.profile}@{origin_of(self.base_url)}"


_Chosen = dict[str, tuple[Any, str]]
"""Value of each option by name, and in words where it came from."""


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the precedence goes through, highest first."""

    flags: Mapping[str, str | None]
    environment: Mapping[str, str]
    file: ConfigFile

    def choose(self, options: Sequence[Option], path: tuple[str, ...], table: Mapping[str, object]) -> _Chosen:
        """Give value and origin of each option by name; the file's part is the table at a path."""
        return {option.name: self._choose(option, path, table) for option in options}

    def _choose(self, option: Option, path: tuple[str, ...], table: Mapping[str, object]) -> tuple[Any, str]:
        if (flag := self.flags.get(option.name)) is not None:
            return _read(option.read, flag, option.flag), f"flag {option.flag}"
        # A variable that is set to nothing says nothing.
        if option.variable and (text := self.environment.get(option.variable)):
            return _read(option.read, text, option.variable), f"environment {option.variable}"
        if option.name in table:
            where = self.file.where(*path, option.name)
            return _read(option.read, table[option.name], f"{where}: {option.name}"), where
        return None if option.default is None else option.read(option.default), "default"


def read_settings(file: ConfigFile, flags: Mapping[str, str | None], environment: Mapping[str, str]) -> Settings:
    """Put the settings together.

    Args:
        file: A configuration file in which `check` finds nothing wrong.
        flags: What the command line says, by the name of the option; None says nothing.
        environment: The process's own, in general.

    Raises:
        ConfigError: A flag or a variable has a value that cannot be, or there is no such profile.
    """
    sources = _Sources(flags, environment, file)
    chosen = sources.choose(TOP_OPTIONS, (), file.values)
    profile, table = _find_profile(file, *chosen["profile"])
    chosen |= sources.choose(PROFILE_OPTIONS, ("profiles", profile), table)
    values = {name: value for name, (value, _) in chosen.items()}
    origins = {name: origin for name, (_, origin) in chosen.items()}
    if origins["calls_per_minute"] == "default" and is_here(values["base_url"]):
        values["calls_per_minute"] = None  # nobody rations a service on this machine
    key, key_origin = _key_from(environment)
    if values["api_key_command"]:
        if file.others_write:
            raise ConfigError(f"Others can write {file.path}, so its api_key_command is not run: chmod 600 that file.")
        if origin_of(values["base_url"]) != origin_of(str(table.get("base_url", DEFAULT_BASE_URL))):
            values |= {"api_key_command": None, "withheld_command": origins["api_key_command"]}
    return Settings(**values, api_key=key, keys=file.user_keys(), origins=origins | {"api_key": key_origin})


def _find_profile(file: ConfigFile, name: str, origin: str) -> tuple[str, Mapping[str, object]]:
    """Give the profile's name and table; the one named `default` need not be in the file."""
    table = file.profile(name)
    if table is None and name != "default":
        hint = nearest(name, file.profile_names()) or f" Add [profiles.{name}] to {file.path}."
        raise ConfigError(f"There is no profile {name!r} ({origin}).{hint}")
    return name, table or {}


def _key_from(environment: Mapping[str, str]) -> tuple[Secret | None, str]:
    for variable in KEY_VARIABLES:
        if text := environment.get(variable, "").strip():
            return _read(read_key, text, variable), f"environment {variable}"
    return None, ""


def _read(read: Callable[[Any], Read], value: object, source: str) -> Read:
    try:
        return read(value)
    except ValueError as error:
        # Without the value: an address may hold a password, and a key is one.
        raise ConfigError(f"{source} {error}.") from error
