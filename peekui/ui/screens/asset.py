"""One asset, whole: its fields and what was extracted from it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from peekui.ui.commands import Situation, Where
from peekui.ui.copying import CopiesAssets
from peekui.ui.describe import describe_asset
from peekui.ui.features import describe_features
from peekui.ui.loader import Loader, Subject, start
from peekui.ui.running import bindings_for
from peekui.ui.screens.closing import Overlay
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.key_bar import KeyBar, draw_keys
from peekui.ui.widgets.notice import Notice, Problem
from peekui.ui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from peekui.api.models import Asset
    from peekui.ui.loader import FeaturesLoaded, LoadFailed
    from peekui.ui.session import Session

__all__ = ["AssetScreen"]


class AssetScreen(CopiesAssets, Overlay[None]):
    """Shows one asset; its neighbours are a key away."""

    CSS_PATH = "asset.tcss"
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.ASSET, Where.VIEW)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012  (as Textual declares it)

    status = query_one(StatusBar)
    frame = query_one("#asset-frame", VerticalScroll)
    notice = query_one(Notice)

    def __init__(
        self, session: Session, asset: Asset, namespace: str | None, step: Callable[[int], Asset | None]
    ) -> None:
        """Take an asset.

        Args:
            session: To ask for its features.
            asset: As the table knows it.
            namespace: It is in.
            step: Moves the table's cursor by so many rows and gives the asset there, None while it is loading.
        """
        super().__init__()
        self.loader = Loader(session, self.post_message)
        self._session = session
        self._asset = asset
        self._namespace = namespace
        self._step = step

    def compose(self) -> ComposeResult:
        """Status, asset, features, footer."""
        yield StatusBar(self._session)
        with VerticalScroll(id="asset-frame"):
            yield Static(id="asset-fields", markup=False)
            yield Static(id="asset-features", markup=False)
            yield Notice()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is known, and ask for the rest."""
        self.frame.focus()
        self._show(self._asset)

    def _show(self, asset: Asset) -> None:
        self._asset = asset
        self.status.crumbs = (self._session.source.name, asset.title)
        self.frame.border_title = Content(one_line(asset.title))
        self.frame.scroll_home(animate=False)
        self._draw(asset)
        self._load()

    def _draw(self, asset: Asset) -> None:
        self.query_one("#asset-fields", Static).update(describe_asset(asset))

    def _load(self) -> None:
        features = self.query_one("#asset-features", Static)
        self.notice.display = False
        if not self._asset.asset_id:
            features.update(Content.styled("\nThe service gave no id, so there is no more to ask for.", "dim"))
            return
        features.update(Content.styled("\nLoading features…", "dim"))
        work = partial(self.loader.features, self._asset.asset_id, self._namespace)
        start(self, Subject.FEATURES, work)
        self._draw_keys()

    def on_features_loaded(self, message: FeaturesLoaded) -> None:
        """Show the features, and the asset as it is now."""
        if message.asset_id != self._asset.asset_id:
            return
        if message.answer.asset:
            self._draw(message.answer.asset)
        self.query_one("#asset-features", Static).update(describe_features(message.answer.features or {}))

    def on_load_failed(self, message: LoadFailed) -> None:
        """Keep what the table knew, and say why there is no more."""
        super().on_load_failed(message)
        if message.subject is Subject.FEATURES and message.asset_id == self._asset.asset_id:
            self.query_one("#asset-features", Static).update("")
            self.notice.show_problem(message.problem)
            self.notice.display = True
        self._draw_keys()

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(asset=bool(self._asset.asset_id), problem=self.current_problem() is not None)

    def current_asset(self) -> tuple[Asset, str | None] | None:
        """Give the asset on show."""
        return self._asset, self._namespace

    def current_problem(self) -> Problem | None:
        """Give the failure on show, if there is one."""
        return self.notice.problem if self.is_mounted and self.notice.display else None

    def command_asset_close(self) -> None:
        """Back to the table."""
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

    def command_asset_down(self) -> None:
        """Scroll down."""
        self.frame.scroll_down(animate=False)

    def command_asset_up(self) -> None:
        """Scroll up."""
        self.frame.scroll_up(animate=False)

    def command_view_reload(self) -> None:
        """Ask for the features again."""
        self._load()

    def _draw_keys(self) -> None:
        draw_keys(self)

    def on_resize(self) -> None:
        """Fit the footer to the new width."""
        self.call_after_refresh(self._draw_keys)
