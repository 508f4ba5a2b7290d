"""The inspector: one asset, what was extracted from it, how it came about, and where else it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.getters import query_one
from textual.worker import Worker, WorkerState

from peekui.api.requests import asset_path, request
from peekui.search.commands_for import get_command
from peekui.ui.answers import ShownAs, ShowsAnswer
from peekui.ui.commands import Situation, Where
from peekui.ui.copying import CopiesAssets
from peekui.ui.inspector.asking_tabs import TabQuestions
from peekui.ui.inspector.choosing_tabs import ChoosesTabs
from peekui.ui.inspector.loading import InspectorLoader
from peekui.ui.inspector.panel import InspectorPanel
from peekui.ui.loader import Loader, Subject, start
from peekui.ui.picturing import ShowsPictures
from peekui.ui.running import bindings_for
from peekui.ui.screens.closing import Overlay
from peekui.ui.widgets.key_bar import KeyBar, draw_keys
from peekui.ui.widgets.notice import Notice, Problem
from peekui.ui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from peekui.api.models import Asset
    from peekui.browse.inspecting.inspected import Inspected
    from peekui.ui.inspector.json_pane import JsonPane
    from peekui.ui.inspector.loading import AssetInspected, CopiesLoaded, TaskLoaded
    from peekui.ui.loader import LoadFailed
    from peekui.ui.session import Session
    from peekui.ui.widgets.row_view import RowView

__all__ = ["AssetScreen"]

_REST = 0.12
"""Seconds an asset is on show before a call is made for it, when one goes from asset to asset."""


class AssetScreen(ShowsPictures, ChoosesTabs, ShowsAnswer, CopiesAssets, Overlay[None]):
    """Inspects one asset; its neighbours are a key away."""

    CSS_PATH: ClassVar[Any] = [*sorted((Path(__file__).parents[1] / "inspector").glob("*.tcss")), "asset.tcss"]
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.ASSET, Where.VIEW, Where.ANSWER)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-middle"), (100, "-wide")]  # noqa: RUF012  (as Textual declares it)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012

    status = query_one(StatusBar)
    notice = query_one(Notice)

    def __init__(
        self,
        session: Session,
        asset: Asset,
        namespace: str | None,
        step: Callable[[int], Asset | None],
        collections: Sequence[str] = (),
    ) -> None:
        """Take an asset.

        Args:
            session: To ask for all of it.
            asset: As the table knows it.
            namespace: It is in.
            step: Moves the table's cursor by so many rows and gives the asset there, None while it is loading.
            collections: Of the namespace: where copies of it are looked for.
        """
        super().__init__()
        self.loader = Loader(session, self.post_message)
        self.panel = InspectorPanel(session)
        self._inspector = InspectorLoader(session, self.post_message)
        self._session = session
        self._asset = asset
        self._namespace = namespace
        self._step = step
        self._questions = TabQuestions(self, self.panel, session, namespace, collections)

    def compose(self) -> ComposeResult:
        """Status, inspector, what went wrong, footer."""
        yield StatusBar(self._session)
        yield self.panel
        notice = Notice()
        notice.display = False
        yield notice
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is known, and ask for the rest."""
        self.watch(self, "focused", self._draw_keys, init=False)
        self._show(self._asset, rest=0)
        self.panel.take_focus()

    # -- what is known ------------------------------------------------------------------------------------

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(asset=bool(self._asset.asset_id), problem=self.current_problem() is not None)

    def current_asset(self) -> tuple[Asset, str | None] | None:
        """Give the asset on show."""
        return self._asset, self._namespace

    def current_problem(self) -> Problem | None:
        """Give the failure on show, if there is one."""
        if self.is_mounted and self.notice.display:
            return self.notice.problem
        return self.panel.problem

    def shown_as(self) -> ShownAs | None:
        """Give what asks for the asset and its features."""
        if not self._asset.asset_id:
            return None
        command = get_command(self._asset.asset_id, self._namespace, ("--features",))
        path = f"{asset_path(self._asset.asset_id)}/features"
        return ShownAs((("peekui command", command),), request("GET", path, namespace=self._namespace))

    # -- asking -------------------------------------------------------------------------------------------

    def _show(self, asset: Asset, *, rest: float = _REST) -> None:
        self._asset = asset
        known = self._session.inspected.get((self._namespace, asset.asset_id or ""))
        if known:
            self.workers.cancel_group(self, Subject.FEATURES)
            self._draw(known, whole=True)
        else:
            self._load(rest=rest)

    def _load(self, *, rest: float = 0) -> None:
        self.notice.display = False
        pictured = not self.why_no_pictures()
        work = partial(self._inspector.inspect, self._asset, self._namespace, rest=rest, pictured=pictured)
        start(self, Subject.FEATURES, work)

    def on_asset_inspected(self, message: AssetInspected) -> None:
        """Show what came."""
        if message.asset_id != self._asset.asset_id:
            return
        if message.whole and message.asset_id:
            self._session.inspected[self._namespace, message.asset_id] = message.inspected
        self._draw(message.inspected, whole=message.whole)

    def _draw(self, inspected: Inspected, *, whole: bool) -> None:
        self._asset = inspected.asset
        # Not before: where we are and what is there are drawn in one frame.
        self.status.crumbs = (self._session.source.name, self._asset.title)
        self.notice.display = False
        self.panel.show(inspected, self._namespace, whole=whole)
        self._draw_keys()

    def on_inspector_panel_shown(self, message: InspectorPanel.Shown) -> None:
        """Ask for what the tab shows, unless it is known."""
        self._questions.ask(message.tab.kind, self._asset)

    def on_task_loaded(self, message: TaskLoaded) -> None:
        """Show the task."""
        self._questions.take_task(message, self._asset)

    def on_copies_loaded(self, message: CopiesLoaded) -> None:
        """Show the copies."""
        self._questions.take_copies(message, self._asset)

    def on_load_failed(self, message: LoadFailed) -> None:
        """Keep what is known, and say why there is no more."""
        if message.subject is Subject.FEATURES and message.asset_id == self._asset.asset_id:
            self.notice.show_problem(message.problem)
            self.notice.display = True
            self.panel.fail()
        self._questions.take_failure(message, self._asset)
        self._draw_keys()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Turn a bug in a worker into words: it must not end the app, nor go unseen."""
        if event.state is WorkerState.ERROR:
            text = f"peekui made a mistake. {type(event.worker.error).__name__}: {event.worker.error}"
            self.notify(text, severity="error", markup=False)

    # -- the user -----------------------------------------------------------------------------------------

    def command_asset_close(self) -> None:
        """Back to the features from one of them, else to the table."""
        if self.panel.features.reading:
            self.panel.features.read(now=False)
        else:
            self.dismiss()

    def command_asset_next(self) -> None:
        """Show the next asset."""
        self._move(1)

    def command_asset_previous(self) -> None:
        """Show the previous asset."""
        self._move(-1)

    def _move(self, rows: int) -> None:
        asset = self._step(rows)
        if asset is None:
            self.notify("That row is still on its way.", markup=False)
        elif asset.asset_id != self._asset.asset_id:
            self._show(asset)

    def on_row_view_opened(self, event: RowView.Opened) -> None:
        """Inspect a copy."""
        if event.control is self.panel.copies.rows and event.there:
            self._show(self.panel.copies.rows.assets[event.index])

    async def on_json_pane_copied(self, message: JsonPane.Copied) -> None:
        """Copy something of a tree."""
        await self.copy_text(message.what, message.text)

    def command_view_reload(self) -> None:
        """Ask for all of it again."""
        self._session.inspected.pop((self._namespace, self._asset.asset_id or ""), None)
        self._questions.forget(self._asset)
        self.panel.forget()
        self._load()

    def _draw_keys(self) -> None:
        draw_keys(self)

    def on_resize(self) -> None:
        """Fit the footer to the new width."""
        self.call_after_refresh(self._draw_keys)
