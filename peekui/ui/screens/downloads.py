"""Downloads of one asset or several, two at a time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.message import Message

from peekui.api.errors import MixpeekError
from peekui.browse.copy_forms import Needs
from peekui.browse.downloads import download
from peekui.browse.gathering import calls_for
from peekui.ui.formats import size
from peekui.ui.screens.working import WorkingScreen, bar
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.notice import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from peekui.api.fetching import FileFetcher
    from peekui.browse.copy_forms import CopyItem
    from peekui.browse.downloads import Progress
    from peekui.browse.partial_file import Downloaded
    from peekui.ui.session import Session

__all__ = ["Downloads", "DownloadsScreen"]

_AT_ONCE: Final = 2
_MOST_FAILURES: Final = 100


@dataclass
class Downloads:
    """How far the downloads are, by the asset's id.

    Attributes:
        running: Those under way.
        done: Those that are here.
        failed: Why others are not.
    """

    running: dict[str, Progress] = field(default_factory=dict)
    done: dict[str, Downloaded] = field(default_factory=dict)
    failed: dict[str, Problem] = field(default_factory=dict)

    @property
    def shares(self) -> float:
        """How many are here, with the parts of those under way."""
        parts = (one.received / one.total for one in self.running.values() if one.total)
        return len(self.done) + len(self.failed) + sum(parts)


class DownloadsScreen(WorkingScreen[Downloads]):
    """Closes by itself when all are here; what failed stays to be read."""

    class Received(Message):
        """A part of a file came."""

        def __init__(self, asset_id: str, progress: Progress) -> None:
            super().__init__()
            self.asset_id = asset_id
            self.progress = progress

    class Came(Message):
        """A file is here."""

        def __init__(self, asset_id: str, downloaded: Downloaded) -> None:
            super().__init__()
            self.asset_id = asset_id
            self.downloaded = downloaded

    class Failed(Message):
        """A file did not come."""

        def __init__(self, asset_id: str, problem: Problem) -> None:
            super().__init__()
            self.asset_id = asset_id
            self.problem = problem

    def __init__(self, session: Session, items: Sequence[CopyItem], folder: Path) -> None:
        """Take what to download.

        Args:
            session: To ask with.
            items: The assets.
            folder: Where they go.
        """
        what = items[0].title if len(items) == 1 else f"{len(items):,} marked assets"
        super().__init__(session, f"Download: {what}")
        self._items = {item.asset_id: item for item in items}
        self._folder = folder
        self._downloads = Downloads()

    def calls(self) -> int:
        """Count the assets of which no URL is known."""
        client = self._session.connected
        return calls_for(self._items.values(), Needs.URL, client) if client else len(self._items)

    async def work(self) -> None:
        """Download all; what fails does not keep the others from coming."""
        from peekui.api.fetching import FileFetcher  # noqa: PLC0415  (httpx)

        try:
            client = await self._session.client()
        except MixpeekError as error:
            for asset_id in self._items:
                self.post_message(self.Failed(asset_id, Problem.of(error)))
            return
        turns = asyncio.Semaphore(_AT_ONCE)
        # Not in the event loop's time: it reads the certificates.
        async with await asyncio.to_thread(FileFetcher, client.urls) as fetcher, asyncio.TaskGroup() as group:
            for item in self._items.values():
                group.create_task(self._download(fetcher, item, turns))

    async def _download(self, fetcher: FileFetcher, item: CopyItem, turns: asyncio.Semaphore) -> None:
        def tell(progress: Progress) -> None:
            self.post_message(self.Received(item.asset_id, progress))

        async with turns:
            try:
                downloaded = await download(fetcher, item.asset_id, item.namespace, self._folder, tell)
            except MixpeekError as error:
                self.post_message(self.Failed(item.asset_id, Problem.of(error)))
            else:
                self.post_message(self.Came(item.asset_id, downloaded))

    def lines(self) -> Iterator[Content]:
        """Say how far all are together, then each, then what failed."""
        yield Content.styled(f"to {one_line(str(self._folder))}", "dim")
        ended = len(self._downloads.done) + len(self._downloads.failed)
        yield bar(self._downloads.shares / len(self._items), f"{ended:,} of {len(self._items):,}")
        for asset_id, progress in self._downloads.running.items():
            of = f" of {size(progress.total)}" if progress.total is not None else ""
            yield Content(f"  {one_line(self._items[asset_id].title)}  {size(progress.received)}{of}")
        for asset_id, problem in [*self._downloads.failed.items()][:_MOST_FAILURES]:
            words = f"✗ {one_line(self._items[asset_id].title)}: {one_line(problem.what)}"
            yield Content.styled(words, "$text-error")
        if self._downloads.failed:
            yield Content.styled("Downloading them again goes on with what came.", "dim")

    def result(self) -> Downloads:
        """Give all that came."""
        return self._downloads

    def on_downloads_screen_received(self, message: Received) -> None:
        """Show how far it is."""
        self._downloads.running[message.asset_id] = message.progress
        self.draw()

    def on_downloads_screen_came(self, message: Came) -> None:
        """Count it, and close when it was the last."""
        self._downloads.done[message.asset_id] = message.downloaded
        self._end(message.asset_id)

    def on_downloads_screen_failed(self, message: Failed) -> None:
        """Keep what is to be said of it."""
        self._downloads.failed[message.asset_id] = message.problem
        self._end(message.asset_id)

    def _end(self, asset_id: str) -> None:
        self._downloads.running.pop(asset_id, None)
        self.draw()
        if len(self._downloads.done) == len(self._items):
            self.dismiss(self._downloads)
