"""Reading all rows that triage is about, page by page, and the next time only what changed.

The rule for the next time. What was read whole within the last week is taken from the notebook, and two things are
asked: the assets of the same collections whose `updated_at` is not before the last reading (ten minutes earlier, for
clocks that differ), whatever their status, so that what is no longer failed is dropped; and how many there are in all.
When that number is the number of rows at hand, they are taken for what the service has. When it is not, something
came or went without a trace, and everything is read again; so it is where rows have no `updated_at`, where the service
does not filter by it, and where failed assets are found by scanning.

What this cannot see: an asset that went and another that came with an `updated_at` of before, so that the number
stays; a link (`duplicate_of`) that changed without touching `updated_at`; and, in the embedded library, a file put
in place of another with an older time. The API has no list of changes. A week later at most, or with `afresh`, all
is read again; and no act relies on kept rows: each reads its asset again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from peekui.search.pages import page_count
from peekui.triage.pages import PAGE_SIZE, FilterRefused, Gate, read_assets
from peekui.triage.progress import Progress, ReadingState
from peekui.triage.rows import Row

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Iterable

    from peekui.api.client import MixpeekClient
    from peekui.api.models import Asset
    from peekui.search.pages import Portion
    from peekui.triage.notebook import Notebook
    from peekui.triage.scope import Scope

__all__ = ["MOST_ROWS", "Gathering"]

MOST_ROWS: Final = 200_000
"""Rows of one scope held in memory; one takes about 700 bytes (tests/benchmarks/triage.py), and its metadata."""
_MOST_CHARACTERS: Final = 300_000_000
"""Of metadata held in memory: that of one asset can be a megabyte."""
_MARGIN: Final = timedelta(minutes=10)
_TRUSTED: Final = timedelta(days=7)
_RESUMED: Final = timedelta(hours=1)
"""An interrupted reading is gone on with for so long."""
_MOVED: Final = "Assets moved while they were read: some may be missing."
_ONE_PAGE: Final = "The service gives only one page of this."
_CALLS_TO_CATCH_UP: Final = 2
"""At least: a page of what changed, and the count."""


class Gathering:
    """One reading of a scope. Iterate over `run`; leaving the iteration ends it, and what came so far is kept.

    Attributes:
        scope: What is read.
        rows: What is at hand, by id; may be used at any time.
        progress: How far it is.
        gate: Pauses it.
        counts: Assets of each collection that came, by its id, whether they are rows of the scope or not.
    """

    def __init__(
        self,
        client: MixpeekClient,
        scope: Scope,
        notebook: Notebook | None = None,
        *,
        page_size: int = PAGE_SIZE,
        most_rows: int = MOST_ROWS,
    ) -> None:
        """Set up; nothing is read yet.

        Args:
            client: Whose budget it is read in.
            scope: What to read.
            notebook: Where rows are kept; None keeps nothing.
            page_size: Rows to ask for at a time.
            most_rows: Stop, and say so, when so many are at hand.
        """
        self.scope = scope
        self.rows: dict[str, Row] = {}
        self.progress = Progress()
        self.gate = Gate()
        self.counts: Counter[str] = Counter()
        self._client = client
        self._notebook = notebook
        self._page_size = page_size
        self._most_rows = most_rows

    async def run(self, *, afresh: bool = False) -> AsyncGenerator[Progress, None]:
        """Read.

        Args:
            afresh: Take nothing from the notebook.

        Yields:
            The progress after every page; the last has ended.

        Raises:
            FilterRefused: The service does not filter by status; offer `scope.scanning()`.
            MixpeekError: A page could not be read; `rows` and `progress` stay as they are.
        """
        started = datetime.now(UTC)
        state = None if afresh else await self._recall(started)
        if state and state.complete:
            async for progress in self._catch_up(state, started):
                yield progress
            if self.progress.complete:
                return
        resumed = state if state and not state.complete else None
        async for progress in self._read_all(resumed or self._beginning(started)):
            yield progress
        if resumed and self.progress.problem == _MOVED:
            # The two halves do not fit together.
            async for progress in self._read_all(self._beginning(started)):
                yield progress

    async def _recall(self, now: datetime) -> ReadingState | None:
        """Take the rows from the notebook that can be gone on from, and say where they stand."""
        if self._notebook is None or self.scope.scan:
            return None
        kept = await asyncio.to_thread(self._notebook.reading, self.scope.key)
        state = ReadingState.from_json(kept.state) if kept else None
        if kept is None or state is None or now - state.at > (_TRUSTED if state.complete else _RESUMED):
            return None
        self.rows = kept.rows
        return state

    def _beginning(self, now: datetime) -> ReadingState:
        self.rows, self.counts = {}, Counter()
        return ReadingState(now, complete=False, page_size=self._page_size)

    async def _read_all(self, state: ReadingState) -> AsyncIterator[Progress]:
        """Read every page from the one on that a reading had come to; its rows are at hand."""
        seen = set(self.rows)
        held = _characters(self.rows.values())
        if self._is_full(held):
            self.progress = self._progress(state, ended=True, problem=self._too_many)
            yield self.progress
            return
        query = self.scope.query()
        async for page in read_assets(
            self._client, query, first=state.next_page, page_size=state.page_size, gate=self.gate
        ):
            came = self._rows_of(page)
            self.counts.update(row.collection for row in came if row.asset_id not in seen)
            seen.update(row.asset_id for row in came)
            rows = {row.asset_id: row for row in came if self.scope.holds(row)}
            self.rows |= rows
            held += _characters(rows.values())
            state = replace(
                state,
                next_page=page.number + 1,
                page_size=page.page_size,
                total=max(state.total, page.total or 0),
                nameless=state.nameless + len(page.rows) - len(came),
            )
            problem = ""
            if page.ignored:
                problem = _ONE_PAGE
            elif page.last and len(seen) + state.nameless < state.total:
                # An asset that goes or comes moves those behind it, from one page to another.
                problem = _MOVED
            elif self._is_full(held) and not page.last:
                problem = self._too_many
            state = replace(state, complete=page.last and not problem)
            self.progress = self._progress(state, ended=page.last or bool(problem), problem=problem, total=page.total)
            await self._keep(state, rows.values(), afresh=page.number == 1)
            yield self.progress
            if self.progress.ended:
                return

    def _progress(self, state: ReadingState, *, ended: bool, problem: str = "", total: int | None = None) -> Progress:
        return Progress(
            pages_read=state.next_page - 1,
            pages=page_count(total, state.page_size),
            rows=len(self.rows),
            total=total,
            ended=ended,
            complete=state.complete,
            problem=problem if ended else "",
        )

    def _is_full(self, characters: int) -> bool:
        return len(self.rows) >= self._most_rows or characters >= _MOST_CHARACTERS

    @property
    def _too_many(self) -> str:
        return f"Reading stops at {len(self.rows):,} rows: choose fewer collections."

    async def _catch_up(self, state: ReadingState, started: datetime) -> AsyncIterator[Progress]:
        """Read what changed, where that takes fewer calls; the progress is complete when the rows are what there is."""
        moments = [row.updated for row in self.rows.values() if row.updated]
        calls_for_all = len(self.rows) // self._page_size + 1
        if len(moments) < len(self.rows) or calls_for_all <= _CALLS_TO_CATCH_UP:
            return
        changed: dict[str, Row] = {}
        calls = 1
        query = self.scope.changed_since(min(state.at, max(moments)) - _MARGIN)
        try:
            async for page in read_assets(self._client, query, page_size=self._page_size, gate=self.gate):
                calls = (page.pages or page.number) + 1
                if page.ignored or calls >= calls_for_all:
                    return
                changed |= {row.asset_id: row for row in self._rows_of(page)}
                self.progress = Progress(page.number, calls, len(self.rows), caught_up=True)
                yield self.progress
        except FilterRefused:
            return
        gone = {asset_id for asset_id, row in changed.items() if not self.scope.holds(row)}
        rows = {asset_id: row for asset_id, row in (self.rows | changed).items() if asset_id not in gone}
        total = await self._count()
        if total != len(rows):
            return
        self.rows = rows
        kept = [row for asset_id, row in changed.items() if asset_id not in gone]
        await self._keep(ReadingState(started, complete=True), kept, gone)
        self.progress = Progress(calls, calls, len(rows), total, ended=True, complete=True, caught_up=True)
        yield self.progress

    async def _count(self) -> int | None:
        """Ask how many assets the scope has."""
        query = self.scope.query()
        answer = await self._client.assets(query.body(), namespace=query.namespace, page_size=1)
        return answer.total

    def _rows_of(self, page: Portion[Asset]) -> list[Row]:
        rows = (Row.of(asset, with_metadata=self.scope.with_metadata) for asset in page.rows)
        return [row for row in rows if row]

    async def _keep(
        self, state: ReadingState, rows: Iterable[Row], gone: Iterable[str] = (), *, afresh: bool = False
    ) -> None:
        if self._notebook:
            notebook, key = self._notebook, self.scope.key
            await asyncio.to_thread(notebook.keep, key, state.to_json(), rows, gone, afresh=afresh)


def _characters(rows: Iterable[Row]) -> int:
    return sum(len(row.metadata_json) for row in rows)
