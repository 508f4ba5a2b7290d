"""Watching a search: it is asked again and again, within the call budget, and what is new or changed is marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.getters import query_one
from textual.message import Message

from peekui.api.budget import Priority
from peekui.api.errors import MixpeekError
from peekui.search.looks import Changes, compared, take_look
from peekui.ui import formats
from peekui.ui.loader import Subject, start
from peekui.ui.screens.asking import AskingScreen
from peekui.ui.screens.searching import SearchesAssets
from peekui.ui.widgets.asset_rows import Sign
from peekui.ui.widgets.choice_list import Choice
from peekui.ui.widgets.notice import Problem
from peekui.ui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.timer import Timer

    from peekui.browse.query import AssetQuery
    from peekui.search.looks import Look
    from peekui.ui.loader import PageLoaded
    from peekui.ui.session import Session

__all__ = ["LookFailed", "LookTaken", "WatchesAssets", "look_at"]

_OFTEN: Final = ((60, "every minute"), (15, "every 15 seconds"), (300, "every 5 minutes"), (900, "every 15 minutes"))
_CALLS: Final = 3
"""Of a look, and of the rows in view where it finds that something changed: at most two pages."""
_SHARE: Final = 0.5
"""Of the calls of a minute that watching may take."""


class LookTaken(Message, bubble=False):
    """What a search finds now."""

    def __init__(self, query: AssetQuery, look: Look) -> None:
        super().__init__()
        self.query = query
        self.look = look


class LookFailed(Message, bubble=False):
    """It could not be found out what a search finds."""

    def __init__(self, query: AssetQuery, problem: Problem) -> None:
        super().__init__()
        self.query = query
        self.problem = problem


async def look_at(session: Session, post: Callable[[Message], object], query: AssetQuery, priority: Priority) -> None:
    """Look at what a search finds now, and post it: for a worker."""
    try:
        client = await session.client()
        post(LookTaken(query, await take_look(client, query, priority)))
    except MixpeekError as error:
        post(LookFailed(query, Problem.of(error)))


@dataclass(slots=True)
class _Watch:
    """What is watched, and what was seen of it so far; `due` is a look that waits for someone to see it."""

    query: AssetQuery
    seconds: float
    last: Look | None = None
    signs: dict[str, Sign] = field(default_factory=dict)
    gone: int = 0
    due: bool = False
    failed: bool = False

    def take(self, look: Look) -> Changes:
        """Take another look, and say what changed since the one before."""
        changes = compared(self.last, look) if self.last else Changes()
        self.last, self.failed = look, False
        self.signs |= dict.fromkeys(changes.new, Sign.NEW)
        self.signs |= {asset_id: self.signs.get(asset_id, Sign.CHANGED) for asset_id in changes.changed}
        for asset_id in changes.gone:
            self.signs.pop(asset_id, None)
        self.gone += len(changes.gone)
        return changes

    def __str__(self) -> str:
        signs = [*self.signs.values()]
        counts = ((signs.count(Sign.NEW), "new"), (signs.count(Sign.CHANGED), "changed"), (self.gone, "gone"))
        return ", ".join(f"{count:,} {what}" for count, what in counts if count)


class WatchesAssets(SearchesAssets):
    """Base of the browser's screen: watching what is on show. It waits while nobody can see it."""

    status = query_one(StatusBar)

    _watch: _Watch | None = None
    _watch_timer: Timer | None = None
    _kept_cursor: tuple[str, int] | None = None
    """Asset under the cursor and its row, while rows are fetched anew."""

    def command_search_watch(self) -> None:
        """Stop, or ask how often to look."""
        if self._watch:
            self._stop_watching("Watching ended.")
            return

        def run(chosen: Callable[[], object] | None) -> None:
            if chosen:
                chosen()

        if self._feed.query:
            self.app.push_screen(AskingScreen("Watch what is on show", list(self._how_often())), run)

    def on_mount(self) -> None:
        """Hear when the terminal is looked at again."""
        self.watch(self.app, "app_focus", self._look_if_due, init=False)

    def on_screen_resume(self) -> None:
        """Look when this screen is seen again."""
        self._look_if_due()

    def _how_often(self) -> Iterator[Choice]:
        budget = self._session.budget
        limit = budget.limit if budget else None
        least = _CALLS * 60 / (limit * _SHARE) if limit else 0
        for seconds, often in _OFTEN:
            reason = f"the budget allows every {least:.0f} s" if seconds < least else ""
            text = f"A call {often}, once one can be spared, and two more at most when something changed."
            yield Choice(often.capitalize(), text=text, reason=reason, run=partial(self._begin_watching, seconds))

    def _begin_watching(self, seconds: float) -> None:
        if self._feed.query:
            self._watch = _Watch(self._feed.query, seconds, signs=dict(self.panes.rows.signs))
            self._look()

    def _stop_watching(self, sentence: str) -> None:
        self._watch = None
        self.workers.cancel_group(self, Subject.WATCH)
        self._rest(None)
        self.panes.rows.signs = {}
        self.status.watching = ""
        self.notify(sentence, markup=False)

    def _look(self) -> None:
        """Look, if anybody can see it; else once somebody can."""
        if self._watch is None:
            return
        self._watch.due = not (self.app.app_focus and self.app.screen is self)
        if self._watch.due:
            self._tell_of_watch("paused")
        else:
            self._tell_of_watch("looking…")
            work = partial(look_at, self._session, self.post_message, self._watch.query, Priority.AHEAD)
            start(self, Subject.WATCH, work)

    def _look_if_due(self) -> None:
        if self._watch and self._watch.due:
            self._look()

    def on_look_taken(self, message: LookTaken) -> None:
        """Mark what changed, and fetch the rows in view again if anything did."""
        watch = self._watch
        if watch is None or message.query is not watch.query:
            return
        if watch.take(message.look):
            rows = self.panes.rows
            rows.signs = dict(watch.signs)
            asset = rows.asset_at(rows.cursor)
            self._kept_cursor = (asset.asset_id, rows.cursor) if asset and asset.asset_id else None
            self._feed.renew(*rows.in_view())
        self._rest(watch.seconds)

    def on_look_failed(self, message: LookFailed) -> None:
        """Say so once, and look again at the usual time."""
        watch = self._watch
        if watch is None or message.query is not watch.query:
            return
        if not watch.failed:
            text = f"{message.problem.what} Watching goes on."
            self.notify(text, title="A look failed", severity="warning", markup=False)
        watch.failed = True
        self._rest(watch.seconds)

    def on_page_loaded(self, message: PageLoaded) -> None:  # noqa: ARG002  (the browser reads it)
        """Stop where another question is answered; else keep the cursor on its asset, wherever that is now."""
        if self._watch and self._feed.query != self._watch.query:
            self._stop_watching("Watching ended: another question is on show.")
        if self._kept_cursor:
            self._follow_asset(*self._kept_cursor)

    def _follow_asset(self, asset_id: str, row: int) -> None:
        rows = self.panes.rows
        if rows.cursor != row:
            self._kept_cursor = None  # the user went on
            return
        size = rows.window.page_size
        near = range(max(0, row - size), min(row + size, rows.row_count))
        found = [index for index in near if (asset := rows.asset_at(index)) and asset.asset_id == asset_id]
        if found:
            self._kept_cursor = None
            rows.forget_anchor()
            top = rows.scroll_offset.y + found[0] - row
            rows.cursor = found[0]
            rows.scroll_to(y=top, animate=False)

    def _rest(self, seconds: float | None) -> None:
        """Look again after so many seconds; None never."""
        if self._watch_timer:
            self._watch_timer.stop()
            self._watch_timer = None
        if seconds is not None:
            self._watch_timer = self.set_timer(seconds, self._look)
            at = (formats.now() + timedelta(seconds=seconds)).astimezone()
            self._tell_of_watch(f"next {at:%H:%M:%S}")

    def _tell_of_watch(self, state: str) -> None:
        if self._watch:
            failed = "last look failed" if self._watch.failed else ""
            self.status.watching = " · ".join(filter(None, [f"watching, {state}", failed, str(self._watch)]))
