"""The command line. Imports neither Textual nor httpx before a command needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from peekui import __version__
from peekui.cli.commands import LazyGroup
from peekui.cli.common import PATH, load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.cli.common import Flags

__all__ = ["main"]


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="peekui", message="peekui %(version)s")
@click.option("-p", "--profile", metavar="NAME", help="Profile of the configuration file to use [PEEKUI_PROFILE].")
@click.option("--base-url", metavar="URL", help="Address of the API [MIXPEEK_BASE_URL; https://api.mixpeek.com].")
@click.option("-n", "--namespace", metavar="NAME", help="Namespace to open first, by id or name [MIXPEEK_NAMESPACE].")
@click.option("--log-file", metavar="PATH", type=PATH, help="Log calls and errors there, without keys and signed URLs.")
@click.option("--read-only", is_flag=True, help="Change nothing at the service [PEEKUI_READ_ONLY].")
@click.pass_context
def cli(context: click.Context, /, log_file: Path | None, *, read_only: bool, **flags: str | None) -> None:
    """Browse, triage and search a Mixpeek media library in the terminal.

    Without a command: opens the hosted service. The key comes from MIXPEEK_API_KEY, or as the file explains that
    `peekui config init` writes.
    """
    log_path = str(log_file.absolute()) if log_file else None
    context.obj = {**flags, "log_file": log_path, "read_only": "yes" if read_only else None}
    if context.invoked_subcommand is None:
        from peekui.cli.browsing import browse_hosted

        browse_hosted(context.obj)


@cli.command()
@click.pass_obj
def keys(flags: Flags) -> None:
    """Print every command of the browser with its keys, your own included, as a Markdown table."""
    from peekui.ui.commands import key_table, read_keymap

    click.echo(key_table(read_keymap(load_settings(flags).keys)))


def main() -> None:
    """Run the command line; the console script's entry."""
    cli(prog_name="peekui")
