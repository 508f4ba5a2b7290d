"""Failures by cause: few lines for thousands of assets, what is new among them, and what to do about each."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from peekui.triage.failures import Axis
from peekui.triage.visits import Change
from peekui.ui import formats
from peekui.ui.commands import Situation, Where
from peekui.ui.loader import Subject, start
from peekui.ui.running import bindings_for
from peekui.ui.triage.failure_acts import error_of
from peekui.ui.triage.failure_groups import FailuresFound, FailuresGrouped, group_on, make_failures
from peekui.ui.triage.failure_table import FailureLine, FailureTable, describe_failures
from peekui.ui.triage.failure_totals import CountsCollections
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.tab_line import TabLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from peekui.triage.failures import FailureGroup
    from peekui.triage.rows import Row
    from peekui.ui.triage.reading import Reading
    from peekui.ui.widgets.row_view import RowView

__all__ = ["FailuresScreen"]

_AXES = tuple(Axis)
_NAMES = tuple((f"by {axis}", axis.value) for axis in Axis)


class FailuresScreen(CountsCollections):
    """Shows the groups on one axis, and all that is known of the one under the cursor."""

    CSS_PATH: ClassVar[Any] = ["screen.tcss", "table.tcss", "failures.tcss"]
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.TRIAGE, Where.FAILURES, Where.ANSWER)
    crumb = "failures"

    table = query_one(FailureTable)
    axes = query_one(TabLine)
    preview = query_one("#failure-text", Static)

    def parts(self) -> Iterable[Widget]:
        """The axes, the groups, and what there is to say of one."""
        table = FailureTable(self._line, id="failure-table")
        yield TabLine(_NAMES, id="failure-axes")
        yield table.heading
        yield table
        scroll = VerticalScroll(Static(id="failure-text", markup=False), classes="triage-preview")
        scroll.can_focus = False
        yield scroll

    def digest(self, rows: tuple[Row, ...], reading: Reading) -> FailuresFound:
        """Group the rows that came."""
        return make_failures(rows, reading, self.axis, self.seen)

    @property
    def found(self) -> bool:
        """Whether any asset failed."""
        return bool(self.groups)

    @property
    def line(self) -> FailureLine | None:
        """The group under the cursor."""
        group = self.table.current if self.groups else None
        return self._line(group) if group else None

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        now, line = super().situation(), self.line
        row = self.sample(line.group) if line else None
        return Situation(
            reading=now.reading,
            readable=now.readable,
            refused=now.refused,
            failures=line is not None,
            signature=line is not None and self.axis is Axis.SIGNATURE,
            task=row is not None and bool(row.task_id),
            uncounted=self.countable,
        )

    def shown_with(self) -> tuple[str, ...]:
        """Give the options of the command that shows the same."""
        by = () if self.axis is Axis.SIGNATURE else (f"--by={self.axis}",)
        return (*by, *super().shown_with())

    # -- what came ----------------------------------------------------------------------------------------

    def on_failures_found(self, message: FailuresFound) -> None:
        """Take the rows, and their groups."""
        self.rows, self.seen = message.rows, message.seen
        if message.seen.trouble:
            self.notify(message.seen.trouble, severity="warning", markup=False)
        if message.grouped.axis is self.axis:
            self.on_failures_grouped(message.grouped)
        else:
            self._group()

    def on_failures_grouped(self, message: FailuresGrouped) -> None:
        """Show the groups; the cursor stays on the one it is on."""
        if message.axis is not self.axis:
            return
        here = self.line.group.key if self.line else None
        self.groups, self.samples = message.groups, message.samples
        self.table.show(self.axis, self.groups)
        self.table.cursor = next((index for index, group in enumerate(self.groups) if group.key == here), 0)
        self._tell()
        self.draw()

    def _line(self, group: FailureGroup) -> FailureLine:
        where = ", ".join(map(self.title_of, list(group.collections)[:3]))
        name = one_line(group.key)
        if self.axis is Axis.COLLECTION:
            total = self.total_of(group.key)
            name, where = self.title_of(group.key), f"of {total}" if total else ""
        if self.axis is not Axis.SIGNATURE:
            return FailureLine(group, name, where)
        known = self.seen.known.get(group.key)
        holds = known is not None and known.holds(group.count, datetime.now(UTC))
        return FailureLine(group, name, where, self.seen.changes.get(group.key), known if holds else None)

    # -- what the user does -------------------------------------------------------------------------------

    def command_failures_axis(self) -> None:
        """Group by the next axis."""
        self._turn(1)

    def command_failures_axis_back(self) -> None:
        """Group by the axis before."""
        self._turn(-1)

    def on_tab_line_chosen(self, event: TabLine.Chosen) -> None:
        """Group by the axis that was clicked."""
        self._turn(event.index - self.axes.current)

    def _turn(self, step: int) -> None:
        self.axes.current = (self.axes.current + step) % len(_AXES)
        self.axis = _AXES[self.axes.current]
        self._group()

    def _group(self) -> None:
        async def group(rows: tuple[Row, ...], axis: Axis) -> None:
            self.post_message(await asyncio.to_thread(group_on, rows, axis))

        start(self, Subject.GROUPS, partial(group, self.rows, self.axis))

    def on_row_view_highlighted(self, event: RowView.Highlighted) -> None:
        """Say what there is to say of the group."""
        if event.control is self.table:
            self._tell()
            self._draw_keys()

    def on_row_view_opened(self) -> None:
        """Look at the assets of the group."""
        self.dive()

    # -- drawing ------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        """Show the group under the cursor."""
        line = self.line
        if line is None:
            return
        row = self.sample(line.group)
        error = line.group.sample if row is None else error_of(row)
        self.preview.update(describe_failures(line, self.axis, self.title_of, error))

    def facts(self) -> Iterable[Content]:
        """Say how many failed, of how many, and what changed since the last visit."""
        failed = len(self.rows)
        total = self.total if self.reading.progress.complete else None
        share = f" of {total:,} ({failed / total:.0%})" if total else ""
        parts = [Content.assemble(("Failed ", "bold"), (f"{failed:,}", "bold $text-error"), share)]
        groups = f"{len(self.groups):,} by {self.axis}"
        said = [*self._changes(), *([] if self.has_class("-one") else [groups])]
        parts += [Content.styled(one, "dim") for one in said]
        yield Content(" · ").join(parts)
        if not self.has_class("-flat"):
            yield Content(self.shares(self.head.content_size.width))

    def _changes(self) -> Iterable[str]:
        if self.seen.last is None:
            return
        counts = Counter(self.seen.changes.values())
        said = [f"{counts[change]:,} {change}" for change in Change if counts[change]] or ["nothing new"]
        yield f"{' · '.join(said)} since {formats.age(self.seen.last.at)} ago"

    def nothing(self) -> tuple[str, str]:
        """Say that nothing failed."""
        return (
            "No asset has failed",
            "All that is in the chosen collections was read and indexed, or is waiting for it.",
        )
