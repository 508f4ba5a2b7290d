"""What an asset is inspected in: a heading, a line of tabs, and the tab on show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import ContentSwitcher

from peekui.browse.pictures.wanted import WantedPicture
from peekui.ui.inspector.copies_tab import CopiesTab
from peekui.ui.inspector.features_tab import FeaturesTab
from peekui.ui.inspector.heading import InspectorHeading
from peekui.ui.inspector.json_pane import JsonPane
from peekui.ui.inspector.tabs import OVERVIEW, Kind, Tab, tab_names, tabs_for
from peekui.ui.inspector.task_tab import TaskTab
from peekui.ui.widgets.notice import Tone
from peekui.ui.widgets.pane import Pane
from peekui.ui.widgets.picture_view import PictureView
from peekui.ui.widgets.tab_line import TabLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from peekui.browse.inspecting.inspected import Inspected
    from peekui.ui.session import Session
    from peekui.ui.widgets.notice import Problem

__all__ = ["InspectorPanel"]

_MOST_ROWS = 30
_ON_ITS_WAY = "…"
_NOT_LOADED = "No picture: the asset could not be loaded."
_UNFOLDED = (("error",), ("file_data",), ("metadata",))
_ASKED_FOR = frozenset({Kind.TASK, Kind.COPIES})
"""Tabs whose contents take a call of their own, which knowing more of the asset changes nothing about."""
_UNFOLDED_WHOLE = (("asset",), ("features",))


class InspectorPanel(Vertical):
    """Draws an asset; a tab is drawn when it is shown. Which tab that is outlasts the asset."""

    class Shown(Message):
        """A tab is shown of an asset, and what it shows may have to be asked for."""

        def __init__(self, tab: Tab) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self, session: Session) -> None:
        """Start with nothing.

        Args:
            session: Knows the URLs.
        """
        super().__init__()
        self.heading = InspectorHeading(session)
        self.names = TabLine((), id="inspector-tabs")
        self.overview = JsonPane(id="overview-tree", asset_at=())
        self.picture = PictureView(id="asset-picture", most_rows=_MOST_ROWS, spends=True)
        self.picture_box = Vertical(self.picture, id="asset-picture-box")
        self.features = FeaturesTab(id=Kind.FEATURES)
        self.origin = TaskTab(id=Kind.TASK)
        self.copies = CopiesTab(id=Kind.COPIES)
        self.json = JsonPane(id=Kind.JSON, asset_at=("asset",))
        self._inspected: Inspected | None = None
        self._namespace: str | None = None
        self._whole = False
        self._meanwhile = _ON_ITS_WAY
        self._tabs: tuple[Tab, ...] = (OVERVIEW,)
        self._wanted = OVERVIEW
        self._drawn: set[Tab] = set()

    def compose(self) -> ComposeResult:
        """Heading, tabs, and what they show."""
        yield self.heading
        yield self.names
        with ContentSwitcher(initial=Kind.OVERVIEW):
            with Horizontal(id=Kind.OVERVIEW):
                yield self.overview
                yield self.picture_box
            yield self.features
            yield self.origin
            yield self.copies
            yield self.json

    async def on_mount(self) -> None:
        """Put in what is in the tabs that can fail."""
        await self.origin.furnish()
        await self.copies.furnish()

    @property
    def tab(self) -> Tab:
        """The tab on show: the one that was chosen, where the asset has it."""
        return self._wanted if self._wanted in self._tabs else OVERVIEW

    @property
    def problem(self) -> Problem | None:
        """The failure that the tab shows, if it does."""
        pane = {Kind.TASK: self.origin, Kind.COPIES: self.copies}.get(self.tab.kind)
        return pane.problem if isinstance(pane, Pane) else None

    def show(self, inspected: Inspected, namespace: str | None, *, whole: bool) -> None:
        """Draw an asset.

        Args:
            inspected: What is known of it.
            namespace: It is in.
            whole: Its features are known.
        """
        before = self._inspected.asset.asset_id if self._inspected else None
        if before != inspected.asset.asset_id:
            self.forget()
        self._inspected, self._namespace, self._whole = inspected, namespace, whole
        self._meanwhile = _ON_ITS_WAY
        self.heading.asset, self.heading.scope = inspected.asset, namespace
        # Until the features are known, the tab that was on show stays there for them.
        expected = {self._wanted.modality: ()} if self._wanted.kind is Kind.FEATURES else {}
        self._tabs = tabs_for(inspected.modalities if whole else expected)
        self._drawn = {tab for tab in self._drawn if tab.kind in _ASKED_FOR}
        self._draw()

    def forget(self) -> None:
        """Take what is on show to be of another asset, or outdated."""
        self._drawn.clear()
        for pane in (self.origin, self.copies):
            pane.say(Tone.LOADING, "Loading…")

    def show_tab(self, index: int) -> bool:
        """Show a tab by its place from the left; False where there is none."""
        if not 0 <= index < len(self._tabs):
            return False
        self._wanted = self._tabs[index]
        self._draw()
        self.take_focus()
        return True

    def step_tab(self, step: int) -> None:
        """Show the tab so many places on, round and round."""
        self.show_tab((self._tabs.index(self.tab) + step) % len(self._tabs))

    def take_focus(self) -> None:
        """Put the focus on what the tab shows."""
        target: dict[Kind, Widget] = {
            Kind.OVERVIEW: self.overview.view, Kind.FEATURES: self.features.rows, Kind.JSON: self.json.view,
        }  # fmt: skip
        kind = self.tab.kind
        if kind in target:
            target[kind].focus()
        else:
            (self.origin if kind is Kind.TASK else self.copies).take_focus()

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """Show the tab that was clicked."""
        message.stop()
        self.show_tab(message.index)

    def _draw(self) -> None:
        inspected, tab = self._inspected, self.tab
        if inspected is None:
            return
        current = self._tabs.index(tab)
        self.names.rename(tab_names(self._tabs, current, inspected.modalities))
        self.names.current = current
        self.query_one(ContentSwitcher).current = tab.kind
        if tab in self._drawn:
            return
        self._drawn.add(tab)
        match tab.kind:
            case Kind.OVERVIEW:
                self.overview.show(inspected.tree, _UNFOLDED)
                self._draw_picture(WantedPicture(inspected.asset, self._namespace))
            case Kind.FEATURES:
                self.features.show(inspected.asset, self._namespace, inspected.modalities.get(tab.modality, ()))
            case Kind.JSON:
                self.json.show(inspected.answer, _UNFOLDED_WHOLE)
            case _:
                self.post_message(self.Shown(tab))

    def _draw_picture(self, wanted: WantedPicture) -> None:
        """Show the picture, once its address is known: asking for it earlier would be another call."""
        if self._whole or wanted.reason:
            self.picture.show(wanted)
        else:
            self.picture.show(None, self._meanwhile)
        # Of the box alone: a class of the panel's would have the styles of all that is in it worked out again.
        self.picture_box.set_class(bool(wanted.reason), "-reason")

    def fail(self) -> None:
        """Say where the picture would be that nothing more of the asset could be had."""
        self._meanwhile = _NOT_LOADED
        if self._inspected:
            self._draw_picture(WantedPicture(self._inspected.asset, self._namespace))
