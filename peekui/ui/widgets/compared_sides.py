"""The three sides of two filters: how many assets are on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip

from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from peekui.browse.filter_counts import Count
    from peekui.browse.filter_diff import Side
    from peekui.filters.nodes import Group

__all__ = ["ComparedSides"]

_SIDE, _COUNT, _SHARE = 8, 12, 6
_MOST_BAR = 40
_LEAST_BAR = 8
"""Cells below which there is no bar."""


class ComparedSides(RowView):
    """A side a row."""

    filters: reactive[Mapping[Side, Group | None]] = reactive(dict)
    """Filter of each side, None where there is surely nothing; no sides while there is nothing to compare."""
    counts: reactive[Mapping[Side, Count]] = reactive(dict)
    """Assets on each side, as far as they were counted."""

    def watch_filters(self) -> None:
        """Draw other sides."""
        self.row_count = len(self.filters)
        self.refresh()

    def watch_counts(self) -> None:
        """Draw the numbers."""
        self.refresh()

    def side_at(self, index: int) -> Side:
        """Give the side of a row."""
        return list(self.filters)[index]

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw name, number, share and bar; shares are of what one or the other matches, once all is counted."""
        side = self.side_at(index)
        count = self.counts.get(side)
        whole = sum(one.number for one in self.counts.values())
        known = len(self.counts) == len(self.filters) and all(one.exact for one in self.counts.values())
        share = count.number / whole if count and known and whole else None
        segments = [
            Segment(f"{side:<{_SIDE}}", style + Style(bold=True)),
            Segment(f"{'·' if count is None else str(count):>{_COUNT}}", style),
            Segment(f"{'' if share is None else f'{share:.0%}':>{_SHARE}}  ", style),
        ]
        room = min(width - sum(segment.cell_length for segment in segments), _MOST_BAR)
        if share and room >= _LEAST_BAR:
            tone = self.get_component_rich_style("row-view--mark", partial=True)
            segments.append(Segment("▇" * max(round(share * room), 1), style + tone))
        return Strip(segments).adjust_cell_length(width, style)
