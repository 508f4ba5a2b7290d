"""Every command with its keys; Enter runs the one under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.table import Table
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from peekui.ui.commands import Where, commands_for, key_name
from peekui.ui.running import find_runner, keymap_of

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from peekui.ui.commands import Command

__all__ = ["HelpScreen"]

_KEYS = 16


class HelpScreen(ModalScreen[str | None]):
    """Lists the commands as they apply to where the help was asked for; gives the id of the one to run, or None."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape,f1", "dismiss(None)", "close"),
        Binding("down", "move(1)", "down", show=False),
        Binding("up", "move(-1)", "up", show=False),
    ]

    def __init__(self, focused: DOMNode) -> None:
        """Take where the focus was."""
        super().__init__()
        self._focused = focused

    def compose(self) -> ComposeResult:
        """A filter above, the commands below."""
        with Vertical(id="help-box") as box:
            box.border_title = "All keys"
            yield Input(placeholder="type to filter; Enter runs, Esc closes", id="help-filter", compact=True)
            yield OptionList(id="help-list")
            yield Static("Dim commands cannot be run now; the reason stands beside them.", id="help-note")

    def on_mount(self) -> None:
        """List everything."""
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what matches."""
        self._list(event.value.strip().casefold())

    def on_input_submitted(self) -> None:
        """Run the one under the cursor."""
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close, and have the command run."""
        self.dismiss(event.option_id)

    def action_move(self, step: int) -> None:
        """Move the cursor from within the filter."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def _list(self, wanted: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        for where in Where:
            found = [command for command in commands_for(where) if wanted in self._haystack(command)]
            if found:
                options.add_option(Option(Content.styled(where.value, "bold $primary"), disabled=True))
                options.add_options([self._option(command) for command in found])
        if options.option_count:
            options.action_first()
        else:
            options.add_option(Option("No command matches.", disabled=True))

    def _option(self, command: Command) -> Option:
        reason = self._why_not(command)
        keys = self._keys(command)
        row = Table.grid(padding=(0, 1, 0, 2))
        row.add_column(width=_KEYS, style="dim" if reason else "bold")
        row.add_column(ratio=1, style="dim" if reason else "")
        row.add_row(keys, f"{command.help} ({reason})" if reason else command.help)
        return Option(row, id=command.id, disabled=reason is not None)

    def _why_not(self, command: Command) -> str | None:
        runner = find_runner(command, self._focused)
        if runner is None:
            return "not here"
        return command.why_not(runner.situation())

    def _haystack(self, command: Command) -> str:
        return " ".join((command.id, command.title, command.help, self._keys(command))).casefold()

    def _keys(self, command: Command) -> str:
        return " ".join(map(key_name, keymap_of(self).keys(command)))
