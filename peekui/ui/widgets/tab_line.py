"""Names of what can be shown in one place, in one line; the one on show stands out."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

__all__ = ["TabLine"]

_GAP = " │ "


class TabLine(Widget):
    """Draws the names; a click on one is posted."""

    current: reactive[int] = reactive(0)
    """Index of the one on show."""

    class Chosen(Message):
        """A name was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, names: Sequence[tuple[str, str]], *, id: str) -> None:  # noqa: A002  (Textual's word)
        """Take the names from left to right, each in full and in brief."""
        super().__init__(id=id)
        self.rename(names)

    def rename(self, names: Sequence[tuple[str, str]]) -> None:
        """Take other names."""
        self._names_in_full = tuple(full for full, _ in names)
        self._names_in_brief = tuple(brief for _, brief in names)
        self.refresh()

    def render(self) -> Content:
        """Draw the names."""
        names = [
            Content.styled(name, "bold $primary" if index == self.current else "dim")
            for index, name in enumerate(self._that_fit())
        ]
        return Content.styled(_GAP, "dim").join(names)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        ends = accumulate(cell_len(name) + len(_GAP) for name in self._that_fit())
        index = next((index for index, end in enumerate(ends) if event.x < end), None)
        if index is not None:
            self.post_message(self.Chosen(index))

    def _that_fit(self) -> Sequence[str]:
        return (
            self._names_in_full if cell_len(_GAP.join(self._names_in_full)) <= self.size.width else self._names_in_brief
        )
