"""What can be done about a group of failures: look at its assets, mark them, leave them out, find the reason."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING

from textual.message import Message

from peekui.api.errors import MixpeekError
from peekui.browse.copy_forms import CopyItem
from peekui.browse.export import Format, write_rows
from peekui.browse.json_text import json_text
from peekui.browse.marks import Mark
from peekui.triage.error_text import NO_ERROR
from peekui.triage.excluding import exclude
from peekui.triage.failures import Axis
from peekui.triage.narrowing import narrow
from peekui.triage.notebook import NotebookFailed
from peekui.triage.remembered import acknowledge
from peekui.ui.exports import of_rows
from peekui.ui.loader import Subject, start
from peekui.ui.screens.value import ValueScreen
from peekui.ui.session import flags_to
from peekui.ui.triage.acknowledge import AcknowledgeScreen
from peekui.ui.triage.contrasting import Contrasted, NotAnswered, find_contrast
from peekui.ui.triage.failure_groups import Seen
from peekui.ui.triage.screen import TriageScreen
from peekui.ui.widgets.notice import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from peekui.api.models import Collection
    from peekui.browse.marks import Marks
    from peekui.filters.nodes import Group, JsonValue
    from peekui.triage.acknowledging import Acknowledgement
    from peekui.triage.excluding import Exclusion
    from peekui.triage.failures import FailureGroup
    from peekui.triage.rows import Row
    from peekui.triage.scope import Scope
    from peekui.ui.exports import Export
    from peekui.ui.session import Session
    from peekui.ui.triage.browser import Browser
    from peekui.ui.triage.failure_table import FailureLine

__all__ = ["ActsOnFailures", "error_of"]

_REPORT = (
    "count", "share", "change", "modalities", "collections", "first_seen", "last_seen", "sample", "sample_id",
)  # fmt: skip
"""As `peekui triage failed` calls them."""
_MOST_REPORTED = 1000


class FilterMade(Message, bubble=False):
    """The filter of a group is known; None where there is none."""

    def __init__(self, tree: Group | None) -> None:
        super().__init__()
        self.tree = tree


class Excluded(Message, bubble=False):
    """What leaves a signature out is known; None where nothing does."""

    def __init__(self, exclusion: Exclusion | None) -> None:
        super().__init__()
        self.exclusion = exclusion


class Marked(Message, bubble=False):
    """Marks are worked out."""

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self.marks = marks


class TaskFound(Message, bubble=False):
    """A task came."""

    def __init__(self, task_id: str, text: str) -> None:
        super().__init__()
        self.task_id = task_id
        self.text = text


class ActsOnFailures(TriageScreen):
    """Base of the screen, which owns the groups and draws them.

    Attributes:
        axis: What failures are grouped by.
        groups: The groups.
        rows: All failed assets that came.
        samples: The newest asset of each group, by id.
        seen: What notes say of the signatures.
    """

    def __init__(
        self,
        session: Session,
        scope: Scope,
        collections: Sequence[Collection],
        crumbs: Sequence[str],
        browser: Browser,
    ) -> None:
        """Take what to read, and the browser behind."""
        super().__init__(session, scope, collections, crumbs)
        self.axis = Axis.SIGNATURE
        self.groups: Sequence[FailureGroup] = ()
        self.rows: tuple[Row, ...] = ()
        self.samples: Mapping[str, Row] = {}
        self.seen = Seen()
        self._browser = browser

    @property
    @abstractmethod
    def line(self) -> FailureLine | None:
        """The group under the cursor."""

    def dive(self) -> None:
        """Look at the assets of the group in the browser."""
        if line := self.line:
            rows, axis = self.rows, self.axis

            async def make() -> None:
                self.post_message(FilterMade(await asyncio.to_thread(narrow, line.group, axis, rows)))

            start(self, Subject.GROUPS, make)

    def on_filter_made(self, message: FilterMade) -> None:
        """Go back to the browser, with the filter."""
        if message.tree is None:
            text = "No filter can tell these apart from others, and they are too many to be named: mark them instead."
            self.notify(text, severity="warning", markup=False)
        else:
            self.dismiss()
            self._browser.look_at(message.tree)

    def command_failures_mark(self) -> None:
        """Mark the assets of the group; where all are marked, unmark them."""
        if line := self.line:
            work = partial(_marks, self._browser.marked(), line.group, self.rows, self.reading.scope.namespace)

            async def mark() -> None:
                self.post_message(Marked(await asyncio.to_thread(work)))

            start(self, Subject.GROUPS, mark)

    def on_marked(self, message: Marked) -> None:
        """Mark in the browser."""
        self._browser.mark(message.marks)
        self.notify(f"{len(message.marks):,} assets are marked in the browser.", markup=False)

    def command_failures_acknowledge(self) -> None:
        """Ask until when the signature may wait; one that is acknowledged is so no more."""
        line = self.line
        if line is None:
            return
        if line.acknowledged:
            self._acknowledge(line.group.key, None)
            return

        def take(given: Acknowledgement | None) -> None:
            if given:
                self._acknowledge(given.signature, given)

        self.app.push_screen(AcknowledgeScreen(line.group.key, line.group.count), take)

    def _acknowledge(self, signature: str, given: Acknowledgement | None) -> None:
        notebook = self.reading.notebook
        if notebook is None:
            self.notify("It cannot be remembered: there is no file to keep it in.", severity="error", markup=False)
            return

        async def keep() -> None:
            try:
                await asyncio.to_thread(acknowledge, notebook, signature, given)
            except NotebookFailed as error:
                self.post_message(NotAnswered(Problem(str(error), "It is not remembered.", str(error))))
            else:
                await self.reading.digest()

        start(self, Subject.NOTES, keep)

    def command_failures_exclude(self) -> None:
        """Leave the signature out of the browser's filter."""
        if line := self.line:
            rows = self.rows

            async def make() -> None:
                self.post_message(Excluded(await asyncio.to_thread(exclude, rows, line.group.key)))

            start(self, Subject.GROUPS, make)

    def on_excluded(self, message: Excluded) -> None:
        """Add it to the filter, and say what it leaves out."""
        exclusion = message.exclusion
        if exclusion is None:
            text = "No filter can name this error: the service gave neither a text nor a type for it."
            self.notify(text, severity="warning", markup=False)
            return
        self._browser.add_to_filter(exclusion.node)
        also = ", and other causes of its type" if exclusion.also else ""
        text = f"The browser's filter leaves {exclusion.left_out:,} of {exclusion.of:,} out{also}."
        self.notify(text, markup=False)

    def command_failures_contrast(self) -> None:
        """Compare the failed with the done."""
        if line := self.line:
            work = partial(find_contrast, self._session, self.reading.scope, line.group, self.rows, self.post_message)
            start(self, Subject.SAMPLE, work)
            self.notify("Reading a sample of the failed and of the done: three calls.", markup=False)

    def on_contrasted(self, message: Contrasted) -> None:
        """Show what came of it."""
        self.app.push_screen(ValueScreen(message.title, message.text, message.note))

    def on_not_answered(self, message: NotAnswered) -> None:
        """Say why nothing came of it."""
        self.notify(f"{message.problem.what} {message.problem.advice}", severity="error", markup=False)

    def command_failures_error(self) -> None:
        """Show the whole error of the newest asset."""
        line = self.line
        row = self.sample(line.group) if line else None
        if row:
            self.app.push_screen(ValueScreen(f"Error of {row.title}", error_of(row), row.asset_id))

    def command_failures_task(self) -> None:
        """Ask for the task of the newest asset."""
        line = self.line
        row = self.sample(line.group) if line else None
        if row is None or row.task_id is None:
            return
        task_id, namespace = row.task_id, self.reading.scope.namespace

        async def ask() -> None:
            try:
                client = await self._session.client()
                task = await client.task(task_id, namespace=namespace)
            except MixpeekError as error:
                self.post_message(NotAnswered(Problem.of(error)))
            else:
                self.post_message(TaskFound(task_id, json_text(task.model_dump(mode="json", exclude_none=True))))

        start(self, Subject.SAMPLE, ask)

    def on_task_found(self, message: TaskFound) -> None:
        """Show the task."""
        self.app.push_screen(ValueScreen(f"Task {message.task_id}", message.text))

    def command_failures_act(self) -> None:
        """Choose what to do with the assets of the group."""
        if line := self.line:
            titles = {row.asset_id: row.title for row in self.rows}
            namespace, flags = self.reading.scope.namespace, flags_to(self._session.source)
            items = [
                CopyItem(asset_id, titles.get(asset_id, asset_id), namespace, flags)
                for asset_id in line.group.asset_ids
            ]
            self._browser.act_on(items, f"{line.group.count:,} failed assets")

    async def command_failures_copy(self) -> None:
        """Copy the ids of the group, one a line."""
        if line := self.line:
            await self.copy_text(f"{line.group.count:,} ids", "\n".join(line.group.asset_ids))

    async def command_failures_report(self) -> None:
        """Copy the groups as a Markdown table."""
        out = StringIO()
        write_rows(map(self._reported, self.groups[:_MOST_REPORTED]), self._columns, Format.MARKDOWN, out)
        await self.copy_text("Report", out.getvalue())

    def exported(self) -> Export:
        """Give the groups with what is known of each."""
        what = f"{len(self.groups):,} groups of failures, by {self.axis}"
        return of_rows("failures", what, self._columns, [self._reported(group) for group in self.groups])

    @property
    def _columns(self) -> Sequence[str]:
        return (self.axis.value, *_REPORT)

    def _reported(self, group: FailureGroup) -> list[JsonValue]:
        return [
            self.title_of(group.key) if self.axis is Axis.COLLECTION else group.key,
            group.count,
            round(group.share, 4),
            self.seen.changes.get(group.key),
            dict(group.modalities),
            {self.title_of(key): count for key, count in group.collections.items()},
            group.first_seen.isoformat() if group.first_seen else None,
            group.last_seen.isoformat() if group.last_seen else None,
            group.sample,
            group.sample_id,
        ]

    def sample(self, group: FailureGroup) -> Row | None:
        """Give the newest asset of a group."""
        return self.samples.get(group.sample_id)


def error_of(row: Row) -> str:
    """Give the error of an asset as it came: a text as it is, anything else as JSON."""
    if row.error is None:
        return NO_ERROR
    return row.error if isinstance(row.error, str) else json_text(row.error)


def _marks(marks: Marks, group: FailureGroup, rows: Sequence[Row], namespace: str | None) -> Marks:
    if all(asset_id in marks for asset_id in group.asset_ids):
        return marks.without(group.asset_ids)
    wanted = set(group.asset_ids)
    return marks.added(Mark(row.asset_id, row.title, namespace) for row in rows if row.asset_id in wanted)
