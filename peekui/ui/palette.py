"""The commands of the registry in Textual's palette: those that can be run where the palette was asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Provider

from peekui.ui.commands import COMMANDS, Where, key_name
from peekui.ui.running import find_runner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.command import Hits

    from peekui.ui.commands import Command
    from peekui.ui.running import RunsCommands

__all__ = ["RegistryCommands"]


class RegistryCommands(Provider):
    """Offers the commands by title, with help and key."""

    async def discover(self) -> Hits:
        """Give everything that can be done now."""
        for command, runner in self._possible():
            yield DiscoveryHit(_name(command), partial(runner.action_run, command.id), help=_help(command))

    async def search(self, query: str) -> Hits:
        """Give what matches."""
        matcher = self.matcher(query)
        for command, runner in self._possible():
            score = max(matcher.match(_name(command)), matcher.match(command.help) * 0.8)
            if score > 0:
                shown = matcher.highlight(_name(command))
                yield Hit(score, shown, partial(runner.action_run, command.id), help=_help(command))

    def _possible(self) -> Iterator[tuple[Command, RunsCommands]]:
        start = self.focused or self.screen
        for command in COMMANDS:
            runner = find_runner(command, start)
            if runner and command.where is not Where.ROWS and command.why_not(runner.situation()) is None:
                yield command, runner


def _name(command: Command) -> str:
    return f"{command.title[0].upper()}{command.title[1:]}"


def _help(command: Command) -> str:
    return f"{key_name(command.keys[0])}  {command.help}"
