"""What the commands about assets go by: the asset under the cursor or on show, and those that are marked."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, cast

from peekui.browse.copy_forms import CopyItem
from peekui.browse.marks import Marks
from peekui.ui.running import RunsCommands
from peekui.ui.session import flags_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.screen import Screen

    from peekui.api.models import Asset
    from peekui.ui.app import PeekApp
    from peekui.ui.loader import Loader
    from peekui.ui.session import Session

__all__ = ["AboutAssets"]


class AboutAssets(RunsCommands):
    """Base of the mixins for a screen that shows assets."""

    loader: Loader
    _session: Session

    @abstractmethod
    def current_asset(self) -> tuple[Asset, str | None] | None:
        """Give the asset commands are about, and the namespace it is in."""

    def marked(self) -> Marks:
        """Give the marked assets; a screen without marks has none."""
        return Marks()

    def unmark(self, asset_ids: Iterable[str]) -> None:
        """Unmark assets that something was done with."""

    def current_item(self) -> CopyItem | None:
        """Give the current asset to copy, open or download; None where there is none, or it has no id."""
        current = self.current_asset()
        if current is None or not current[0].asset_id:
            return None
        asset, namespace = current
        return CopyItem(current[0].asset_id, asset.title, namespace, flags_to(self._session.source), asset)

    def marked_items(self) -> list[CopyItem]:
        """Give the marked assets in the order they were marked."""
        flags = flags_to(self._session.source)
        return [CopyItem(mark.asset_id, mark.title, mark.namespace, flags) for mark in self.marked()]

    @property
    def _screen(self) -> Screen[object]:
        return cast("Screen[object]", self)

    @property
    def _app(self) -> PeekApp:
        return cast("PeekApp", self._screen.app)
