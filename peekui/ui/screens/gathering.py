"""Finds out, one asset after another, what copying several takes; what came stays when some of it fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from peekui.api.errors import MixpeekError
from peekui.browse.gathering import calls_for, find_out
from peekui.ui.screens.working import WorkingScreen, bar
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.notice import Problem, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from peekui.browse.copy_forms import CopyForm, CopyItem
    from peekui.ui.session import Session

__all__ = ["Gathered", "GatheringScreen"]

_HOPELESS = {Trouble.KEY, Trouble.OFFLINE, Trouble.CANCELLED}
"""What the next asset would meet as well."""


@dataclass
class Gathered:
    """What came.

    Attributes:
        form: It was asked for.
        found: Assets of which all is known that it needs, in order.
        failed: Why others are not among them.
    """

    form: CopyForm
    found: list[CopyItem] = field(default_factory=list)
    failed: list[Problem] = field(default_factory=list)


class GatheringScreen(WorkingScreen[Gathered]):
    """Gives what came; None when it was left before the end: what is known by then needs no call the next time."""

    class Found(Message):
        """An asset is known."""

        def __init__(self, item: CopyItem) -> None:
            super().__init__()
            self.item = item

    class Failed(Message):
        """An asset could not be asked for."""

        def __init__(self, problem: Problem) -> None:
            super().__init__()
            self.problem = problem

    class Ended(Message):
        """There is no more to ask for, or no use in it."""

    def __init__(self, session: Session, form: CopyForm, items: Sequence[CopyItem]) -> None:
        """Take what to ask for.

        Args:
            session: To ask with.
            form: To copy them in.
            items: The assets, in order.
        """
        super().__init__(session, f"Copy: {form.title} of {len(items):,} assets")
        self._items = items
        self._gathered = Gathered(form)
        self._complete = False

    def calls(self) -> int:
        """Count the assets of which not all is known."""
        client = self._session.connected
        return calls_for(self._items, self._gathered.form.needs, client) if client else len(self._items)

    async def work(self) -> None:
        """Ask for one after another, until there is no more use in it."""
        client = await self._session.client()
        for item in self._items:
            try:
                found = await find_out(item, self._gathered.form.needs, client)
            except MixpeekError as error:
                problem = Problem.of(error)
                self.post_message(self.Failed(problem))
                if problem.trouble in _HOPELESS:
                    break
            else:
                self.post_message(self.Found(found))
        self.post_message(self.Ended())

    def lines(self) -> Iterator[Content]:
        """Say how many came, and what failed."""
        done = len(self._gathered.found) + len(self._gathered.failed)
        yield bar(done / len(self._items), f"{done:,} of {len(self._items):,}")
        for problem in self._gathered.failed[-3:]:
            yield Content.styled(f"✗ {one_line(problem.what)}", "$text-error")

    def result(self) -> Gathered | None:
        """Give all that came, at the end only."""
        return self._gathered if self._complete else None

    def on_gathering_screen_found(self, message: Found) -> None:
        """Keep what came."""
        self._gathered.found.append(message.item)
        self.draw()

    def on_gathering_screen_failed(self, message: Failed) -> None:
        """Keep what is to be said of it."""
        self._gathered.failed.append(message.problem)
        self.draw()

    def on_gathering_screen_ended(self) -> None:
        """Hand over what came."""
        self._complete = True
        self.dismiss(self.result())
