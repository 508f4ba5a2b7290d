"""Which commands there are. A command is imported when it is run: `--help` needs no more than what stands here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COMMANDS", "LazyGroup"]

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "demo": ("browsing", "Browse a sample library of a few hundred real files, written once."),
    "local": ("browsing", "Browse folders of your own; their files are read, never written."),
    "web": ("web", "Browse in a page of a web browser: the same program, served from this machine."),
    "serve": ("serving", "Index folders and serve them like Mixpeek's Assets API, for peekui or any other client."),
    "search": ("searching", "Search assets."),
    "get": ("looking_up", "Print an asset as JSON, named by its id or a presigned URL of it."),
    "url": (
        "signing",
        "Print fresh presigned URLs of assets, one a line: whoever has one reads that file until it expires.",
    ),
    "find": ("looking_up", "Find namespaces, collections, taxonomies and the like by a part of their name or id."),
    "namespaces": ("looking_up", "List the namespaces."),
    "collections": ("looking_up", "List the collections of a namespace."),
    "tasks": ("looking_up", "List the tasks that are under way."),
    "explain": ("explaining", "Say what a filter asks for; with an asset, what it makes of each condition, and why."),
    "triage": ("triaging", "Find out why assets failed, and which are duplicates."),
    "plan": ("planning", "Look at a plan of bulk acts, run it, go on with it, take it back."),
    "config": ("configuring", "Look at the configuration, or start one."),
    "doctor": ("doctor", "Look at the terminal, the clipboard, the configuration and the service, and give advice."),
}
"""For each command the module that has it under its name, and the first sentence of its help."""


class LazyGroup(click.Group):
    """The commands of `COMMANDS`, and those that are added to it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, in the order they are listed."""
        return [*COMMANDS, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command, imported by now; None for one that is not there."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"peekui.cli.{module}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  (click's)
        """List the commands, importing none."""
        lazy = [(name, sentence) for name, (_, sentence) in COMMANDS.items()]
        others = [(name, command.get_short_help_str(limit=200)) for name, command in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl([*lazy, *others])
