"""A dialog to choose in: a line that filters, the choices, and all there is to say of the one under the cursor."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Input, Static

from peekui.ui.screens.closing import Dialog
from peekui.ui.untrusted import visible
from peekui.ui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.widget import Widget

    from peekui.ui.widgets.choice_list import Choice
    from peekui.ui.widgets.row_view import RowView

__all__ = ["ChoosingScreen"]


class ChoosingScreen(Dialog[Callable[[], object] | None]):
    """Gives what does the choice, None when the user left. A subclass says what there is to choose from."""

    CSS_PATH: ClassVar[Any] = "choosing.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape", "dismiss(None)", "close"),
        Binding("down", "move('rows_down')", "down", show=False),
        Binding("up", "move('rows_up')", "up", show=False),
        Binding("pagedown", "move('rows_page_down')", "page down", show=False),
        Binding("pageup", "move('rows_page_up')", "page up", show=False),
    ]
    title_shown: str
    """Title of the frame."""
    hint: str
    """What the empty line says."""

    rows = query_one(ChoiceList)

    @abstractmethod
    def choices(self, wanted: str) -> Iterable[Choice]:
        """Give what there is to choose from.

        Args:
            wanted: What was typed, without the blanks around it.
        """

    def compose(self) -> ComposeResult:
        """The line, the choices, the text of the one under the cursor."""
        with Vertical(id="choosing-box") as box:
            box.border_title = self.title_shown
            yield Input(placeholder=self.hint, id="choosing-line", compact=True)
            yield ChoiceList(id="choosing-list")
            yield from self.below()
            yield Static(id="choosing-note", markup=False)

    def below(self) -> Iterable[Widget]:
        """Give what stands between the choices and the text; nothing at first."""
        return ()

    def on_mount(self) -> None:
        """List everything."""
        self.watch(self.rows, "cursor", self._tell)
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what matches."""
        self._list(event.value.strip())

    def on_input_submitted(self) -> None:
        """Choose what is under the cursor."""
        chosen = self.rows.chosen
        if chosen is None or chosen.run is None or chosen.reason:
            return
        if chosen.stays:
            chosen.run()
        else:
            self.dismiss(chosen.run)

    def on_row_view_opened(self, _: RowView.Opened) -> None:
        """Choose what was clicked."""
        self.on_input_submitted()

    def action_move(self, command: str) -> None:
        """Move the cursor from within the line."""
        getattr(self.rows, f"command_{command}")()

    def _list(self, wanted: str) -> None:
        self.rows.choices = tuple(self.choices(wanted))
        self._tell()

    def _tell(self) -> None:
        chosen = self.rows.chosen
        note = "Nothing matches." if chosen is None else visible(chosen.text)
        self.query_one("#choosing-note", Static).update(note)
