"""Asks for an API key: typed or pasted, never shown, kept in the system's keyring where the user wants that."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Checkbox, Input, Static

from peekui.api.secret import Secret
from peekui.config.key_ring import has_keyring, store_key
from peekui.config.options import read_key
from peekui.config.problems import ConfigError
from peekui.ui.screens.closing import Dialog
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from peekui.config import Settings

__all__ = ["KeyScreen"]


class KeyScreen(Dialog[Secret | None]):
    """Gives the key that was entered, None when the user left."""

    CSS_PATH = "key.tcss"
    BINDINGS: ClassVar[list[Any]] = [Binding("escape", "dismiss(None)", "close")]

    def __init__(self, settings: Settings, why: str) -> None:
        """Take what it is for.

        Args:
            settings: Name the service that the key will be sent to, and nothing else.
            why: Why it is asked for.
        """
        super().__init__()
        self._settings = settings
        self._why = why

    def compose(self) -> ComposeResult:
        """The reason, the line, and whether to keep it."""
        with Vertical(id="key-box") as box:
            box.border_title = Content(f"API key for {one_line(self._settings.base_url)}")
            yield Static(one_line(self._why), id="key-why", markup=False)
            yield Input(
                password=True, placeholder="paste the key; Enter takes it, Esc leaves", id="key-line", compact=True
            )
            yield Checkbox("keep it in the system's keyring", id="key-keep", compact=True)
            yield Static(id="key-note", markup=False)

    def on_mount(self) -> None:
        """Offer the keyring where there is one."""
        keep = self.query_one(Checkbox)
        keep.display = has_keyring()
        note = (
            ""
            if keep.display
            else "It is forgotten when peekui ends; with pip install 'peekui[keyring]' it can be kept."
        )
        self.query_one("#key-note", Static).update(note)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the key, and have it kept where that is wanted; or say why it cannot be one."""
        try:
            key = read_key(event.value)
        except ValueError as error:
            self._note(f"✗ What was pasted {error}.", style="$text-error")
            return
        if self.query_one(Checkbox).value:
            try:
                await asyncio.to_thread(store_key, self._settings, key)
            except ConfigError as error:
                self.notify(str(error), severity="warning", markup=False)
        self.dismiss(key)

    def _note(self, text: str, *, style: str = "$foreground 60%") -> None:
        self.query_one("#key-note", Static).update(Content.styled(text, style))
