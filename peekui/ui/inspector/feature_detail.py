"""One feature: its picture, and what there is to read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Static

from peekui.browse.pictures.wanted import WantedPicture
from peekui.ui.inspector.feature_text import feature_text
from peekui.ui.widgets.picture_view import PictureView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from peekui.api.models import Asset
    from peekui.browse.inspecting.features import FeatureFacts

__all__ = ["FeatureDetail"]

_MOST_ROWS = 16


class FeatureDetail(VerticalScroll, can_focus=True):
    """Draws a feature; makes no call."""

    def compose(self) -> ComposeResult:
        """Picture above text."""
        yield PictureView(id="feature-picture", most_rows=_MOST_ROWS, spends=True)
        yield Static(id="feature-text", markup=False)

    def show_picture(self, asset: Asset, namespace: str | None, facts: FeatureFacts | None) -> None:
        """Show the picture of a feature, or of the asset where the feature is all of that."""
        view = self.query_one(PictureView)
        feature = facts.feature if facts else None
        if feature is not None and not feature.preview_url and asset.modality == "image":
            feature = None
        wanted = WantedPicture(asset, namespace, feature)
        worth = facts is not None and asset.modality != "text"
        view.display = worth
        view.show(wanted if worth else None)

    def show_text(self, facts: FeatureFacts | None, words: str) -> None:
        """Show the text of a feature, with some words standing out."""
        self.query_one(Static).update(feature_text(facts, words) if facts else "")
        self.scroll_home(animate=False)
