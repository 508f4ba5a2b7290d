"""Reads the assets that triage is about, in a worker: touches no widget, and tells with messages what came.

What is shown of the rows is made in a thread, whenever they are half as many again: all of it together takes a small
multiple of making it once, however many pages there are.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING, Final

from textual.message import Message

from peekui.api.errors import MixpeekError
from peekui.triage.gathering import Gathering
from peekui.triage.notebook import Notebook, NotebookFailed
from peekui.triage.pages import FilterRefused
from peekui.triage.progress import Progress
from peekui.ui.triage.files import notebook_path
from peekui.ui.widgets.notice import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from peekui.api.client import MixpeekClient
    from peekui.triage.rows import Row
    from peekui.triage.scope import Scope
    from peekui.ui.session import Session

__all__ = ["NotKept", "Reading", "ReadingFailed", "ReadingWentOn"]

_GROWTH: Final = 1.5
_UNKNOWN: Final = "the service does not say how many calls"


class ReadingWentOn(Message, bubble=False):
    """A page came, or the reading ended, or it waits to be told to go on."""


class ReadingFailed(Message, bubble=False):
    """No further page comes; what came is there."""

    def __init__(self, problem: Problem, *, refused: bool = False) -> None:
        super().__init__()
        self.problem = problem
        self.refused = refused
        """The service does not filter by status: all assets could be read instead."""


class NotKept(Message, bubble=False):
    """The notebook cannot be used as it should; the reading goes on without it."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class Reading:
    """One reading of a scope, and what is made of its rows.

    Attributes:
        scope: What is read.
        progress: How far it is.
        active: Whether pages are asked for.
        costs: What reading on costs, while that waits for a word of the user; else empty.
        notebook: Where rows and notes are kept; None before it was opened, and where it cannot be.
    """

    def __init__(
        self,
        session: Session,
        scope: Scope,
        digest: Callable[[tuple[Row, ...], Reading], Message],
        post: Callable[[Message], object],
    ) -> None:
        """Take what to read.

        Args:
            session: To ask with.
            scope: What to read.
            digest: Makes of the rows what is shown, in a thread.
            post: Takes the messages.
        """
        self.scope = scope
        self.progress = Progress()
        self.active = False
        self.costs = ""
        self.notebook: Notebook | None = None
        self._session = session
        self._digest = digest
        self._post = post
        self._gathering: Gathering | None = None
        self._made_of = 0

    @property
    def paused(self) -> bool:
        """Whether it was told to wait."""
        return self.active and self._gathering is not None and self._gathering.gate.paused

    @property
    def counts(self) -> Mapping[str, int]:
        """How many assets each collection has, by id; empty unless all of them were read."""
        whole = self._gathering is not None and self.scope.scan and self.progress.complete
        return self._gathering.counts if self._gathering and whole else {}

    def pause(self) -> None:
        """Ask for no further page."""
        if self._gathering:
            self._gathering.gate.pause()

    def go_on(self) -> None:
        """Ask for pages again."""
        self.costs = ""
        if self._gathering:
            self._gathering.gate.go_on()

    async def run(self, *, afresh: bool = False) -> None:
        """Read, and make what is shown; what came stays when it ends early.

        Args:
            afresh: Take nothing from the notebook.
        """
        self.active, self.costs = True, ""
        try:
            client = await self._session.client()
            await self._open_notebook()
            try:
                await self._read(client, self.notebook, afresh=afresh)
            except NotebookFailed as error:
                self._post(NotKept(f"{error} What is read now is not kept."))
                await self._read(client, None, afresh=True)
        except FilterRefused as refusal:
            self._post(ReadingFailed(Problem.of(refusal.error), refused=not self.scope.scan))
        except MixpeekError as error:
            await self.digest()
            self._post(ReadingFailed(Problem.of(error)))
        finally:
            self.active, self.costs = False, ""
            self._post(ReadingWentOn())

    async def digest(self, without: Iterable[str] = ()) -> None:
        """Make anew what is shown of the rows at hand.

        Args:
            without: Ids of assets that are no longer there.
        """
        if self._gathering is None:
            return
        for asset_id in without:
            self._gathering.rows.pop(asset_id, None)
        # Two hundred thousand references are copied in two milliseconds; all else is done in the thread.
        rows = tuple(self._gathering.rows.values())
        self._made_of = len(rows)
        self._post(await asyncio.to_thread(self._digest, rows, self))

    async def _open_notebook(self) -> None:
        if self.notebook:
            return
        try:
            self.notebook = await asyncio.to_thread(Notebook.open, notebook_path(), self._session.source.account)
        except NotebookFailed as error:
            self._post(NotKept(f"{error} Nothing is kept for the next time."))
        else:
            if self.notebook.notice:
                self._post(NotKept(self.notebook.notice))

    async def _read(self, client: MixpeekClient, notebook: Notebook | None, *, afresh: bool) -> None:
        gathering = self._gathering = Gathering(client, self.scope, notebook)
        asked = False
        self._made_of = 0
        async with aclosing(gathering.run(afresh=afresh)) as pages:
            async for progress in pages:
                self.progress = progress
                if progress.ended or len(gathering.rows) > self._made_of * _GROWTH:
                    await self.digest()
                if not asked and not progress.ended:
                    asked = True
                    self._ask_before_more(client, progress)
                self._post(ReadingWentOn())

    def _ask_before_more(self, client: MixpeekClient, progress: Progress) -> None:
        """Hold the reading up where many calls of a limited budget would follow."""
        if client.budget.state.limit is None:
            return
        cost = None if progress.pages is None else client.budget.cost(progress.pages - progress.pages_read)
        if cost is None or cost.asks_first:
            self.costs = _UNKNOWN if cost is None else str(cost)
            self.pause()
