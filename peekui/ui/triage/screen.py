"""What the screens of failures and of duplicates have in common: they read assets, and show what came so far."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from peekui.search.commands_for import triage_command
from peekui.search.records import list_request
from peekui.search.searches import MOST_ROWS
from peekui.triage.scope import Subject as Triaged
from peekui.ui.answers import ShownAs, ShowsAnswer
from peekui.ui.commands import Situation
from peekui.ui.filter_loader import mistake_in
from peekui.ui.loader import Subject, start
from peekui.ui.running import key_for
from peekui.ui.screens.closing import Overlay
from peekui.ui.triage.reading import Reading
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.key_bar import KeyBar, draw_keys
from peekui.ui.widgets.notice import Notice, Tone
from peekui.ui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.app import ComposeResult
    from textual.message import Message
    from textual.widget import Widget
    from textual.worker import Worker

    from peekui.api.models import Collection
    from peekui.triage.rows import Row
    from peekui.triage.scope import Scope
    from peekui.ui.app import PeekApp
    from peekui.ui.exports import Export
    from peekui.ui.session import Session
    from peekui.ui.triage.browser import Browser
    from peekui.ui.triage.reading import NotKept, ReadingFailed
    from peekui.ui.widgets.notice import Problem

__all__ = ["TriageScreen"]


class TriageScreen(ShowsAnswer, Overlay[None]):
    """Base of both. A subclass says what is read, what is made of it, and draws that.

    Attributes:
        reading: The rows, and how far they are.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (60, "-two"), (110, "-three")]  # noqa: RUF012  (as Textual declares it)
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-low"), (30, "-high")]  # noqa: RUF012

    crumb: str
    """What the breadcrumb calls it."""
    _browser: Browser

    head = query_one("#triage-head", Static)
    notice = query_one("#triage-notice", Notice)
    body = query_one("#triage-body", Vertical)

    def __init__(
        self, session: Session, scope: Scope, collections: Sequence[Collection], crumbs: Sequence[str]
    ) -> None:
        """Take what to read.

        Args:
            session: To ask with.
            scope: What to read.
            collections: Those of the scope.
            crumbs: Where that is.
        """
        super().__init__()
        self.reading = Reading(session, scope, self.digest, self.post_message)
        self.problem: Problem | None = None
        self.refused = False
        self._session = session
        self._collections = {item.key: item for item in collections}
        self._crumbs = crumbs

    @abstractmethod
    def digest(self, rows: tuple[Row, ...], reading: Reading) -> Message:
        """Make of the rows what is shown; in a thread, so no widget is touched."""

    @abstractmethod
    def parts(self) -> Iterable[Widget]:
        """Give what shows the rows."""

    @abstractmethod
    def facts(self) -> Iterable[Content]:
        """Say in a line or two what was found."""

    @abstractmethod
    def nothing(self) -> tuple[str, str]:
        """Say that there is nothing of the kind, and what that means."""

    @abstractmethod
    def exported(self) -> Export:
        """Give what is listed, as it is shown, to be written to a file."""

    @property
    @abstractmethod
    def found(self) -> bool:
        """Whether there is anything to show."""

    def compose(self) -> ComposeResult:
        """Status, what is known in a line or two, the rows or a notice, keys."""
        yield StatusBar(self._session)
        yield Static(id="triage-head", markup=False)
        yield Notice(id="triage-notice")
        yield Vertical(*self.parts(), id="triage-body")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to read."""
        self.query_one(StatusBar).crumbs = (*self._crumbs, self.crumb)
        self.watch(self, "focused", self._draw_keys)
        self.read()

    def title_of(self, collection: str) -> str:
        """Give what a collection is called."""
        known = self._collections.get(collection)
        return one_line(known.title if known else collection)

    def shown_with(self) -> tuple[str, ...]:
        """Give the options of the command that shows the same."""
        return ("--scan",) if self.reading.scope.scan else ()

    def shown_as(self) -> ShownAs:
        """Give what reads the same assets."""
        scope = self.reading.scope
        subject = "failed" if scope.subject is Triaged.FAILURES else "duplicates"
        command = triage_command(subject, scope.namespace, self._browser.collections_named(), self.shown_with())
        return ShownAs((("peekui command", command),), list_request(scope.query(), 1, MOST_ROWS))

    # -- reading ------------------------------------------------------------------------------------------

    def read(self, *, afresh: bool = False) -> None:
        """Begin to read, or go on after an end that came too early."""
        self.problem, self.refused = None, False
        start(self, Subject.TRIAGE, partial(self.reading.run, afresh=afresh))
        self.draw()

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        reading = self.reading
        return Situation(
            reading=reading.active, readable=reading.active or not reading.progress.complete, refused=self.refused
        )

    def command_triage_pause(self) -> None:
        """Wait with the next page, or read on."""
        if not self.reading.active:
            self.read()
        elif self.reading.paused:
            self.reading.go_on()
        else:
            self.reading.pause()
        self.draw()

    def command_triage_stop(self) -> None:
        """Read no further; what came is there."""
        start(self, Subject.TRIAGE, self.reading.digest)  # takes the place of the reading

    def command_triage_afresh(self) -> None:
        """Read everything, whatever was kept."""
        self.read(afresh=True)

    def command_triage_scan(self) -> None:
        """Read all assets, and look for the failed ones here."""
        self.reading.scope = self.reading.scope.scanning()
        self.read()

    def command_triage_export(self) -> None:
        """Write what is listed to a file."""
        if browser := cast("PeekApp", self.app).browser:
            browser.export(self.exported())

    def command_triage_close(self) -> None:
        """Back to the browser; what is being read is not read on."""
        self.dismiss()

    def on_reading_went_on(self) -> None:
        """Show how far it is."""
        self.draw()

    def on_reading_failed(self, message: ReadingFailed) -> None:
        """Say why there is no more; what came stays."""
        self.problem, self.refused = message.problem, message.refused
        self.draw()

    def on_not_kept(self, message: NotKept) -> None:
        """Say that it will not be remembered."""
        self.notify(message.sentence, severity="warning", markup=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say that a mistake of ours is why there is no more: it must not end the app, nor go unseen."""
        if failed := mistake_in(event):
            self.notify(f"{failed.problem.what} {failed.problem.advice}", severity="error", markup=False)
            self.draw()

    def on_resize(self) -> None:
        """Fit everything to the new size."""
        self.call_after_refresh(self.draw)

    # -- drawing ------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw what is known, how far the reading is, and what can be done."""
        self.head.update(Content("\n").join(self._lines()))
        self.body.display = self.found
        self.notice.display = not self.found
        if not self.found:
            self.notice.show(*self._instead())
        elif not self.body.has_focus_within:
            self.query_one("TriageTable").focus()
        self._draw_keys()

    def _lines(self) -> Iterator[Content]:
        if self.found:
            yield from self.facts()
        if not (self.found and self.reading.progress.complete and self.has_class("-flat")):
            yield self._state()

    def _draw_keys(self) -> None:
        self.call_after_refresh(draw_keys, self)

    def _instead(self) -> tuple[Tone, str, str]:
        """Say why there is nothing to show."""
        if self.problem:
            return (self.problem.tone, self.problem.what, self._remedy())
        if self.reading.active:
            return (Tone.LOADING, "Reading…", "")
        if self.reading.progress.complete:
            return (Tone.EMPTY, *self.nothing())
        return (Tone.EMPTY, "Nothing was found in what was read", self._to_read_on())

    def _remedy(self) -> str:
        if self.refused:
            calls = self._session.connected and self._session.connected.budget.cost(self._pages_of_all())
            scan = f"{key_for('triage.scan', self)} reads all assets and looks for the failed ones here"
            return f"The service does not filter by status. {scan}: {calls or 'a call for a thousand assets'}."
        advice = self.problem.advice if self.problem else ""
        return f"{advice} {self._to_read_on()}"

    def _pages_of_all(self) -> int:
        """Say how many pages all assets of the collections take, as far as their numbers were said."""
        return sum(item.count or 0 for item in self._collections.values()) // 1000 + 1

    def _to_read_on(self) -> str:
        return f"{key_for('triage.pause', self)} reads on."

    def _state(self) -> Content:
        """Say how far the reading is."""
        reading, progress = self.reading, self.reading.progress
        said = str(progress)
        if reading.costs:
            text = f"{said} · the rest: {reading.costs} · {key_for('triage.pause', self)} reads on"
            return Content.styled(text, "bold $text-warning")
        if self.problem and self.found:
            return Content.styled(f"✗ {one_line(self.problem.what)} {said}. {self._remedy()}", "$text-error")
        if progress.complete:
            return Content.styled(said, "dim")
        if reading.paused:
            return Content.styled(f"{said} · paused: {self._to_read_on()}", "$text-warning")
        if reading.active:
            return Content.styled(f"{said}…" if progress.pages_read else "Reading…", "$text-warning")
        return Content.styled(f"{said} · {self._to_read_on()}", "$text-warning")
