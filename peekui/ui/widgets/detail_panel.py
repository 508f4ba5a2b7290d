"""What is known of one asset, to read and scroll; and what was extracted from it, once that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import ContentSwitcher, Static

from peekui.browse.pictures.wanted import WantedPicture
from peekui.ui.describe import describe_asset
from peekui.ui.inspector.feature_rows import FeatureRows
from peekui.ui.inspector.tabs import modality_name
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.picture_view import PictureView
from peekui.ui.widgets.tab_line import TabLine

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from peekui.api.models import Asset
    from peekui.browse.inspecting.features import FeatureFacts
    from peekui.ui.app import PeekApp
    from peekui.ui.widgets.notice import Problem

__all__ = ["DetailPanel"]

_MOST_ROWS = 12
_MATCH = "bold underline $text-accent"
_REST = 0.4
"""Seconds a row has to be on show before a call is made for its features: it is one for every row."""
_ANY = ""
"""In place of a modality: the first there is."""


class _Shown(NamedTuple):
    """An asset and the namespace it is in."""

    asset: Asset
    namespace: str | None


class DetailPanel(Vertical):
    """Follows the table's cursor; makes no call of its own. Which tab is on show outlasts the asset.

    Attributes:
        asset: What is on show.
    """

    asset: Asset | None = None

    class Wanted(Message):
        """The features of the asset on show are to be asked for; of none, where it is None."""

        def __init__(self, asset: Asset | None, scope: str | None, rest: float) -> None:
            super().__init__()
            self.asset = asset
            self.scope = scope
            self.rest = rest

    def __init__(self) -> None:
        """Start with the tab of the asset's own fields."""
        super().__init__()
        self.names = TabLine((), id="detail-tabs")
        self.rows = FeatureRows(id="detail-rows")
        self._said = Static(id="detail-said", markup=False)
        self._heading = Static(id="detail-heading", markup=False)
        self._shown: _Shown | None = None
        self._modalities: Mapping[str, Sequence[FeatureFacts]] | None = None
        self._modality: str | None = None

    def compose(self) -> ComposeResult:
        """The line of tabs, and what they show."""
        yield self.names
        with ContentSwitcher(initial="detail-asset"):
            with VerticalScroll(id="detail-asset", can_focus=True):
                picture = PictureView(id="detail-picture", most_rows=_MOST_ROWS)
                picture.display = cast("PeekApp", self.app).gallery is not None
                yield picture
                yield Static(id="detail-text", markup=False)
            with Vertical(id="detail-features"):
                yield self._said
                yield self._heading
                yield self.rows

    def on_mount(self) -> None:
        """Name the tabs."""
        self._draw()

    def show(self, asset: Asset, namespace: str | None, matches: re.Pattern[str] | None = None) -> None:
        """Show an asset.

        Args:
            asset: The asset.
            namespace: It is in.
            matches: Words it was found by, which are marked.
        """
        self.asset = asset
        self._shown, self._modalities = _Shown(asset, namespace), None
        self.query_one(PictureView).show(WantedPicture(asset, namespace))
        said = describe_asset(asset)
        self.query_one("#detail-text", Static).update(said.highlight_regex(matches, style=_MATCH) if matches else said)
        self.query_one("#detail-asset").scroll_home(animate=False)
        self._draw()
        if self._modality is not None:
            self._ask(_REST)

    def show_features(self, asset_id: str | None, modalities: Mapping[str, Sequence[FeatureFacts]]) -> None:
        """Show what was extracted of an asset, if it is still the one on show."""
        if self.asset and asset_id == self.asset.asset_id:
            self._modalities = modalities
            self._draw()

    def fail(self, asset_id: str | None, problem: Problem) -> None:
        """Say why its features could not be had, if it is still the asset on show."""
        if self.asset and asset_id == self.asset.asset_id and self._modalities is None:
            self._said.update(Content(one_line(f"✗ {problem.what} {problem.advice}")))

    def show_next_tab(self) -> None:
        """Show the next tab, round and round."""
        self._show_tab((self._current + 1) % len(self._tabs))

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """Show the tab that was clicked."""
        message.stop()
        self._show_tab(message.index)

    def on_resize(self) -> None:
        """Name the columns that are drawn now."""
        self.call_after_refresh(self._draw_heading)

    @property
    def _tabs(self) -> list[str | None]:
        """The modalities there is a tab of; None for the asset's own."""
        return [None, *(self._modalities or (_ANY,))]

    @property
    def _current(self) -> int:
        """Index of the tab on show: of another modality where the asset has not the one that was chosen."""
        if self._modality is None:
            return 0
        return self._tabs.index(self._modality) if self._modality in self._tabs else 1

    def _show_tab(self, index: int) -> None:
        within = self.has_focus_within
        self._modality = self._tabs[index]
        self._draw()
        if self._modality is None or self._modalities is None:
            self._ask(0)
        if within:
            self.screen.set_focus(self._body)

    def _ask(self, rest: float) -> None:
        if self._shown:
            wanted = None if self._modality is None else self._shown.asset
            self.post_message(self.Wanted(wanted, self._shown.namespace, rest))

    @property
    def _body(self) -> Widget:
        return self.query_one("#detail-asset") if self._modality is None else self.rows

    def _draw(self) -> None:
        known = self._modalities
        names = [modality_name(name, facts) for name, facts in known.items()] if known else ["Features"]
        self.names.rename([(name, name) for name in ("Asset", *names)])
        self.names.current = self._current
        if self._modality is None:
            self.query_one(ContentSwitcher).current = "detail-asset"
            return
        self.query_one(ContentSwitcher).current = "detail-features"
        here = self._tabs[self._current]
        self.rows.features = (known or {}).get(here or _ANY, ())
        self._said.update("Loading features…" if known is None else "" if known else "Nothing was extracted of it.")
        self._said.display = self._heading.display = False
        (self._heading if known else self._said).display = True
        self._draw_heading()

    def _draw_heading(self) -> None:
        self._heading.update(Content(self.rows.heading(self.rows.scrollable_content_region.width)))
