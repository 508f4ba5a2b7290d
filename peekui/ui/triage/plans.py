"""The plans there are: when each was made, what it is for, how far it is. Opening one goes on with it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Static

from peekui.triage.plans.acts import PlanRefused
from peekui.triage.plans.journal import Outcome, journal_path, read_journal
from peekui.triage.plans.listing import list_plans
from peekui.triage.plans.plan_file import read_plan
from peekui.ui import formats
from peekui.ui.commands import Situation, Where
from peekui.ui.copying import CopiesText
from peekui.ui.filter_loader import mistake_in
from peekui.ui.loader import Subject, start
from peekui.ui.running import bindings_for
from peekui.ui.screens.closing import Overlay
from peekui.ui.triage.files import plans_folder
from peekui.ui.triage.plan import PlanScreen
from peekui.ui.triage.table import Cell, TableColumn, TriageTable
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.key_bar import KeyBar, draw_keys
from peekui.ui.widgets.notice import Notice, Tone
from peekui.ui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.worker import Worker

    from peekui.triage.plans.acts import Plan
    from peekui.triage.plans.journal import Entry
    from peekui.triage.plans.listing import PlanSummary
    from peekui.ui.session import Session

__all__ = ["PlansScreen"]

_WORDS = {Outcome.FAILED: "failed", Outcome.REFUSED: "refused", Outcome.UNDONE: "taken back"}


class PlansListed(Message, bubble=False):
    """The plans were read."""

    def __init__(self, plans: Sequence[PlanSummary]) -> None:
        super().__init__()
        self.plans = plans


class PlanOpened(Message, bubble=False):
    """A plan was read whole, and its journal."""

    def __init__(self, plan: Plan, path: Path, entries: Mapping[int, Entry]) -> None:
        super().__init__()
        self.plan = plan
        self.path = path
        self.entries = entries


class PlanUnread(Message, bubble=False):
    """A plan, or all of them, cannot be read."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class PlanTable(TriageTable["PlanSummary"]):
    """Draws the plans."""

    COLUMNS = (
        TableColumn("Made", 5, right=True),
        TableColumn("What for"),
        TableColumn("Acts", 8, right=True, least=60),
        TableColumn("How far", 18),
    )

    def cells(self, item: PlanSummary) -> Sequence[Cell]:
        """Give what a plan says; one with nothing left to do is dim."""
        tone = "" if item.open else "dim"
        return (
            Cell(formats.age(item.made), "dim"),
            Cell(one_line(item.about) or "a plan", tone),
            Cell(f"{sum(item.acts.values()):,}" if item.readable else "", tone),
            _how_far(item),
        )


def _how_far(plan: PlanSummary) -> Cell:
    if not plan.readable:
        return Cell("✗ cannot be read", "bad")
    acts, done = sum(plan.acts.values()), plan.outcomes.get(Outcome.DONE, 0)
    if not plan.begun:
        return Cell("○ not begun", "busy")
    if plan.open:
        return Cell(f"◐ {done:,} of {acts:,}", "busy")
    others = [f"{plan.outcomes[outcome]:,} {word}" for outcome, word in _WORDS.items() if plan.outcomes.get(outcome)]
    said = [f"{done:,} done"] if done else []
    return Cell(f"✓ {' · '.join([*said, *others])}", "dim" if others else "good")


class PlansScreen(CopiesText, Overlay[None]):
    """Lists the plans in peekui's own folder, those with something left to do first."""

    CSS_PATH: ClassVar[Any] = ["table.tcss", "plans.tcss"]
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.PLANS)
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-low")]  # noqa: RUF012  (as Textual declares it)

    table = query_one(PlanTable)
    notice = query_one(Notice)
    body = query_one("#plans-body", Vertical)

    def __init__(self, session: Session, crumbs: Sequence[str]) -> None:
        """Take what a plan is run with, and where the list was opened."""
        super().__init__()
        self._session = session
        self._crumbs = crumbs
        self._listed = False

    def compose(self) -> ComposeResult:
        """How many there are, the plans, all there is to say of one, keys."""
        table = PlanTable(id="plans-table")
        yield StatusBar(self._session)
        yield Static(id="plans-head", markup=False)
        yield Notice()
        yield Vertical(table.heading, table, Static(id="plans-detail", markup=False), id="plans-body")
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw what is known: nothing yet."""
        self.query_one(StatusBar).crumbs = (*self._crumbs, "plans")
        self._draw()

    def on_screen_resume(self) -> None:
        """Read the plans, also when one was looked at and may have gone on."""
        start(self, Subject.NOTES, self._read_all)

    async def _read_all(self) -> None:
        try:
            self.post_message(PlansListed(await asyncio.to_thread(list_plans, plans_folder())))
        except OSError as error:
            self.post_message(PlanUnread(f"{plans_folder()} cannot be read: {error.strerror}."))

    def on_plans_listed(self, message: PlansListed) -> None:
        """List them; the cursor stays on its plan."""
        here = self.table.current.path if self.table.current else None
        self._listed = True
        self.table.items = message.plans
        self.table.cursor = next((index for index, one in enumerate(message.plans) if one.path == here), 0)
        self.table.focus()
        self._draw()

    def on_row_view_opened(self) -> None:
        """Open the plan under the cursor."""
        if plan := self.table.current:
            start(self, Subject.PLAN, partial(self._read_one, plan.path))

    async def _read_one(self, path: Path) -> None:
        try:
            plan = await asyncio.to_thread(read_plan, path)
            entries = await asyncio.to_thread(read_journal, journal_path(path), plan)
        except PlanRefused as refused:
            self.post_message(PlanUnread(str(refused)))
        except OSError as error:
            self.post_message(PlanUnread(f"{path} cannot be read: {error.strerror}."))
        else:
            self.post_message(PlanOpened(plan, path, entries))

    def on_plan_opened(self, message: PlanOpened) -> None:
        """Show the plan as far as it is."""
        crumbs = (*self._crumbs, "plans")
        self.app.push_screen(PlanScreen(self._session, message.plan, message.path, crumbs, message.entries))

    def on_plan_unread(self, message: PlanUnread) -> None:
        """Say why there is none to see."""
        self.notify(message.why, severity="error", markup=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say that a mistake of ours is why nothing comes."""
        if failed := mistake_in(event):
            self.notify(failed.problem.what, severity="error", markup=False)

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(plan=self.table.current is not None)

    async def command_plans_copy(self) -> None:
        """Copy where the plan is."""
        if plan := self.table.current:
            await self.copy_text("Path", str(plan.path))

    def command_plans_close(self) -> None:
        """Back."""
        self.dismiss()

    def on_row_view_highlighted(self) -> None:
        """Say all there is to say of the plan."""
        self._draw()

    def _draw(self) -> None:
        plans, plan = self.table.items, self.table.current
        left = sum(bool(one.open) for one in plans)
        number = "1 plan" if len(plans) == 1 else f"{len(plans):,} plans"
        head = Content.assemble((number, "bold"), f" · {left:,} with something left to do")
        self.query_one("#plans-head", Static).update(head if plans else "")
        self.body.display, self.notice.display = bool(plans), not plans
        if not plans:
            none = (Tone.EMPTY, "No plans yet", "Acting on marked assets makes one, and so do settled duplicates.")
            self.notice.show(*(none if self._listed else (Tone.LOADING, "Reading…", "")))
        if plan:
            acts = " · ".join(f"{count:,} × {kind}" for kind, count in plan.acts.items())
            said = (one_line(plan.about), f"{formats.brief_moment(plan.made)} · {acts}", one_line(plan.base_url))
            text = "\n".join((*filter(None, said), one_line(str(plan.path))))
            self.query_one("#plans-detail", Static).update(text)
        self.call_after_refresh(draw_keys, self)

    def on_resize(self) -> None:
        """Fit the footer to the new width."""
        self.call_after_refresh(draw_keys, self)
