"""The assets with the same file: the original and its copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from peekui.ui import formats
from peekui.ui.columns import status_cell
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.notice import Tone
from peekui.ui.widgets.pane import Pane
from peekui.ui.widgets.row_cells import Cell, draw_cells, room_beside
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.strip import Strip

    from peekui.api.models import Asset

__all__ = ["CopiesTab", "CopyRows"]

_ROLE, _STATUS, _SIZE, _CREATED = 10, 12, 9, 16
_NARROW = 70
_LONGEST = 200


class CopyRows(RowView):
    """Draws assets with the same file."""

    assets: reactive[Sequence[Asset]] = reactive((), init=False)
    """As the service sent them."""
    this: reactive[str | None] = reactive(None)
    """Id of the asset that is inspected."""

    def watch_assets(self) -> None:
        """List others."""
        self.row_count = len(self.assets)
        self.refresh()

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw an asset; its title takes the room the others leave."""
        asset = self.assets[index]
        status = status_cell(asset.status)
        right = [Cell(formats.size(asset.size_bytes), _SIZE, right=True)]
        if width >= _NARROW:
            moment = formats.brief_moment(asset.created_at) if asset.created_at else ""
            right = [Cell(status.text, _STATUS, status.tone), *right, Cell(moment, _CREATED, "dim")]
        here = "▸" if asset.asset_id == self.this else " "
        role, tone = ("copy", "dim") if asset.duplicate_of else ("original", "mark")
        left = Cell(f"{here} {role}", _ROLE, tone)
        where = str((asset.metadata or {}).get("path") or asset.title)
        title = Cell(one_line(where[:_LONGEST]), room_beside([left, *right], width))
        return draw_cells(self, [left, title, *right], width, style)


class CopiesTab(Pane):
    """Shows them, or why there are none."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's word)
        """Start with nothing asked."""
        self.rows = CopyRows(id="copy-rows")
        self._said = Static(classes="found", markup=False)
        super().__init__(Vertical(self._said, self.rows), title="", id=id)

    def show(self, asset: Asset, found: Sequence[Asset], total: int | None) -> None:
        """Show what has the same hash.

        Args:
            asset: That is inspected.
            found: The first so many, itself among them.
            total: How many there are, where the service said so.
        """
        if len(found) <= 1 and not asset.duplicate_of:
            self.say(Tone.EMPTY, "No other asset has this file", "None of this namespace's collections has its hash.")
            return
        self.rows.this = asset.asset_id
        self.rows.assets = sorted(found, key=lambda one: bool(one.duplicate_of))
        count = f"{total:,}" if total is not None else f"{len(found):,} or more"
        more = f", the first {len(found):,} of them here" if total is not None and total > len(found) else ""
        original = asset.duplicate_of
        known = {one.asset_id for one in found}
        missing = f" · original {one_line(original)} is not among them" if original and original not in known else ""
        self._said.update(Content(f"{count} assets with the same file{more}{missing}"))
        self.show_body()
