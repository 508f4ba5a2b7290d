"""The first screen of somebody who has no key yet: what there is to look at without one, and with one."""

from __future__ import annotations

import asyncio
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from peekui.ui.screens.key import KeyScreen
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from peekui.api.secret import Secret
    from peekui.ui.session import Source
    from peekui.ui.sources import Sources

__all__ = ["WelcomeScreen"]

_CHOICES = {
    "demo": ("Look around in a demo", "A sample library of a few hundred real files, on this machine."),
    "folder": ("Open a folder", "Browse files of yours; they are read, never written."),
    "hosted": ("Connect to Mixpeek", "With an API key of your account."),
}
_NEEDS_LIBRARY = "Needs the embedded library: pip install 'peekui[local]'."


class WelcomeScreen(Screen[None]):
    """Lets the user choose what to browse."""

    CSS_PATH = "welcome.tcss"
    BINDINGS: ClassVar[list[Any]] = [Binding("escape", "back", "back", show=False)]

    class Chosen(Message):
        """The user chose what to browse."""

        def __init__(self, source: Source) -> None:
            super().__init__()
            self.source = source

    def __init__(self, sources: Sources) -> None:
        """Take what can be opened."""
        super().__init__()
        self._sources = sources

    def compose(self) -> ComposeResult:
        """The choices, and a line for the path of a folder."""
        with Vertical(id="welcome-box") as box:
            box.border_title = "peekui"
            yield Static("What would you like to browse?", id="welcome-question", markup=False)
            yield OptionList(*map(_option, _CHOICES), id="welcome-choices")
            yield Input(
                placeholder="path of the folder; Enter opens it, Esc goes back", id="welcome-path", compact=True
            )
            yield Static(id="welcome-note", markup=False)

    def on_mount(self) -> None:
        """Start with the choices."""
        self.query_one(Input).display = False
        self.query_one(OptionList).focus()
        self._note("A key in MIXPEEK_API_KEY, or a profile made with `peekui config init`, skips this screen.")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was chosen, or ask for what that takes."""
        if event.option_id == "demo":
            self.post_message(self.Chosen(self._sources.demo()))
        elif event.option_id == "folder":
            line = self.query_one(Input)
            line.display = True
            line.focus()
        else:
            why = "Mixpeek needs to know who asks."
            self.app.push_screen(KeyScreen(self._sources.settings, why), self._connect)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the folder, or say why it cannot be opened."""
        text = event.value.strip()
        path = await asyncio.to_thread(_folder, text) if text else None
        if path is None:
            self._note(f"✗ There is no folder {one_line(text)!r} to read: give the path of one.", style="$text-error")
            return
        self.post_message(self.Chosen(self._sources.local([path])))

    def action_back(self) -> None:
        """Go back to the choices."""
        self.query_one(Input).display = False
        self.query_one(OptionList).focus()

    def _connect(self, key: Secret | None) -> None:
        if key:
            self.post_message(self.Chosen(self._sources.hosted(key)))

    def _note(self, text: str, *, style: str = "$foreground 60%") -> None:
        self.query_one("#welcome-note", Static).update(Content.styled(text, style))


def _option(name: str) -> Option:
    title, text = _CHOICES[name]
    possible = name == "hosted" or find_spec("starlette") is not None
    what = Content.assemble((title, "bold"), "\n", (text if possible else _NEEDS_LIBRARY, "dim"))
    return Option(what, id=name, disabled=not possible)


def _folder(text: str) -> Path | None:
    """Give the folder of a path as it was typed, None where there is none to read."""
    path = Path(text).expanduser()
    return path if path.is_dir() and os.access(path, os.R_OK | os.X_OK) else None
