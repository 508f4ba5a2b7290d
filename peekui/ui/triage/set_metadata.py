"""A dialog for the metadata that is to be set for several assets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from peekui.filters.nodes import JsonValue
from peekui.triage.plans.metadata_line import BadMetadata, kind_of, read_metadata
from peekui.ui.screens.closing import Dialog
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["SetMetadataScreen"]


class SetMetadataScreen(Dialog[dict[str, JsonValue] | None]):
    """Gives name and value, None when the user left."""

    CSS_PATH: ClassVar[Any] = "set_metadata.tcss"
    BINDINGS: ClassVar[list[Any]] = [Binding("escape", "dismiss(None)", "close")]

    def __init__(self, about: str) -> None:
        """Take what it is set for, such as `12 marked assets`."""
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """A line to type in, and how it is understood."""
        with Vertical(id="metadata-box") as box:
            box.border_title = Content(f"Set metadata of {one_line(self._about)}")
            box.border_subtitle = "Enter makes the plan · Esc leaves"
            yield Input(placeholder="triage = reviewed", id="metadata-line", compact=True)
            yield Static(id="metadata-read", markup=False)

    def on_mount(self) -> None:
        """Begin with the line."""
        self.query_one(Input).focus()
        self._tell('A value is JSON where it reads as that: 5, true, null, [1, 2], "5". Anything else is text.')

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how the line is understood."""
        try:
            name, value = read_metadata(event.value)
        except BadMetadata as bad:
            self._tell(str(bad))
        else:
            self._tell(f"{name}: {json.dumps(value, ensure_ascii=False)}, {kind_of(value)}.")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give what was typed, or say what is wrong with it."""
        try:
            name, value = read_metadata(event.value)
        except BadMetadata as bad:
            self.query_one("#metadata-read", Static).update(Content.styled(str(bad), "$text-error"))
        else:
            self.dismiss({name: value})

    def _tell(self, text: str) -> None:
        self.query_one("#metadata-read", Static).update(Content.styled(one_line(text), "dim"))
