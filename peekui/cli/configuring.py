"""`peekui config`: where the configuration is, a first one, what holds and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from peekui.cli.common import Mistake, load_settings, problems_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from peekui.cli.common import Flags

__all__ = ["config"]


@click.group()
def config() -> None:
    """Look at the configuration, or start one."""


@config.command()
def path() -> None:
    """Print where the configuration file is, or would be."""
    from peekui.own_files import config_path

    click.echo(config_path())


@config.command()
def init() -> None:
    """Write a file with every option explained and switched off; never over one that is there."""
    from peekui.config.template import starter_file
    from peekui.own_files import config_path, create_private
    from peekui.ui.commands import COMMANDS

    file = config_path()
    try:
        create_private(file, starter_file((command.id, command.keys) for command in COMMANDS))
    except FileExistsError as error:
        raise Mistake(f"{file} is there already, and is left as it is.") from error
    except OSError as error:
        raise Mistake(f"{file} cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote {file}.")


@config.command()
@click.pass_obj
def show(flags: Flags) -> None:
    """Print the settings in force and where each comes from; the API key stays masked."""
    from peekui.api.redaction import redact
    from peekui.config.show import rows

    table = [(row.name, redact(row.value), row.origin) for row in rows(load_settings(flags))]
    for line in _aligned(table):
        click.echo(line)


@config.command()
def check() -> None:
    """Say what is wrong in the configuration file, with the lines; exit status 2 if anything is."""
    from peekui.config import ConfigError, read_file
    from peekui.own_files import config_path

    try:
        file = read_file(config_path())
    except ConfigError as error:
        raise Mistake(str(error)) from error
    problems = problems_in(file)
    for problem in problems:
        click.echo(problem)
    if problems:
        raise SystemExit(Mistake.exit_code)
    click.echo(f"{file.path} is fine." if file.exists else f"There is no {file.path}: the defaults hold.")


@config.command("forget-key")
@click.pass_obj
def forget(flags: Flags) -> None:
    """Take the API key of the profile, at its address, out of the system's keyring."""
    from peekui.config.key_ring import forget_key
    from peekui.config.problems import ConfigError

    settings = load_settings(flags)
    try:
        there = forget_key(settings)
    except ConfigError as error:
        raise Mistake(str(error)) from error
    click.echo(f"The key of {settings.account} is {'forgotten' if there else 'not in the keyring'}.")


def _aligned(table: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
