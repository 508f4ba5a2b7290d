"""A dialog with a whole text: to read, to select, to copy, to write to a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from peekui.ui.clipboard import copy, what_is_known
from peekui.ui.commands import Where
from peekui.ui.running import RunsCommands, bindings_for
from peekui.ui.screens.closing import Dialog
from peekui.ui.untrusted import one_line, visible
from peekui.ui.widgets.key_bar import KeyBar, draw_keys

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["ValueScreen"]

_MOST_FILES = 1000


class ValueScreen(RunsCommands, Dialog[None]):
    """Shows one value."""

    CSS_PATH = "value.tcss"
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.VALUE)

    def __init__(self, title: str, text: str, note: str = "") -> None:
        """Take the value.

        Args:
            title: What it is.
            text: The value itself, whole.
            note: What the user should know about it.
        """
        super().__init__()
        self._title = title
        self._text = text
        self._note = note

    def compose(self) -> ComposeResult:
        """Note, value, keys."""
        with Vertical(id="value-box") as box:
            box.border_title = Content(one_line(self._title))
            note = Static(self._note, id="value-note", markup=False)
            note.display = bool(self._note)
            yield note
            with VerticalScroll(id="value-scroll"):
                yield Static(visible(self._text), id="value-text", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Focus the text, so that the arrows scroll it."""
        self.query_one("#value-scroll").focus()
        self.call_after_refresh(draw_keys, self, self)

    def command_value_close(self) -> None:
        """Close."""
        self.dismiss()

    async def command_value_copy(self) -> None:
        """Copy the value as it is, not as it is drawn."""
        self.notify(what_is_known(self._title, await copy(self.app, self._text)), markup=False)

    def command_value_save(self) -> None:
        """Write the value to a new file, never over another."""
        for number in range(1, _MOST_FILES):
            path = Path(f"peekui-{number}.txt").absolute()
            try:
                # Mode 0600: the value may be a presigned URL.
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                continue
            except OSError as error:
                self.notify(f"Cannot write {path}: {error.strerror}.", severity="error", markup=False)
                return
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(self._text)
            self.notify(f"Written to {path}.", markup=False)
            return
        self.notify("There are too many peekui-….txt files here: remove some.", severity="error", markup=False)
