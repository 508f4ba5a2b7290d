"""What is known of one asset, to read and scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Static

from peekui.ui.describe import describe_asset

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from peekui.api.models import Asset

__all__ = ["DetailPanel"]


class DetailPanel(VerticalScroll, can_focus=True):
    """Follows the table's cursor; makes no call of its own.

    Attributes:
        asset: What is on show.
    """

    asset: Asset | None = None

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(id="detail-text", markup=False)

    def show(self, asset: Asset) -> None:
        """Show an asset."""
        self.asset = asset
        self.query_one("#detail-text", Static).update(describe_asset(asset, brief=True))
        self.scroll_home(animate=False)
