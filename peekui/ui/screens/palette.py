"""The palette: find a command by some of its letters and run it, or go to a row by its number; and all themes."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from textual.fuzzy import Matcher

from peekui.ui.commands import COMMANDS, Where, key_name
from peekui.ui.running import find_runner, keymap_of
from peekui.ui.screens.choosing import ChoosingScreen
from peekui.ui.widgets.asset_table import AssetTable
from peekui.ui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.dom import DOMNode

    from peekui.ui.commands import Command

__all__ = ["PaletteScreen", "ThemesScreen"]

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[,_ ](?=\d)")
_HELP_COUNTS = 0.8
"""Weight of a match in the help beside one in the title."""


class PaletteScreen(ChoosingScreen):
    """Offers the commands that can be run where it was asked for."""

    title_shown = "Palette"
    hint = "a command, or the number of a row"

    def __init__(self, focused: DOMNode) -> None:
        """Take where the focus was."""
        super().__init__()
        self._focused = focused

    def choices(self, wanted: str) -> Iterator[Choice]:
        """Give what matches, best first; of a number, the row of the table it names."""
        if row := self._row(wanted):
            yield row
        scored = [(_score(choice, wanted), choice) for choice in self._possible()]
        yield from (choice for score, choice in sorted(scored, key=lambda pair: -pair[0]) if score > 0)

    def _row(self, wanted: str) -> Choice | None:
        digits = _BETWEEN_DIGITS.sub("", wanted)
        table = next(iter(self._focused.screen.query(AssetTable)), None)
        if not digits.isdecimal() or table is None or not table.rows.row_count:
            return None
        last = table.rows.row_count
        row = max(1, min(int(digits), last))
        title = f"Go to row {row:,}" if int(digits) <= last else f"Go to row {row:,}, the last"
        return Choice(title, text="Put the cursor there.", run=partial(table.go_to_row, row))

    def _possible(self) -> Iterator[Choice]:
        for command in COMMANDS:
            runner = find_runner(command, self._focused)
            if runner and command.where is not Where.ROWS and command.why_not(runner.situation()) is None:
                keys = key_name(keymap_of(self).keys(command)[0])
                yield Choice(_name(command), keys, command.help, run=partial(runner.action_run, command.id))


class ThemesScreen(ChoosingScreen):
    """Offers all themes; the one under the cursor is shown at once."""

    title_shown = "Themes"
    hint = "part of a name; Enter takes the theme, Esc goes back to the old one"

    def on_mount(self) -> None:
        """Note what to go back to."""
        self._before = self.app.theme
        super().on_mount()

    def choices(self, wanted: str) -> Iterable[Choice]:
        """Give the themes whose names have these letters; the one in force first."""
        names = sorted(self.app.available_themes, key=lambda name: (name != self._before, name))
        return [Choice(name, run=partial(self._take, name)) for name in names if wanted.casefold() in name]

    async def action_dismiss(self, result: object = None) -> None:  # noqa: ARG002  (it is for leaving only)
        """Go back to the old theme."""
        self._take(self._before)
        self.dismiss()

    def _tell(self) -> None:
        super()._tell()
        if self.rows.chosen:
            self._take(self.rows.chosen.title)

    def _take(self, name: str) -> None:
        self.app.theme = name


def _score(choice: Choice, wanted: str) -> float:
    if not wanted:
        return 1.0
    matcher = Matcher(wanted)
    return max(matcher.match(choice.title), matcher.match(choice.text) * _HELP_COUNTS)


def _name(command: Command) -> str:
    return f"{command.title[0].upper()}{command.title[1:]}"
