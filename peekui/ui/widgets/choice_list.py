"""A list to choose from: what it is, its keys, and why it cannot be chosen now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip

from peekui.ui.columns import cut
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Choice", "ChoiceList"]

_GAP = 2
_BOLD = Style(bold=True)


class Choice(NamedTuple):
    """One row.

    Attributes:
        title: What it is.
        keys: That do it without the list.
        text: All there is to say of it.
        reason: Why it cannot be chosen now; empty when it can.
        run: Does it; None for a heading.
    """

    title: str
    keys: str = ""
    text: str = ""
    reason: str = ""
    run: Callable[[], object] | None = None


class ChoiceList(RowView, can_focus=False):
    """Draws choices; the focus stays in the line that filters them."""

    choices: reactive[tuple[Choice, ...]] = reactive(())
    """The rows."""

    def watch_choices(self, choices: tuple[Choice, ...]) -> None:
        """Start at the first that can be chosen."""
        self.row_count = len(choices)
        first = next((index for index, choice in enumerate(choices) if choice.run and not choice.reason), 0)
        self.cursor = first
        self.scroll_to(y=0 if first <= 1 else first, animate=False)
        self.refresh()

    @property
    def chosen(self) -> Choice | None:
        """The choice under the cursor, None where there is none."""
        return self.choices[self.cursor] if self.choices else None

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw keys, title and reason."""
        choice = self.choices[index]
        if choice.run is None:
            heading = style + self.get_component_rich_style("row-view--mark", partial=True) + _BOLD
            return Strip([Segment(cut(one_line(choice.title), width), heading)])
        keys_width = min(max((len(one.keys) for one in self.choices), default=0), width // 3)
        tone = self.get_component_rich_style("row-view--dim", partial=True) if choice.reason else Style.null()
        title = f"{choice.title} ({choice.reason})" if choice.reason else choice.title
        segments = [Segment("  ", style)]
        if keys_width:
            keys = cut(choice.keys, keys_width)
            segments += [Segment(keys, style + tone + (Style.null() if choice.reason else _BOLD))]
            segments += [Segment(" " * _GAP, style)]
        room = max(width - sum(segment.cell_length for segment in segments), 1)
        return Strip([*segments, Segment(cut(one_line(title), room), style + tone)]).adjust_cell_length(width, style)
