"""What the screen of failures shows, made of rows in a thread: groups on an axis, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual.message import Message

from peekui.triage.failures import Axis, group_failures
from peekui.triage.notebook import NotebookFailed
from peekui.triage.remembered import acknowledgements, visit
from peekui.triage.visits import compare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from peekui.triage.acknowledging import Acknowledgement
    from peekui.triage.failures import FailureGroup
    from peekui.triage.notebook import Notebook
    from peekui.triage.rows import Row
    from peekui.triage.visits import Change, Visit
    from peekui.ui.triage.reading import Reading

__all__ = ["FailuresFound", "FailuresGrouped", "Seen", "group_on", "make_failures"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What notes say of the signatures.

    Attributes:
        last: The last visit; None where there was none, or nothing was compared yet.
        noted: Whether this visit was noted, so that the next is compared with it.
        changes: What became of each signature since.
        known: Acknowledgements, by signature.
        trouble: Why notes could not be read or written; empty where they could.
    """

    last: Visit | None = None
    noted: bool = False
    changes: Mapping[str, Change] = field(default_factory=dict)
    known: Mapping[str, Acknowledgement] = field(default_factory=dict)
    trouble: str = ""


class FailuresGrouped(Message, bubble=False):
    """Rows were grouped on an axis; `samples` has the newest row of each group, by id."""

    def __init__(self, axis: Axis, groups: Sequence[FailureGroup], samples: Mapping[str, Row]) -> None:
        super().__init__()
        self.axis = axis
        self.groups = groups
        self.samples = samples


class FailuresFound(Message, bubble=False):
    """Rows came, and were grouped."""

    def __init__(self, rows: tuple[Row, ...], grouped: FailuresGrouped, seen: Seen) -> None:
        super().__init__()
        self.rows = rows
        self.grouped = grouped
        self.seen = seen


def make_failures(rows: tuple[Row, ...], reading: Reading, axis: Axis, before: Seen) -> FailuresFound:
    """Group rows, and hold the signatures against the last visit. Takes seconds: for a thread.

    Args:
        rows: All that came so far.
        reading: How far it is, and where notes are.
        axis: What to group by.
        before: What was seen before on this screen: it goes on being compared with the same visit.
    """
    causes = group_failures(rows)
    grouped = group_on(rows, axis, causes)
    try:
        seen = _look_back(causes, reading, reading.notebook, before) if reading.notebook else before
    except NotebookFailed as error:
        seen = Seen(before.last, before.noted, before.changes, before.known, trouble=str(error))
    return FailuresFound(rows, grouped, seen)


def group_on(rows: tuple[Row, ...], axis: Axis, causes: Sequence[FailureGroup] | None = None) -> FailuresGrouped:
    """Group rows on an axis. Takes seconds: for a thread.

    Args:
        rows: All that came so far.
        axis: What to group by.
        causes: The groups by signature, where they are at hand.
    """
    groups = causes if causes and axis is Axis.SIGNATURE else group_failures(rows, axis)
    wanted = {group.sample_id for group in groups}
    return FailuresGrouped(axis, groups, {row.asset_id: row for row in rows if row.asset_id in wanted})


def _look_back(causes: Sequence[FailureGroup], reading: Reading, notebook: Notebook, before: Seen) -> Seen:
    complete = reading.progress.complete
    known = acknowledgements(notebook)
    last, changes = visit(notebook, reading.scope, causes, datetime.now(UTC), complete=complete)
    if before.noted:
        return Seen(before.last, noted=True, changes=compare(before.last, causes, complete=complete), known=known)
    return Seen(last, noted=complete, changes=changes, known=known)
