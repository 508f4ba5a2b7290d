"""Driving the app in tests: press, wait for what it does, read what it shows."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input, TextArea
from textual.worker import WorkerCancelled

from peekui.ui.screens.browse import BrowseScreen
from peekui.ui.widgets.asset_rows import AssetRows
from peekui.ui.widgets.detail_panel import DetailPanel
from peekui.ui.widgets.notice import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from peekui.ui.app import PeekApp
    from peekui.ui.session import Session

__all__ = ["Driver"]

_PATIENCE = 20.0
_GLANCE = 0.01


class Driver:
    """The app under test, and how to wait for what it does: for events, never for a time."""

    def __init__(self, app: PeekApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def browse(self) -> BrowseScreen:
        """The browser's screen."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, BrowseScreen))

    @property
    def session(self) -> Session:
        """What the app talks to the service with."""
        assert self.app.session
        return self.app.session

    async def until(self, true: Callable[[], object]) -> None:
        """Wait until something is true; on a screen that was just opened, not before all of it is there."""
        try:
            async with asyncio.timeout(_PATIENCE):
                while not (true() and self.app.screen_stack[-1].is_mounted):
                    await self.pilot.pause(_GLANCE)
        except TimeoutError:
            raise AssertionError(f"not seen in {_PATIENCE} s; on screen:\n{self.text()}") from None

    async def until_browsing(self) -> None:
        """Wait until the browser is open, whatever it shows."""
        await self.until(lambda: any(screen.query(AssetRows) for screen in self.app.screen_stack))

    async def until_rows(self) -> None:
        """Wait until the rows of the newest question are on show."""

        def there() -> bool:
            panes = self.browse.panes
            return not panes.rows.stale and (panes.shows_rows or panes.assets.notice.tone is Tone.EMPTY)

        await self.until_browsing()
        await self.until(there)
        await self.until_done()
        await self.pilot.pause()

    async def until_settled(self) -> None:
        """Wait until the detail shows what is under the cursor, and the features of an open asset are there."""
        panes = self.browse.panes
        asset = panes.asset()
        await self.until(lambda: asset is None or panes.detail.query_one(DetailPanel).asset is asset)
        await self.until(lambda: "Loading features" not in self.text())
        await self.pilot.pause()

    async def until_done(self) -> None:
        """Wait until no worker is at work; one that was cancelled, as another took its place, is no failure."""
        while self.app.workers:
            with suppress(WorkerCancelled):
                await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys and let everything they started end; text is typed into a line as fast as it can be."""
        for key in keys:
            if len(key) == 1 and isinstance(self.app.focused, Input | TextArea):
                self.app.post_message(events.Key(key if key.isalnum() else _character_to_key(key), key))
            else:
                await self.pilot.pause()
                await self.pilot.press(key)
        await self.pilot.pause()
        await self.until_done()
        await self.pilot.pause()

    def text(self) -> str:
        """Everything on screen, as text."""
        lines = self.app.screen._compositor.render_strips(self.app.size)
        return "\n".join("".join(segment.text for segment in strip) for strip in lines)
