"""The commands of the registry in Textual's palette: those that can be run where the palette was asked for."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Provider

from peekui.ui.commands import COMMANDS, Where, key_name
from peekui.ui.running import find_runner, keymap_of
from peekui.ui.widgets.asset_table import AssetTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.command import Hits

    from peekui.ui.commands import Command
    from peekui.ui.running import RunsCommands

__all__ = ["RegistryCommands"]

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[,_ ](?=\d)|^\s+|\s+$")
_FIRST = 1000.0
"""A score that no match of words reaches."""


class RegistryCommands(Provider):
    """Offers the commands by title, with help and key."""

    async def discover(self) -> Hits:
        """Give everything that can be done now."""
        for command, runner in self._possible():
            yield DiscoveryHit(_name(command), partial(runner.action_run, command.id), help=self._help(command))

    async def search(self, query: str) -> Hits:
        """Give what matches; of a number, the row of the table it names, before anything else."""
        if hit := self._row_hit(query):
            yield hit
        matcher = self.matcher(query)
        for command, runner in self._possible():
            score = max(matcher.match(_name(command)), matcher.match(command.help) * 0.8)
            if score > 0:
                shown = matcher.highlight(_name(command))
                yield Hit(score, shown, partial(runner.action_run, command.id), help=self._help(command))

    def _row_hit(self, query: str) -> Hit | None:
        digits = _BETWEEN_DIGITS.sub("", query)
        table = next(iter(self.screen.query(AssetTable)), None)
        if not digits.isdecimal() or table is None or not table.rows.row_count:
            return None
        last = table.rows.row_count
        row = max(1, min(int(digits), last))
        title = f"Go to row {row:,}" if int(digits) <= last else f"Go to row {row:,}, the last"
        return Hit(_FIRST, title, partial(table.go_to_row, row), help="Put the cursor there.")

    def _possible(self) -> Iterator[tuple[Command, RunsCommands]]:
        start = self.focused or self.screen
        for command in COMMANDS:
            runner = find_runner(command, start)
            if runner and command.where is not Where.ROWS and command.why_not(runner.situation()) is None:
                yield command, runner

    def _help(self, command: Command) -> str:
        return f"{key_name(keymap_of(self.screen).keys(command)[0])}  {command.help}"


def _name(command: Command) -> str:
    return f"{command.title[0].upper()}{command.title[1:]}"
