"""Every command with its keys; Enter runs the one under the cursor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from peekui.ui.commands import Where, commands_for, key_name
from peekui.ui.running import find_runner, keymap_of, runners_from
from peekui.ui.screens.choosing import ChoosingScreen
from peekui.ui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.dom import DOMNode

    from peekui.ui.commands import Command

__all__ = ["HelpScreen"]


class HelpScreen(ChoosingScreen):
    """Lists the commands as they apply to where the help was asked for."""

    title_shown = "All keys"
    hint = "type to filter; Enter runs, Esc closes"

    def __init__(self, focused: DOMNode) -> None:
        """Take where the focus was."""
        super().__init__()
        self._focused = focused

    def choices(self, wanted: str) -> Iterator[Choice]:
        """Give the commands with these letters, under the part of the program they apply to."""
        for where in Where:
            found = [command for command in commands_for(where) if wanted.casefold() in self._haystack(command)]
            if found:
                yield Choice(where.value, text="Dim commands cannot be run now; the reason stands beside them.")
                yield from map(self._choice, found)

    def _choice(self, command: Command) -> Choice:
        runner = find_runner(command, runners_from(self._focused))
        reason = "not here" if runner is None else command.why_not(runner.situation()) or ""
        run = partial(runner.action_run, command.id) if runner else _nothing
        return Choice(command.help, self._keys(command), f"{command.id}: {command.help}", reason, run)

    def _haystack(self, command: Command) -> str:
        return " ".join((command.id, command.title, command.help, self._keys(command))).casefold()

    def _keys(self, command: Command) -> str:
        return " ".join(map(key_name, keymap_of(self).keys(command)))


def _nothing() -> None:
    """Stand in for what cannot be run."""
