"""What can be taken for the line that is typed in: the focus stays in the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from peekui.ui.columns import cut
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

    from peekui.browse.condition_offers import Offer

__all__ = ["NOTHING_CHOSEN", "OfferList"]

NOTHING_CHOSEN = -1
"""Where the cursor is while what was typed counts."""
_GAP = 2


class OfferList(RowView, can_focus=False):
    """Draws offers; the cursor is on none until it is moved there."""

    offers: reactive[tuple[Offer, ...]] = reactive(())
    """The rows."""

    @property
    def chosen(self) -> Offer | None:
        """The offer under the cursor, None where there is none."""
        return self.offers[self.cursor] if self.cursor != NOTHING_CHOSEN else None

    def show(self, offers: tuple[Offer, ...], chosen: int = NOTHING_CHOSEN) -> None:
        """Offer other things."""
        self.offers = offers
        self.cursor = chosen

    def watch_offers(self, offers: tuple[Offer, ...]) -> None:
        """Draw them."""
        self.row_count = len(offers)
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row, or on none."""
        return max(NOTHING_CHOSEN, min(cursor, self.row_count - 1))

    def click_row(self, index: int, event: events.Click) -> None:  # noqa: ARG002  (one click is enough)
        """Take what was clicked."""
        self.cursor = index
        self.command_rows_open()

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw an offer, and what is known of it on the right."""
        offer = self.offers[index]
        dim = style + self.get_component_rich_style("row-view--dim", partial=True)
        note = cut(offer.note, min(cell_len(offer.note), width // 2))
        room = max(width - 2 - cell_len(note) - _GAP, 1)
        segments = [
            Segment("✓ " if offer.taken else "  ", style),
            Segment(cut(one_line(offer.text), room), style),
            Segment(" " * _GAP + note, dim),
        ]
        return Strip(segments).adjust_cell_length(width, style)
