"""Finds what is wrong in a configuration file: unknown keys with the nearest known one, and values that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.config.file import is_key_list
from peekui.config.options import PROFILE_OPTIONS, TOP_OPTIONS
from peekui.config.problems import Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from peekui.config.file import ConfigFile
    from peekui.config.options import Option

__all__ = ["check"]

_TABLES = ("profiles", "keys")
_NO_KEY_HERE = (
    "an API key does not belong in this file: use MIXPEEK_API_KEY, api_key_command, the system keyring, or type it in."
)


def check(file: ConfigFile) -> list[Problem]:
    """Give everything that is wrong with a file.

    What `[keys]` says is looked at only for its shape: which commands and keys there are is the browser's to know.
    """
    return [*_check_top(file), *_check_profiles(file), *_check_keys(file)]


def _check_top(file: ConfigFile) -> Iterator[Problem]:
    plain = {name: value for name, value in file.values.items() if name not in _TABLES}
    yield from _check_table(file, (), plain, TOP_OPTIONS, also_known=_TABLES)
    chosen = plain.get("profile")
    if isinstance(chosen, str) and chosen != "default" and file.profile(chosen) is None:
        what = f"there is no profile {chosen!r}.{nearest(chosen, file.profile_names())}"
        yield Problem(file.where("profile"), what)


def _check_profiles(file: ConfigFile) -> Iterator[Problem]:
    profiles = file.values.get("profiles", {})
    if not isinstance(profiles, dict):
        yield Problem(file.where("profiles"), "profiles are tables, such as [profiles.work].")
        return
    for name, table in profiles.items():
        path = ("profiles", name)
        if isinstance(table, dict):
            yield from _check_table(file, path, table, PROFILE_OPTIONS)
        else:
            yield Problem(file.where(*path), f"a profile is a table of its own: [profiles.{name}].")


def _check_table(
    file: ConfigFile,
    path: tuple[str, ...],
    table: Mapping[str, object],
    options: Sequence[Option],
    also_known: Sequence[str] = (),
) -> Iterator[Problem]:
    known = {option.name: option for option in options}
    for name, value in table.items():
        where = file.where(*path, name)
        if name == "api_key":
            yield Problem(where, _NO_KEY_HERE)
        elif name not in known:
            yield Problem(where, f"{name!r} is no setting here.{nearest(name, (*known, *also_known))}")
        else:
            try:
                known[name].read(value)
            except ValueError as error:
                yield Problem(where, f"{name} {error}.")


def _check_keys(file: ConfigFile) -> Iterator[Problem]:
    if not isinstance(file.values.get("keys", {}), dict):
        yield Problem(file.where("keys"), "keys are a table: [keys].")
        return
    for path, keys in file.key_tables():
        if not is_key_list(keys):
            command = ".".join(path[1:])
            yield Problem(file.where(*path), f'the keys of {command!r} must be a list of texts, such as ["s", "f2"].')
