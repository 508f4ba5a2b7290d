"""A plan on screen: what it would do, at which cost; tried out, edited, run, gone on with, taken back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from peekui.api.cost import Cost
from peekui.browse.json_text import json_text
from peekui.own_files import replace_private
from peekui.triage.plans.acts import ActKind
from peekui.triage.plans.journal import Outcome
from peekui.triage.plans.plan_file import plan_lines
from peekui.ui import formats
from peekui.ui.commands import Situation, Where
from peekui.ui.copying import CopiesText
from peekui.ui.filter_loader import mistake_in
from peekui.ui.loader import Subject, start
from peekui.ui.running import bindings_for, key_for
from peekui.ui.screens.asking import AskingScreen
from peekui.ui.screens.closing import Overlay
from peekui.ui.screens.value import ValueScreen
from peekui.ui.screens.working import bar
from peekui.ui.triage.act_table import ActTable
from peekui.ui.triage.changing import why_unchangeable
from peekui.ui.triage.plan_runs import RunGate, carry_out, try_out
from peekui.ui.triage.plan_state import Doing, PlanState
from peekui.ui.triage.typed_number import TypedNumberScreen
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.choice_list import Choice
from peekui.ui.widgets.key_bar import KeyBar, draw_keys
from peekui.ui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.worker import Worker

    from peekui.filters.nodes import JsonValue
    from peekui.triage.plans.acts import Act, Plan
    from peekui.triage.plans.journal import Entry
    from peekui.ui.app import PeekApp
    from peekui.ui.session import Session
    from peekui.ui.triage.plan_runs import ActEnded, RunEnded

__all__ = ["PlanScreen"]

_NOT_DONE = (Outcome.FAILED, Outcome.REFUSED)


class PlanScreen(CopiesText, Overlay["frozenset[str] | None"]):
    """Gives the ids of what was deleted when it is left; None where nothing was done."""

    CSS_PATH: ClassVar[Any] = ["table.tcss", "plan.tcss"]
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.PLAN)
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-low"), (30, "-high")]  # noqa: RUF012  (as Textual declares it)

    table = query_one(ActTable)
    head = query_one("#plan-head", Static)
    detail = query_one("#plan-detail", Static)

    def __init__(
        self,
        session: Session,
        plan: Plan,
        path: Path,
        crumbs: Sequence[str],
        entries: Mapping[int, Entry] | None = None,
    ) -> None:
        """Take a plan that was written.

        Args:
            session: To ask with.
            plan: The plan.
            path: Its file.
            crumbs: Where it was made.
            entries: What its journal says; None for a new one.
        """
        super().__init__()
        self.state = PlanState(plan, entries or {})
        self._session = session
        self._path = path
        self._crumbs = crumbs
        self._written = plan
        self._writing = asyncio.Lock()
        self._totals = ""
        self._kinds: tuple[ActKind, ...] = ()
        """What the plan does; not looked for anew at each draw, because there may be thousands of acts."""
        self._calls = 0
        self._gate: RunGate | None = None
        self._touched: set[str] = set()
        """Assets that something was done to while this is open."""
        self._ended = ""
        self._not_done_only = False

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        return self.state.plan

    def compose(self) -> ComposeResult:
        """What it is, the acts, the one under the cursor, keys."""
        table = ActTable(self.state.shown, id="plan-table")
        yield StatusBar(self._session)
        yield Static(id="plan-head", markup=False)
        yield table.heading
        yield table
        yield Static(id="plan-detail", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the acts."""
        self.query_one(StatusBar).crumbs = (*self._crumbs, "plan")
        self.table.focus()
        self._list()

    # -- what is known ------------------------------------------------------------------------------------

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(
            line=self.table.current is not None,
            editable=not self.state.begun and self._gate is None,
            open_acts=bool(self.state.open),
            undoable=bool(self.state.undoable),
            writable=not self._forbidden,
            running=self._gate is not None,
        )

    @property
    def _forbidden(self) -> str:
        """Why the plan cannot be run; empty where it can."""
        reasons = (why_unchangeable(self._app, kind) for kind in self._kinds)
        return next(filter(None, reasons), "")

    @property
    def _app(self) -> PeekApp:
        return cast("PeekApp", self.app)

    # -- editing ------------------------------------------------------------------------------------------

    def command_plan_take_out(self) -> None:
        """Take the act under the cursor out, and those that need it."""
        act = self.table.current
        if act is None:
            return
        left = tuple(one for one in self.plan.acts if one is not act and act.number not in one.needs)
        if not left:
            self.notify("It is the only one left: leave the plan instead.", severity="warning", markup=False)
            return
        self.state.plan = replace(self.plan, acts=left)
        self.run_worker(self._write(), group=Subject.NOTES, exit_on_error=False)
        self._list()

    async def _write(self) -> None:
        """Write the plan as it is now; one after the other."""
        async with self._writing:
            plan = self.plan
            if plan is self._written:
                return
            try:
                text = await asyncio.to_thread(lambda: "".join(f"{line}\n" for line in plan_lines(plan)))
                await asyncio.to_thread(replace_private, self._path, text)
            except OSError as error:
                self.notify(f"{self._path} cannot be written: {error.strerror}.", severity="error", markup=False)
            else:
                self._written = plan

    def command_plan_show(self) -> None:
        """Show only what was not done, or all."""
        self._not_done_only = not self._not_done_only
        self._list()

    async def command_plan_copy(self) -> None:
        """Copy where the plan is."""
        await self.copy_text("Path", str(self._path))

    # -- running ------------------------------------------------------------------------------------------

    def command_plan_dry_run(self) -> None:
        """Find out what would be done."""
        self._start(Doing.TRY)

    def command_plan_run(self) -> None:
        """Do it, once the number of deletes was typed in."""

        def go_on(typed: bool | None) -> None:
            if typed:
                self._start(Doing.RUN)

        if deletes := self.state.deletes:
            self.app.push_screen(TypedNumberScreen(deletes, self._cost(self.state.calls)), go_on)
        else:
            self._start(Doing.RUN)

    def command_plan_undo(self) -> None:
        """Take back what was done to metadata, once that was said again."""

        def run(chosen: Callable[[], object] | None) -> None:
            if chosen:
                chosen()

        count = self.state.undoable
        text = (
            f"At most {self._cost(2 * count)}. What was edited since is left alone. What was deleted cannot be brought "
            "back from here."
        )
        back = Choice("Take it back", text=text, run=partial(self._start, Doing.UNDO))
        self.app.push_screen(AskingScreen(f"Give {count:,} assets their old metadata back", [back]), run)

    def _start(self, doing: Doing) -> None:
        self.state.begin(doing)
        self._ended, self._gate = "", RunGate()
        start(self, Subject.PLAN, partial(self._work, self._gate, doing))
        self._list()

    async def _work(self, gate: RunGate, doing: Doing) -> None:
        await self._write()
        if doing is Doing.TRY:
            await try_out(self._session, self.plan, self._path, gate, self.post_message)
        else:
            read_only, back = bool(self._forbidden), doing is Doing.UNDO
            await carry_out(
                self._session, self.plan, self._path, gate, self.post_message, read_only=read_only, back=back
            )

    def command_plan_pause(self) -> None:
        """Wait with the next act, or go on."""
        if self._gate:
            (self._gate.go_on if self._gate.paused else self._gate.pause)()
            self._draw()

    def command_plan_stop(self) -> None:
        """Do no further act."""
        if self._gate:
            self._gate.stop()
            self._draw()

    def command_plan_close(self) -> None:
        """Leave; the plan's file stays."""
        self.leave()

    def leave(self) -> None:
        """Close, unless acts are being done: what is begun is to be seen to its end."""
        if self._gate and self.state.doing is not Doing.TRY:
            text = f"The plan is being carried out: {key_for('plan.stop', self)} stops it."
            self.notify(text, severity="warning", markup=False)
            return
        deleted = frozenset(act.asset_id for act in self.state.done if act.kind is ActKind.DELETE)
        self.dismiss(deleted & self._touched if self._touched else None)

    def on_act_ended(self, message: ActEnded) -> None:
        """Show what became of an act; what was done is no longer marked."""
        result = message.result
        self.state.take(result)
        if self.state.doing is not Doing.TRY and result.outcome not in _NOT_DONE:
            self._touched.add(result.act.asset_id)
            if browser := self._app.browser:
                browser.unmark((result.act.asset_id,))
        self.table.refresh()
        self._draw()

    def on_run_ended(self, message: RunEnded) -> None:
        """Say why no further act is done."""
        self._gate, self._ended = None, message.why
        if message.forbidden and self.state.method:
            self._session.forbidden[self.state.method] = message.why
        if self._touched and (browser := self._app.browser):
            browser.fetch_view()
        self._list()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say that a mistake of ours is why no further act is done."""
        if failed := mistake_in(event):
            self._gate, self._ended = None, failed.problem.what
            self._draw()

    # -- drawing ------------------------------------------------------------------------------------------

    def _list(self) -> None:
        acts = self.plan.acts
        if self._not_done_only:
            acts = tuple(act for act in acts if self._outcome(act) in _NOT_DONE)
        self.table.items = acts
        counts = self.plan.totals
        self._kinds = tuple(counts)
        totals = " · ".join(f"{count:,} × {kind}" for kind, count in counts.items())
        self._calls = self.state.calls
        spare = self.plan.spare_bytes
        self._totals = f"{totals} · frees {formats.size(spare)}" if spare else totals
        self._draw()

    def _outcome(self, act: Act) -> Outcome | None:
        result = self.state.shown.get(act.number)
        return result.outcome if result else None

    def _cost(self, calls: int) -> str:
        client = self._session.connected
        return str(client.budget.cost(calls) if client else Cost(calls))

    def _draw(self) -> None:
        self.head.update(Content("\n").join(self._lines()))
        act = self.table.current
        result = self.state.shown.get(act.number) if act else None
        self.detail.update(one_line((result and result.why) or act.why) if act else "Nothing of the kind.")
        self.call_after_refresh(draw_keys, self)

    def _lines(self) -> Iterator[Content]:
        if not self.has_class("-flat"):
            yield Content.styled(one_line(self.plan.about), "bold")
        yield Content(f"{self._totals} · at most {self._cost(self._calls)}" if self._calls else self._totals)
        yield self._progress()
        if not self.has_class("-flat"):
            yield Content.styled(one_line(str(self._path)), "dim")

    def _progress(self) -> Content:
        """Say how far it is, how it ended, or what can be done."""
        state = self.state
        if self._gate:
            doing = "stopping after this act" if self._gate.stopping else "paused" if self._gate.paused else state.doing
            return bar(state.ended / max(state.expected, 1), f"{state.ended:,} of {state.expected:,} · {doing}")
        counts = state.counts
        would = "would be " if state.doing is Doing.TRY else ""
        said = " · ".join(f"{count:,} {would}{outcome}" for outcome, count in counts.items())
        if self._forbidden:
            return Content.styled(f"⊘ {one_line(self._forbidden)} {said}", "bold $text-warning")
        if self._ended:
            return Content.styled(f"✗ {one_line(self._ended)} {said}", "$text-error")
        left = f" · {state.open:,} to go: {key_for('plan.run', self)} goes on" if state.begun and state.open else ""
        if said:
            tone = "$text-warning" if left or counts.keys() & set(_NOT_DONE) else "$text-success"
            return Content.styled(f"{said}{left}", tone)
        keys = f"{key_for('plan.dry_run', self)} tries it out, {key_for('plan.run', self)} runs it"
        return Content.styled(f"Nothing is done yet: {keys}.", "dim")

    def on_row_view_opened(self) -> None:
        """Show all there is to say of the act."""
        if act := self.table.current:
            result = self.state.shown.get(act.number)
            facts = _facts(act) | {"became": (result.why or result.outcome) if result else None}
            said = json_text({name: value for name, value in facts.items() if value})
            self.app.push_screen(ValueScreen(f"Act {act.number}: {act.kind}", said))

    def on_row_view_highlighted(self) -> None:
        """Say why the act under the cursor is done, or was not."""
        self._draw()

    def on_resize(self) -> None:
        """Fit everything to the new size."""
        self.call_after_refresh(self._draw)


def _facts(act: Act) -> dict[str, JsonValue]:
    before = act.before
    return {
        "asset_id": act.asset_id,
        "title": act.title,
        "do": act.kind,
        "why": act.why,
        "metadata": dict(act.metadata),
        "file_hash": before.file_hash,
        "updated_at": before.updated.isoformat() if before.updated else None,
        "stays": [*act.stays],
        "needs": [*act.needs],
    }
