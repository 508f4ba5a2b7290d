"""What can be typed next, one a row; the focus stays in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from peekui.ui.columns import cut
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from rich.style import Style

    from peekui.browse.suggestions import Suggestion

__all__ = ["SuggestionList"]

_GAP = 2


class SuggestionList(RowView, can_focus=False):
    """Draws suggestions; the one under the cursor is taken next."""

    choices: reactive[tuple[Suggestion, ...]] = reactive(())
    """The rows."""

    def watch_choices(self, choices: tuple[Suggestion, ...]) -> None:
        """Draw other rows."""
        self.row_count = len(choices)
        self.refresh()

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw the text, and what is known of it where there is room."""
        choice = self.choices[index]
        dim = style + self.get_component_rich_style("row-view--dim", partial=True)
        longest = max(len(one.text) for one in self.choices) + _GAP
        segments = [
            Segment(cut(one_line(choice.text), min(longest, width)), style),
            Segment(one_line(choice.detail), dim),
        ]
        return Strip(segments).adjust_cell_length(width, style)
