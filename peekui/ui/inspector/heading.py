"""One line above the tabs: what the asset is, and how long its presigned URL is good for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from peekui.browse.inspecting.timeline import clock
from peekui.ui.columns import status_cell
from peekui.ui.running import key_for
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from peekui.api.models import Asset
    from peekui.ui.session import Session

__all__ = ["InspectorHeading"]

_TONES = {"good": "$text-success", "bad": "bold $text-error", "busy": "$text-warning", "dim": "dim"}
_GAP = 2
_LONGEST = 200
_BRIEF = 10
"""Seconds; of what is shorter, tenths count."""


class InspectorHeading(Widget):
    """Draws the line, every second while a URL is running out."""

    asset: reactive[Asset | None] = reactive(None)
    """What is inspected."""
    scope: reactive[str | None] = reactive(None)
    """Namespace it is in."""

    def __init__(self, session: Session) -> None:
        """Take what knows the URLs."""
        super().__init__()
        self._session = session

    def on_mount(self) -> None:
        """Count down."""
        self.set_interval(1.0, self.refresh)

    def render(self) -> Content:
        """Draw the line: the title gives way where there is no room for all."""
        if self.asset is None:
            return Content()
        address = self._address(self.asset)
        room = max(self.size.width - address.cell_length - _GAP, 0)
        return Content.assemble(self._what(self.asset).truncate(room, ellipsis=True, pad=True), " " * _GAP, address)

    def _what(self, asset: Asset) -> Content:
        status = status_cell(asset.status)
        facts = [one_line(asset.modality or ""), self._length(asset)]
        return Content.styled(" · ", "dim").join(
            [
                Content.styled(one_line(asset.title[:_LONGEST]), "bold"),
                *(Content(fact) for fact in facts if fact),
                Content.styled(status.text, _TONES.get(status.tone, "")),
            ]
        )

    def _length(self, asset: Asset) -> str:
        seconds = (asset.metadata or {}).get("duration_seconds")
        known = isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 <= seconds < 1e9
        return clock(float(seconds), tenths=seconds < _BRIEF) if known and isinstance(seconds, int | float) else ""

    def _address(self, asset: Asset) -> Content:
        """Say how long the URL that is known is good for; none is asked for here."""
        client = self._session.connected
        file = client.urls.known(asset.asset_id, self.scope) if client and asset.asset_id else None
        if file is None or file.url is None:
            return Content.styled(f"{key_for('view.copy_url', self)} signs a URL", "dim")
        left = file.url.seconds_left()
        return Content.assemble(("URL valid ", "dim"), "until it says otherwise" if left is None else clock(left))
