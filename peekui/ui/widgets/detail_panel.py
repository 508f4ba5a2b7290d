"""What is known of one asset, to read and scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.containers import VerticalScroll
from textual.widgets import Static

from peekui.browse.pictures.wanted import WantedPicture
from peekui.ui.describe import describe_asset
from peekui.ui.widgets.picture_view import PictureView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from peekui.api.models import Asset
    from peekui.ui.app import PeekApp

__all__ = ["DetailPanel"]

_MOST_ROWS = 12


class DetailPanel(VerticalScroll, can_focus=True):
    """Follows the table's cursor; makes no call of its own.

    Attributes:
        asset: What is on show.
    """

    asset: Asset | None = None

    def compose(self) -> ComposeResult:
        """Picture above text."""
        picture = PictureView(id="detail-picture", most_rows=_MOST_ROWS)
        picture.display = cast("PeekApp", self.app).gallery is not None
        yield picture
        yield Static(id="detail-text", markup=False)

    def show(self, asset: Asset, namespace: str | None) -> None:
        """Show an asset of a namespace."""
        self.asset = asset
        self.query_one(PictureView).show(WantedPicture(asset, namespace))
        self.query_one("#detail-text", Static).update(describe_asset(asset))
        self.scroll_home(animate=False)
