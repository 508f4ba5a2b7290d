"""A list to choose from: what it is, its keys or its kind, and why it cannot be chosen now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
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
        kind: What kind of thing it is, where a list has several.
        stays: The list stays open when it is chosen.
    """

    title: str
    keys: str = ""
    text: str = ""
    reason: str = ""
    run: Callable[[], object] | None = None
    kind: str = ""
    stays: bool = False


class ChoiceList(RowView, can_focus=False):
    """Draws choices; the focus stays in the line that filters them."""

    choices: reactive[tuple[Choice, ...]] = reactive(())
    """The rows."""

    _keys_width = 0
    _kind_width = 0

    def watch_choices(self, choices: tuple[Choice, ...]) -> None:
        """Start at the first that can be chosen."""
        self._measure()
        self.row_count = len(choices)
        first = next((index for index, choice in enumerate(choices) if choice.run and not choice.reason), 0)
        self.cursor = first
        self.scroll_to(y=0 if first <= 1 else first, animate=False)
        self.refresh()

    def extend(self, choices: tuple[Choice, ...]) -> None:
        """Show others in place of those, with the cursor and the view where they are: most of them are the same."""
        self.set_reactive(ChoiceList.choices, choices)
        self._measure()
        self.row_count = len(choices)
        self.refresh()

    @property
    def chosen(self) -> Choice | None:
        """The choice under the cursor, None where there is none."""
        return self.choices[self.cursor] if self.choices else None

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw keys, title with its reason, and kind."""
        choice = self.choices[index]
        if choice.run is None:
            heading = style + self.get_component_rich_style("row-view--mark", partial=True) + _BOLD
            return Strip([Segment(cut(one_line(choice.title), width), heading)])
        dim = self.get_component_rich_style("row-view--dim", partial=True)
        tone = dim if choice.reason else Style.null()
        title = f"{choice.title} ({choice.reason})" if choice.reason else choice.title
        segments = [Segment("  ", style)]
        if keys_width := min(self._keys_width, width // 3):
            keys = cut(choice.keys, keys_width)
            segments += [Segment(keys, style + tone + (Style.null() if choice.reason else _BOLD))]
            segments += [Segment(" " * _GAP, style)]
        kind_width = min(self._kind_width, width // 3)
        taken = sum(segment.cell_length for segment in segments) + (kind_width and kind_width + _GAP)
        segments.append(Segment(cut(one_line(title), max(width - taken, 1)), style + tone))
        if kind_width:
            segments.append(Segment(f"{' ' * _GAP}{cut(one_line(choice.kind), kind_width, right=True)}", style + dim))
        return Strip(segments).adjust_cell_length(width, style)

    def _measure(self) -> None:
        self._keys_width = max((cell_len(one.keys) for one in self.choices), default=0)
        self._kind_width = max((cell_len(one_line(one.kind)) for one in self.choices), default=0)
