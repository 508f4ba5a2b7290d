"""Rows for the table: which query is asked, which pages are held and which are on their way."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from peekui.browse.pages import PAGE_SIZE, PageWindow, Placement
from peekui.ui.loader import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.screen import Screen
    from textual.worker import Worker

    from peekui.api.models import Asset
    from peekui.browse.query import AssetQuery
    from peekui.ui.loader import Loader, LoadFailed, PageLoaded

__all__ = ["RowFeed"]

_REST = 0.04
"""Seconds a page that scrolled into view must stay there before it is asked for: dragging the scrollbar over a
million rows passes hundreds of pages, and each call is one of few."""


class RowFeed:
    """Fetches what is in view, and the page that comes next; answers to an earlier query are dropped.

    Attributes:
        query: What is asked, None for nothing.
        page_size: Rows to ask for at a time, None for the usual number; the service may give fewer.
        window: Rows of its answer so far; a new one for every query.
    """

    def __init__(self, screen: Screen[None], loader: Loader, may_prefetch: Callable[[], bool] = lambda: True) -> None:
        """Take what it works with.

        Args:
            screen: Where workers run.
            loader: What they do.
            may_prefetch: Whether a call can be spared for a page that is not in view yet.
        """
        self.query: AssetQuery | None = None
        self.page_size: int | None = None
        self.window: PageWindow[Asset] = PageWindow()
        self._screen = screen
        self._loader = loader
        self._may_prefetch = may_prefetch
        self._in_flight: dict[int, Worker[None]] = {}
        self._top = 0

    def asks(self, query: AssetQuery | None, page_size: int | None) -> bool:
        """Say whether this is what is asked already."""
        return (query, page_size) == (self.query, self.page_size)

    def ask(self, query: AssetQuery | None, page_size: int | None = None) -> None:
        """Ask another question; what was on its way for the old one is cancelled."""
        self.query, self.page_size = query, page_size
        self.window = PageWindow(page_size=page_size or PAGE_SIZE)
        self._top = 0
        self._in_flight.clear()
        self._screen.workers.cancel_group(self._screen, Subject.ASSETS)
        self._fetch([1])

    def resume(self, query: AssetQuery | None, window: PageWindow[Asset], page_size: int | None = None) -> None:
        """Go on with an earlier question and the rows that are held for it."""
        self.query, self.window, self.page_size = query, window, page_size
        self._in_flight.clear()
        self._screen.workers.cancel_group(self._screen, Subject.ASSETS)

    def want(self, first: int, last: int) -> None:
        """Fetch the rows that came into view and what comes next, and stop fetching what was scrolled past."""
        step, self._top = first - self._top, first
        wanted = self.window.missing(first, last)
        if not wanted and self._may_prefetch():
            wanted = self.window.ahead(first, last, step)
        size = self.window.page_size
        # A page beside those in view is what comes next, or came just before: its call is made, so let it come.
        near = range(first // size, last // size + 3)
        for number in [number for number in self._in_flight if number not in near]:
            self._in_flight.pop(number).cancel()
        self._fetch((number for number in wanted if number not in self._in_flight), rest=_REST)

    def accept(self, message: PageLoaded) -> bool:
        """Keep a page.

        Returns:
            Whether it answers the very query of now.
        """
        if message.query is not self.query:  # an equal one may count its times from another moment
            return False
        self._in_flight.pop(message.number, None)
        pagination = message.page.pagination
        says = Placement(pagination.page, pagination.page_size) if pagination else Placement()
        self.window.put(message.number, tuple(message.page.results), message.page.total, says)
        return True

    def reject(self, message: LoadFailed) -> bool:
        """Note that a page could not be fetched.

        Returns:
            Whether it was of the very query of now.
        """
        if message.page is None or message.page.query is not self.query:
            return False
        self._in_flight.pop(message.page.number, None)
        self.window.fail(message.page.number)
        return True

    def renew(self, first: int, last: int) -> None:
        """Fetch the pages of some rows anew, as of this moment; others are fetched when they come into view.

        Rows may have changed places: what is held of the other pages would not join.
        """
        if self.query is None:
            return
        self.resume(replace(self.query, asked_at=datetime.now(UTC)), self.window, self.page_size)
        size = self.window.page_size
        self.window.keep_only(range(first // size + 1, last // size + 2))
        self.fetch_again(first, last)

    def fetch_again(self, first: int, last: int) -> None:
        """Fetch the pages of some rows anew, held or not, failed or not."""
        self.window.retry()
        size = self.window.page_size
        self._fetch(range(first // size + 1, last // size + 2))

    def _fetch(self, pages: Iterable[int], *, rest: float = 0) -> None:
        if self.query is None:
            return
        for number in pages:
            work = partial(self._load, self.query, number, rest)
            self._in_flight[number] = self._screen.run_worker(work, group=Subject.ASSETS, exit_on_error=False)

    async def _load(self, query: AssetQuery, number: int, rest: float) -> None:
        await asyncio.sleep(rest)
        await self._loader.page(query, number, self.window.page_size)
