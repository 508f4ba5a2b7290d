"""What the dialogs of kept searches have in common: a line for a name, and saving under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.getters import query_one
from textual.widgets import Input

from peekui.search.saved import BadSaved, save_search, saved_folder
from peekui.ui.answers import ShowsAnswer
from peekui.ui.screens.closing import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from peekui.search.saved import SavedSearch

__all__ = ["NamesSearches", "refused"]


class NamesSearches(ShowsAnswer, Dialog[None]):
    """Base of a dialog with a list of searches, above a line that is open while a name is typed."""

    line = query_one(Input)
    _named: Callable[[str], None]
    """Takes the name that is typed."""

    @staticmethod
    def name_line() -> Input:
        """Make the line, which is closed."""
        line = Input(placeholder="a name: letters, digits, . - and _", compact=True)
        line.display = False
        return line

    def ask_name(self, name: str, named: Callable[[str], None]) -> None:
        """Open the line.

        Args:
            name: To begin with.
            named: Takes the name that is typed.
        """
        self._named = named
        self.line.value = name
        self.line.display = True
        self.set_focus(self.line)

    def close_line(self, back_to: Widget) -> bool:
        """Close the line; say whether it was open."""
        was_open = self.line.display
        self.line.display = False
        self.set_focus(back_to)
        return was_open

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the name."""
        self._named(event.value.strip())

    def save(self, name: str, saved: SavedSearch) -> bool:
        """Save a search; say whether it is, and where, or why not."""
        try:
            path = save_search(saved_folder(), name, saved)
        except (BadSaved, OSError) as error:
            self.notify(refused(error, name), severity="warning", markup=False)
            return False
        self.notify(f"Saved as {path}: `peekui search @{name}` runs it too.", markup=False)
        return True


def refused(error: BadSaved | OSError, name: str) -> str:
    """Say why a file of a search could not be written."""
    if isinstance(error, FileExistsError):
        return f"There is a search “{name}” already: take another name."
    if isinstance(error, OSError):
        return f"{error.filename} cannot be written: {error.strerror}."
    return str(error)
