"""Rows for the table: which query is asked, which pages are held and which are on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.browse.pages import PageWindow, Placement
from peekui.ui.loader import Subject

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.worker import Worker

    from peekui.api.models import Asset
    from peekui.browse.query import AssetQuery
    from peekui.ui.loader import Loader, LoadFailed, PageLoaded

__all__ = ["RowFeed"]


class RowFeed:
    """Fetches what is in view and nothing else; answers to an earlier query are dropped.

    Attributes:
        query: What is asked, None for nothing.
        window: Rows of its answer so far; a new one for every query.
    """

    def __init__(self, screen: Screen[None], loader: Loader) -> None:
        """Take where workers run and what they do."""
        self.query: AssetQuery | None = None
        self.window: PageWindow[Asset] = PageWindow()
        self._screen = screen
        self._loader = loader
        self._in_flight: dict[int, Worker[None]] = {}

    def ask(self, query: AssetQuery | None) -> None:
        """Ask another question; what was on its way for the old one is cancelled."""
        self.query = query
        self.window = PageWindow()
        self._in_flight.clear()
        self._screen.workers.cancel_group(self._screen, Subject.ASSETS)
        self.fetch([1])

    def want(self, first: int, last: int) -> None:
        """Fetch the rows that came into view, and stop fetching those that left it."""
        wanted = self.window.missing(first, last)
        for number in [number for number in self._in_flight if number not in wanted]:
            self._in_flight.pop(number).cancel()
        self.fetch([number for number in wanted if number not in self._in_flight])

    def fetch(self, pages: list[int]) -> None:
        """Fetch pages, held or not."""
        if self.query is None:
            return
        for number in pages:
            work = self._loader.page(self.query, number, self.window.page_size)
            self._in_flight[number] = self._screen.run_worker(work, group=Subject.ASSETS, exit_on_error=False)

    def accept(self, message: PageLoaded) -> bool:
        """Keep a page.

        Returns:
            Whether it answers the query of now.
        """
        if message.query != self.query:
            return False
        self._in_flight.pop(message.number, None)
        pagination = message.page.pagination
        says = Placement(pagination.page, pagination.page_size) if pagination else Placement()
        self.window.put(message.number, tuple(message.page.results), message.page.total, says)
        return True

    def reject(self, message: LoadFailed) -> bool:
        """Note that a page could not be fetched.

        Returns:
            Whether it was of the query of now.
        """
        if message.page is None or message.page.query != self.query:
            return False
        self._in_flight.pop(message.page.number, None)
        self.window.fail(message.page.number)
        return True

    def fetch_again(self, first: int, last: int) -> None:
        """Fetch the pages of some rows anew, held or not, failed or not."""
        self.window.retry()
        size = self.window.page_size
        self.fetch(list(range(first // size + 1, last // size + 2)))
