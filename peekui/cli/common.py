"""What the commands share: how they refuse, and the settings they go by."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from peekui.config import ConfigFile, Problem, Settings

__all__ = ["PATH", "Flags", "Mistake", "check_folders", "load_settings", "need_local_parts", "problems_in"]

_LOCAL_PARTS = ("av", "msgspec", "mutagen", "PIL", "puremagic", "pypdf", "starlette", "uvicorn")

PATH = click.Path(path_type=Path, readable=False)
"""Read as it was typed: what is wrong with it is said in one sentence where click would take three lines."""

Flags = dict[str, "str | None"]
"""Options before the command by their names in the configuration file, None where not given: click's context has it."""


class Mistake(click.ClickException):
    """Something the user can mend: one sentence, exit status 2."""

    exit_code = 2

    def show(self, file: object = None) -> None:  # noqa: ARG002  (click's signature)
        """Print the sentence, with nothing around it but the program's name."""
        click.echo(f"peekui: {self.format_message()}", err=True)


def load_settings(flags: Mapping[str, str | None]) -> Settings:
    """Give the settings in force; a Mistake where something in them is wrong."""
    from peekui.config import ConfigError, read_file, read_settings
    from peekui.own_files import config_path

    try:
        file = read_file(config_path())
        if problems := problems_in(file):
            more = f" `peekui config check` lists all {len(problems)} problems." if len(problems) > 1 else ""
            raise Mistake(f"{problems[0]}{more}")
        return read_settings(file, flags, os.environ)
    except ConfigError as error:
        raise Mistake(str(error)) from error


def problems_in(file: ConfigFile) -> list[Problem]:
    """Give all that is wrong with a configuration file, from top to bottom."""
    from peekui.config import check
    from peekui.ui.preferences import check_preferences

    return sorted([*check(file), *check_preferences(file)], key=lambda problem: problem.line)


def need_local_parts(command: str) -> None:
    """Refuse a command that needs the embedded library where its parts are not installed."""
    missing = [part for part in _LOCAL_PARTS if find_spec(part) is None]
    if missing:
        raise Mistake(f"`peekui {command}` needs the embedded library: install it with pip install 'peekui[local]'.")


def check_folders(paths: Sequence[Path]) -> None:
    """Refuse a path that is no folder to read."""
    for path in paths:
        if not path.exists():
            raise Mistake(f"there is no {str(path)!r}: give the path of a folder.")
        if not path.is_dir():
            raise Mistake(f"{str(path)!r} is not a folder: give the folder it is in.")
        if not os.access(path, os.R_OK | os.X_OK):
            raise Mistake(f"{str(path)!r} cannot be read: ask for permission, or give another folder.")
