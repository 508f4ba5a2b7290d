"""The footer: at most seven things that can be done here and now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from peekui.ui.commands import COMMANDS, key_name
from peekui.ui.running import find_runner

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from peekui.ui.commands import Command

__all__ = ["KeyBar"]

_MOST = 7
_LAST_RESORT = "app.help"


class KeyHint(Static):
    """One key and what it does; a click does it."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.command: Command | None = None

    def hint(self, command: Command | None) -> None:
        """Show a command, or nothing."""
        self.command = command
        self.display = command is not None
        if command:
            key = Content.styled(key_name(command.keys[0]), "bold $primary")
            self.update(Content.assemble(key, (f" {command.title}", "dim")))

    async def on_click(self, event: events.Click) -> None:
        """Do what the hint says, as its key would."""
        event.stop()
        runner = find_runner(self.command, self.screen.focused or self.screen) if self.command else None
        if self.command and runner:
            await runner.action_run(self.command.id)


class KeyBar(Horizontal):
    """Hints for the commands that apply where the focus is, best first, help always last."""

    def compose(self) -> ComposeResult:
        """As many hints as there can be."""
        for _ in range(_MOST):
            yield KeyHint()

    def refresh_hints(self, focused: DOMNode) -> None:
        """Show what can be done from a node.

        Args:
            focused: Where the focus is; the screen if nowhere.
        """
        possible = [
            (command.footer, command)
            for command in COMMANDS
            if command.footer is not None
            and (runner := find_runner(command, focused)) is not None
            and command.why_not(runner.situation()) is None
        ]
        ranked = [command for _, command in sorted(possible, key=lambda pair: pair[0])]
        shown = self._that_fit(ranked)
        for hint, command in zip(self.query(KeyHint), [*shown, *[None] * _MOST], strict=False):
            hint.hint(command)

    def _that_fit(self, ranked: list[Command]) -> list[Command]:
        """Leave out the lowest ranks that have no room; the help, which lists them, stays."""
        last = [command for command in ranked if command.id == _LAST_RESORT]
        others = [command for command in ranked if command.id != _LAST_RESORT][: _MOST - len(last)]
        while others and sum(map(_cells, others + last)) > self.size.width:
            others.pop()
        return others + last


def _cells(command: Command) -> int:
    return cell_len(key_name(command.keys[0])) + cell_len(command.title) + 3
