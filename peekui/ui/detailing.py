"""Getting what a screen's detail panel wants to show of an asset."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from peekui.ui.loader import Subject, start
from peekui.ui.picturing import ShowsPictures
from peekui.ui.widgets.detail_panel import DetailPanel

if TYPE_CHECKING:
    from textual.screen import Screen

    from peekui.ui.inspector.loading import AssetInspected
    from peekui.ui.loader import LoadFailed
    from peekui.ui.widgets.browse_panes import BrowsePanes

__all__ = ["ShowsDetail"]


class ShowsDetail(ShowsPictures):
    """Mixin for the browser's screen."""

    panes: BrowsePanes

    @property
    def _detail(self) -> DetailPanel:
        return self.panes.detail.query_one(DetailPanel)

    def command_assets_features(self) -> None:
        """Show the next tab of the panel; where there is no room for one, open the asset."""
        if self.panes.detail.region:
            self._detail.show_next_tab()
        else:
            self.panes.command_panes_detail()

    def on_detail_panel_wanted(self, message: DetailPanel.Wanted) -> None:
        """Ask for features, unless they are known; a new question takes the place of the one before."""
        screen, asset = cast("Screen[object]", self), message.asset
        screen.workers.cancel_group(screen, Subject.FEATURES)
        if asset is None or not asset.asset_id:
            return
        if known := self._session.inspected.get((message.scope, asset.asset_id)):
            self._detail.show_features(asset.asset_id, known.modalities)
            return
        # Not at the top: it comes with the client, which no start waits for.
        from peekui.ui.inspector.loading import InspectorLoader  # noqa: PLC0415

        ask = InspectorLoader(self._session, screen.post_message).inspect
        pictured = not self.why_no_pictures()
        work = partial(ask, asset, message.scope, rest=message.rest, pictured=pictured)
        start(screen, Subject.FEATURES, work)

    def on_asset_inspected(self, message: AssetInspected) -> None:
        """Keep what came, and show it."""
        if message.whole and message.asset_id:
            self._session.inspected[message.scope, message.asset_id] = message.inspected
            self._detail.show_features(message.asset_id, message.inspected.modalities)

    def on_load_failed(self, message: LoadFailed) -> None:
        """Say in the panel why there are no features."""
        if message.subject is Subject.FEATURES:
            self._detail.fail(message.asset_id, message.problem)
