"""A plan on screen: what it would do, at which cost; tried out, edited, run, and what became of each act."""

from __future__ import annotations

import asyncio
from collections import Counter
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
from peekui.ui.screens.closing import Overlay
from peekui.ui.screens.value import ValueScreen
from peekui.ui.screens.working import bar
from peekui.ui.triage.act_table import ActTable
from peekui.ui.triage.plan_runs import RunGate, carry_out, try_out
from peekui.ui.triage.typed_number import TypedNumberScreen
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.key_bar import KeyBar, draw_keys
from peekui.ui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.worker import Worker

    from peekui.filters.nodes import JsonValue
    from peekui.triage.plans.acts import Act, Plan
    from peekui.triage.plans.running import Result
    from peekui.ui.app import PeekApp
    from peekui.ui.session import Session
    from peekui.ui.triage.plan_runs import ActEnded, RunEnded

__all__ = ["PlanScreen"]

_READ_ONLY = "read-only: nothing is changed (--read-only, PEEKUI_READ_ONLY, or read_only in the configuration file)"
_NOT_DONE = (Outcome.FAILED, Outcome.REFUSED)


class PlanScreen(CopiesText, Overlay["frozenset[str] | None"]):
    """Gives the ids of what was deleted when it is left; None where nothing was done."""

    CSS_PATH: ClassVar[Any] = ["table.tcss", "plan.tcss"]
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.PLAN)
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-low"), (30, "-high")]  # noqa: RUF012  (as Textual declares it)

    table = query_one(ActTable)
    head = query_one("#plan-head", Static)
    detail = query_one("#plan-detail", Static)

    def __init__(self, session: Session, plan: Plan, path: Path, crumbs: Sequence[str]) -> None:
        """Take a plan that was written.

        Args:
            session: To ask with.
            plan: The plan.
            path: Its file.
            crumbs: Where it was made.
        """
        super().__init__()
        self.plan = plan
        self.results: dict[int, Result] = {}
        self._session = session
        self._path = path
        self._crumbs = crumbs
        self._written = plan
        self._writing = asyncio.Lock()
        self._totals = ""
        self._calls = 0
        self._gate: RunGate | None = None
        self._dry = True
        self._settled = 0
        """Acts that were done or refused; not counted anew for each, of which there may be thousands."""
        self._begun = False
        self._ended = ""
        self._forbidden = ""
        self._not_done_only = False

    def compose(self) -> ComposeResult:
        """What it is, the acts, the one under the cursor, keys."""
        table = ActTable(self.results, id="plan-table")
        yield StatusBar(self._session)
        yield Static(id="plan-head", markup=False)
        yield table.heading
        yield table
        yield Static(id="plan-detail", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the acts."""
        self.query_one(StatusBar).crumbs = (*self._crumbs, "plan")
        if cast("PeekApp", self.app).read_only:
            self._forbidden = _READ_ONLY
        self.table.focus()
        self._list()

    # -- what is known ------------------------------------------------------------------------------------

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(
            line=self.table.current is not None,
            editable=not self._begun and self._gate is None,
            open_acts=self._dry or self._settled < len(self.plan.acts),
            writable=not self._forbidden,
            running=self._gate is not None,
        )

    def _open(self) -> list[Act]:
        """Give the acts that are still to be done."""
        settled = {number for number, result in self.results.items() if result.outcome is not Outcome.FAILED}
        return list(self.plan.acts) if self._dry else [act for act in self.plan.acts if act.number not in settled]

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
        self.plan = replace(self.plan, acts=left)
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
        self._start(dry=True)

    def command_plan_run(self) -> None:
        """Do it, once the number of deletes was typed in."""
        deletes = sum(act.kind is ActKind.DELETE for act in self._open())

        def go_on(typed: bool | None) -> None:
            if typed:
                self._start(dry=False)

        if deletes:
            self.app.push_screen(TypedNumberScreen(deletes, self._cost()), go_on)
        else:
            self._start(dry=False)

    def _start(self, *, dry: bool) -> None:
        if self._dry:
            self.results.clear()
        self._dry, self._begun = dry, self._begun or not dry
        self._ended, self._gate = "", RunGate()
        start(self, Subject.PLAN, partial(self._work, self._gate, dry=dry))
        self._draw()

    async def _work(self, gate: RunGate, *, dry: bool) -> None:
        await self._write()
        if dry:
            await try_out(self._session, self.plan, self._path, gate, self.post_message)
        else:
            read_only = bool(self._forbidden)
            await carry_out(self._session, self.plan, self._path, gate, self.post_message, read_only=read_only)

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
        done = [result.act for result in self.results.values() if result.outcome is Outcome.DONE and self._begun]
        deleted = frozenset(act.asset_id for act in done if act.kind is ActKind.DELETE)
        self.dismiss(deleted if done else None)

    def on_act_ended(self, message: ActEnded) -> None:
        """Show what became of an act."""
        result = message.result
        self.results[result.act.number] = result
        self._settled += not self._dry and result.outcome is not Outcome.FAILED
        self.table.refresh()
        self._draw()

    def on_run_ended(self, message: RunEnded) -> None:
        """Say why no further act is done."""
        self._gate, self._ended = None, message.why
        if message.forbidden:
            self._forbidden = message.why
        self._draw()

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
        totals = " · ".join(f"{count:,} × {kind}" for kind, count in self.plan.totals.items())
        self._calls = self.plan.calls
        self._totals = f"{totals} · frees {formats.size(self.plan.spare_bytes)}"
        self._draw()

    def _outcome(self, act: Act) -> Outcome | None:
        result = self.results.get(act.number)
        return result.outcome if result else None

    def _cost(self) -> str:
        client = self._session.connected
        return str(client.budget.cost(self._calls) if client else Cost(self._calls))

    def _draw(self) -> None:
        self.head.update(Content("\n").join(self._lines()))
        act = self.table.current
        result = self.results.get(act.number) if act else None
        self.detail.update(one_line((result and result.why) or act.why) if act else "Nothing of the kind.")
        self.call_after_refresh(draw_keys, self)

    def _lines(self) -> Iterator[Content]:
        if not self.has_class("-flat"):
            yield Content.styled(one_line(self.plan.about), "bold")
        yield Content(f"{self._totals} · at most {self._cost()}")
        yield self._progress()
        if not self.has_class("-flat"):
            yield Content.styled(one_line(str(self._path)), "dim")

    def _progress(self) -> Content:
        """Say how far it is, how it ended, or what can be done."""
        if self._gate:
            done = len(self.results)
            doing = "trying" if self._dry else "running"
            state = "stopping after this act" if self._gate.stopping else "paused" if self._gate.paused else doing
            return bar(done / len(self.plan.acts), f"{done:,} of {len(self.plan.acts):,} · {state}")
        counts = Counter(result.outcome for result in self.results.values())
        said = " · ".join(f"{count:,} {'would be ' if self._dry else ''}{outcome}" for outcome, count in counts.items())
        if self._forbidden:
            return Content.styled(f"⊘ {one_line(self._forbidden)} {said}", "bold $text-warning")
        if self._ended:
            return Content.styled(f"✗ {one_line(self._ended)} {said}", "$text-error")
        if said:
            return Content.styled(said, "$text-warning" if counts.keys() & set(_NOT_DONE) else "$text-success")
        keys = f"{key_for('plan.dry_run', self)} tries it out, {key_for('plan.run', self)} runs it"
        return Content.styled(f"Nothing is done yet: {keys}.", "dim")

    def on_row_view_opened(self) -> None:
        """Show all there is to say of the act."""
        if act := self.table.current:
            before = act.before
            facts: dict[str, JsonValue] = {
                "asset_id": act.asset_id,
                "title": act.title,
                "do": act.kind,
                "why": act.why,
                "became": self.results[act.number].why if act.number in self.results else None,
                "metadata": dict(act.metadata),
                "file_hash": before.file_hash,
                "stays": [*act.stays],
                "needs": [*act.needs],
            }
            said = json_text({name: value for name, value in facts.items() if value})
            self.app.push_screen(ValueScreen(f"Act {act.number}: {act.kind}", said))

    def on_row_view_highlighted(self) -> None:
        """Say why the act under the cursor is done, or was not."""
        self._draw()

    def on_resize(self) -> None:
        """Fit everything to the new size."""
        self.call_after_refresh(self._draw)
