"""A dialog for work that takes calls: says what it costs, does it when told to, shows how far it is, can be stopped."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ScreenResultType
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from peekui.api.cost import Cost
from peekui.ui.commands import Situation, Where
from peekui.ui.loader import Subject, start
from peekui.ui.running import RunsCommands, bindings_for
from peekui.ui.screens.closing import Dialog
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.key_bar import KeyBar, draw_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from peekui.ui.session import Session

__all__ = ["WorkingScreen", "bar"]

_BAR = 20


class WorkingScreen(RunsCommands, Dialog[ScreenResultType]):
    """Base of the dialogs; a subclass does the work, and tells of it in messages to itself."""

    CSS_PATH: ClassVar[Any] = "working.tcss"
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.WORK)

    def __init__(self, session: Session, title: str) -> None:
        """Take what it works with.

        Args:
            session: To ask with.
            title: What is done, with a capital first.
        """
        super().__init__()
        self._session = session
        self._title = title
        self._started = False

    @abstractmethod
    async def work(self) -> None:
        """Do it; runs in a worker, and touches no widget."""

    @abstractmethod
    def calls(self) -> int:
        """Say how many calls it takes."""

    @abstractmethod
    def lines(self) -> Iterator[Content]:
        """Say how far it is."""

    @abstractmethod
    def result(self) -> ScreenResultType | None:
        """Give what came of it so far, to whoever opened the dialog."""

    def compose(self) -> ComposeResult:
        """One text that scrolls, and keys."""
        with Vertical(id="working-box") as box:
            box.border_title = Content(one_line(self._title))
            with VerticalScroll(id="working-scroll"):
                yield Static(id="working-text", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Begin at once where that takes few calls."""
        self.query_one("#working-scroll").focus()
        if not Cost(self.calls()).asks_first:
            self.command_work_start()
        self.draw()

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(unstarted=not self._started)

    def command_work_start(self) -> None:
        """Begin."""
        self._started = True
        start(self, Subject.WORK, self.work)
        self.draw()

    def command_work_stop(self) -> None:
        """Stop what is under way, and go back."""
        self.workers.cancel_group(self, Subject.WORK)
        self.dismiss(self.result() if self._started else None)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Turn a bug in the work into words: it must not end the app, nor go unseen."""
        if event.state is WorkerState.ERROR:
            text = f"peekui made a mistake. {type(event.worker.error).__name__}: {event.worker.error}"
            self.notify(text, severity="error", markup=False)

    def draw(self) -> None:
        """Draw how far it is, or what it would cost."""
        lines = list(self.lines()) if self._started else [Content(f"Enter begins: {self._cost()}.")]
        self.query_one("#working-text", Static).update(Content("\n").join(lines))
        self.call_after_refresh(draw_keys, self, self)

    def _cost(self) -> Cost:
        client = self._session.connected
        return client.budget.cost(self.calls()) if client else Cost(self.calls())


def bar(share: float, words: str) -> Content:
    """Give a bar with words after it.

    Args:
        share: How much of it is filled, 0 to 1.
        words: What it says.
    """
    filled = round(max(0.0, min(share, 1.0)) * _BAR)
    return Content.assemble(("▇" * filled, "$primary"), ("░" * (_BAR - filled), "dim"), f"  {words}")
