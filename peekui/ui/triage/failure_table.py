"""Groups of failures in rows: what they have in common, how many, how large a part, where and when."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from peekui.triage.failures import Axis
from peekui.ui import formats
from peekui.ui.triage.table import Cell, TableColumn, TriageTable
from peekui.ui.untrusted import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from peekui.triage.acknowledging import Acknowledgement
    from peekui.triage.failures import FailureGroup
    from peekui.triage.visits import Change

__all__ = ["FailureLine", "FailureTable", "describe_failures"]

_BAR = 8
_MOST_NAMED = 8
"""Values of a field that are listed of a group; it may have thousands."""


class FailureLine(NamedTuple):
    """A group, and what is known of it.

    Attributes:
        group: The failures.
        name: What they have in common, as a person calls it.
        where: Their collections, most first.
        change: Since the last visit, None for none.
        acknowledged: Why they may wait, None where they may not.
    """

    group: FailureGroup
    name: str
    where: str
    change: Change | None = None
    acknowledged: Acknowledgement | None = None

    @property
    def state(self) -> Cell:
        """What is to be said of it beside its numbers."""
        if self.acknowledged:
            return Cell("known", "dim")
        return Cell(self.change, "bad" if self.change == "new" else "busy") if self.change else Cell("")


class FailureTable(TriageTable["FailureGroup"]):
    """Draws them; a line is made of a group when it is drawn."""

    COLUMNS = (
        TableColumn("Signature"),
        TableColumn("Count", 7, right=True),
        TableColumn("", _BAR, least=70),
        TableColumn("Share", 5, right=True),
        TableColumn("Where", 16, least=100),
        TableColumn("First", 5, right=True, least=100),
        TableColumn("Last", 5, right=True, least=60),
        TableColumn("", 7),
    )
    """The last is drawn only where a group has something to say there."""

    def __init__(self, line_of: Callable[[FailureGroup], FailureLine], *, id: str) -> None:  # noqa: A002  (Textual's word)
        """Take what makes a line of a group."""
        super().__init__(id=id)
        self._line_of = line_of
        self._most = 1.0

    def show(self, axis: Axis, groups: Sequence[FailureGroup]) -> None:
        """Show the groups on an axis."""
        stated = any(self._line_of(group).state.text for group in groups)
        first, *others = self.COLUMNS
        self.columns = (first._replace(heading=axis.capitalize()), *(others if stated else others[:-1]))
        self.heading.refresh()
        self._most = max((group.share for group in groups), default=1.0)
        self.items = groups

    def cells(self, item: FailureGroup) -> Sequence[Cell]:
        """Give what a group says; one that is acknowledged is dim."""
        line = self._line_of(item)
        tone = "dim" if line.acknowledged else ""
        return (
            Cell(line.name, tone),
            Cell(f"{item.count:,}", tone),
            Cell("▇" * max(round(item.share / self._most * _BAR), 1), tone or "mark"),
            Cell(_percent(item.share), tone),
            Cell(line.where, tone),
            Cell(formats.age(item.first_seen), "dim"),
            Cell(formats.age(item.last_seen), "dim"),
            line.state,
        )


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else "<1%"


def describe_failures(line: FailureLine, axis: Axis, title_of: Callable[[str], str], error: str) -> Content:
    """Say all there is to say of a group.

    Args:
        line: Which.
        axis: What was grouped by.
        title_of: Names a collection.
        error: The whole error of its newest asset.
    """
    group = line.group
    lines = [Content.styled(one_line(line.name), "bold")]
    if line.acknowledged:
        lines.append(Content.styled(_acknowledged(line.acknowledged), "$text-warning"))
    first, last = (formats.brief_moment(seen) if seen else "not said" for seen in (group.first_seen, group.last_seen))
    lines.append(_fact("seen", f"{first} to {last}"))
    if axis is not Axis.COLLECTION:
        lines.append(_fact("where", _listed((title_of(key), count) for key, count in group.collections.items())))
    if axis is not Axis.MODALITY:
        lines.append(_fact("types", _listed(group.modalities.items())))
    if axis is not Axis.SIGNATURE:
        lines += [
            _fact("" if number else "causes", f"{count:,} × {cause}")
            for number, (cause, count) in enumerate(islice(group.signatures.items(), _MOST_NAMED))
        ]
    lines += [_fact("newest", group.sample_id), Content(visible(error))]
    return Content("\n").join(lines)


def _acknowledged(known: Acknowledgement) -> str:
    until = f" until {_day(known.until)}" if known.until else ""
    most = f", while they are at most {known.most:,}" if known.most is not None else ""
    note = f": {one_line(known.note)}" if known.note else ""
    return f"known since {_day(known.at)}{until}{most}{note}"


def _day(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d}"


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return " · ".join(f"{name} {count:,}" for name, count in islice(counts, _MOST_NAMED))


def _fact(name: str, value: str) -> Content:
    return Content.assemble((f"{name:<8}", "dim"), one_line(value))
