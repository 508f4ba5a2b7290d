"""The footer: at most seven things that can be done here and now."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.app import App
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from peekui.ui.commands import COMMANDS, key_name
from peekui.ui.running import find_runner, is_typed_in, keymap_of, runners_from

if TYPE_CHECKING:
    from textual import events
    from textual.dom import DOMNode
    from textual.screen import Screen

    from peekui.ui.commands import Command

__all__ = ["KeyBar", "draw_keys"]

_MOST = 7
_LAST_RESORT = "app.help"
_PADDING = 1
"""Blank cells on either side of a hint."""


def draw_keys(screen: Screen[Any], start: DOMNode | None = None) -> None:
    """Have a screen's footer follow what can be done there; one that was closed meanwhile has none.

    Args:
        screen: With the footer.
        start: Where to look from, the focus if not said.
    """
    for bar in screen.query(KeyBar):
        bar.refresh_hints(start or screen.focused or screen)


class KeyBar(Widget):
    """Hints for the commands that apply where the focus is, best first, help always last; a click does what one says.

    One widget that draws them all: every widget more would be paid for in the first frame.
    """

    hints: reactive[tuple[Command, ...]] = reactive(())
    """What is hinted at, from left to right."""
    pointed: reactive[Command | None] = reactive(None)
    """The hint under the mouse."""

    def render(self) -> Content:
        """Draw the hints."""
        return Content.assemble(*map(self._draw, self.hints))

    def _draw(self, command: Command) -> Content:
        space = " " * _PADDING
        key = Content.styled(self._key(command), "bold $primary")
        hint = Content.assemble(space, key, (f" {command.title}", "dim"), space)
        return hint.stylize("on $boost") if command is self.pointed else hint

    def refresh_hints(self, focused: DOMNode) -> None:
        """Show what can be done from a node.

        Args:
            focused: Where the focus is; the screen if nowhere.
        """
        typing = is_typed_in(focused)
        runners = runners_from(focused)
        situations = {runner: runner.situation() for runner in runners}
        possible = [
            (command.footer, command)
            for command in COMMANDS
            if command.footer is not None
            and not (typing and len(keymap_of(self).keys(command)[0]) == 1)
            and (runner := find_runner(command, runners)) is not None
            and not (command.elsewhere and isinstance(runner, App))
            and command.why_not(situations[runner]) is None
        ]
        taken_over = {command.instead_of for _, command in possible}
        ranked = [command for _, command in sorted(possible, key=lambda pair: pair[0]) if command.id not in taken_over]
        self.hints = tuple(self._that_fit(ranked))

    def hint_at(self, x: int) -> Command | None:
        """Give the command whose hint is drawn at a column from 0, None where there is none."""
        ends = accumulate(map(self._cells, self.hints))
        return next((command for command, end in zip(self.hints, ends, strict=True) if x < end), None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light the hint under the mouse."""
        self.pointed = self.hint_at(event.x)

    def on_leave(self) -> None:
        """Light none."""
        self.pointed = None

    async def on_click(self, event: events.Click) -> None:
        """Do what the hint says, as its key would."""
        event.stop()
        command = self.hint_at(event.x)
        runner = find_runner(command, runners_from(self.screen.focused or self.screen)) if command else None
        if command and runner:
            await runner.action_run(command.id)

    def _that_fit(self, ranked: list[Command]) -> list[Command]:
        """Leave out the lowest ranks that have no room; the help, which lists them, stays."""
        last = [command for command in ranked if command.id == _LAST_RESORT]
        others = [command for command in ranked if command.id != _LAST_RESORT][: _MOST - len(last)]
        while others and sum(map(self._cells, others + last)) > self.size.width:
            others.pop()
        return others + last

    def _cells(self, command: Command) -> int:
        return cell_len(self._key(command)) + 1 + cell_len(command.title) + 2 * _PADDING

    def _key(self, command: Command) -> str:
        return key_name(keymap_of(self).keys(command)[0])
