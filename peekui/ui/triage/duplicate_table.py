"""Groups of duplicates in rows: how many copies, what could go, where they are, what stays and why, what differs."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from textual.content import Content

from peekui.triage.differences import differences
from peekui.triage.duplicates import Flaw
from peekui.triage.keep_rules import file_name
from peekui.ui import formats
from peekui.ui.triage.table import Cell, TableColumn, TriageTable
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from peekui.triage.duplicates import DuplicateGroup
    from peekui.triage.review import Choice
    from peekui.triage.rows import Row
    from peekui.ui.triage.duplicate_groups import Judged

__all__ = ["DuplicateTable", "describe_duplicates"]

_LOOKED_AT: Final = 20
"""Members that are compared for the table, and listed below it: a group may have thousands."""


_BRIEF: Final = {
    Flaw.CHAIN: "chain",
    Flaw.CYCLE: "cycle",
    Flaw.MISSING: "original missing",
    Flaw.FAILED: "original failed",
    Flaw.UNLINKED: "not linked",
    Flaw.DIFFERENT: "hashes differ",
}
"""What is wrong with links, in the cells of a column."""
_LAST: Final = ("collection_id", "created_at")
"""Copies differ in these as a rule: they are told after all else."""


class DuplicateTable(TriageTable["Judged"]):
    """Draws them; what differs is found when a row is drawn."""

    COLUMNS = (
        TableColumn("Keeps"),
        TableColumn("Copies", 6, right=True),
        TableColumn("Could go", 8, right=True),
        TableColumn("Where", 16, least=90),
        TableColumn("Why", 14, least=75),
        TableColumn("Differs in", 20, least=110),
        TableColumn("State", 16, least=60),
    )

    def __init__(
        self,
        choice_of: Callable[[DuplicateGroup], Choice],
        title_of: Callable[[str], str],
        *,
        id: str,  # noqa: A002  (Textual's word)
    ) -> None:
        """Take what a group's row needs to know.

        Args:
            choice_of: Gives what is chosen for a group.
            title_of: Names a collection.
            id: Of the widget.
        """
        super().__init__(id=id)
        self._choice_of = choice_of
        self._title_of = title_of

    def cells(self, item: Judged) -> Sequence[Cell]:
        """Give what a group says; one that is settled is dim."""
        group, verdict = item
        settled = self._choice_of(group).accepted
        tone = "dim" if settled else ""
        return (
            Cell(one_line(item.keeper.title), tone),
            Cell(f"{len(group.members):,}", tone),
            Cell(formats.size(group.spare_bytes), tone),
            Cell(", ".join(map(self._title_of, group.collections[:3])), tone),
            Cell("tied: oldest" if verdict.tied else ", ".join(verdict.why), "busy" if verdict.tied else tone),
            Cell(", ".join(path.rpartition(".")[2] for path in _differing(group)), "dim"),
            Cell("✓ settled", "good") if settled else _flaws(group),
        )


def _flaws(group: DuplicateGroup) -> Cell:
    return Cell(", ".join(_BRIEF[flaw] for flaw in group.flaws), "busy")


def describe_duplicates(one: Judged, choice: Choice, title_of: Callable[[str], str]) -> Content:
    """List the members of a group with what becomes of each."""
    group = one.group
    lines = [_member(row, choice, title_of) for row in group.members[:_LOOKED_AT]]
    if more := len(group.members) - _LOOKED_AT:
        lines += [Content.styled(f"and {more:,} more", "dim")] if more > 0 else []
    if group.flaws:
        lines.append(Content.styled(f"⚠ {', '.join(group.flaws)}", "$text-warning"))
    if differing := _differing(group):
        lines.append(Content.assemble(("differs in ", "dim"), one_line(", ".join(differing))))
    return Content("\n").join(lines)


def _member(row: Row, choice: Choice, title_of: Callable[[str], str]) -> Content:
    kept = row.asset_id in choice.keep
    word = Content.styled("keep  ", "bold $text-success") if kept else Content.styled("drop  ", "$text-error")
    facts = (title_of(row.collection), _place(row), row.status, formats.size(row.size), formats.age(row.created))
    return Content.assemble(word, one_line(row.title), (f"  {' · '.join(filter(None, facts))}", "dim"))


def _place(row: Row) -> str:
    """Give the path of a file, else its name: copies often have one title."""
    path = row.metadata.get("path")
    name = path if isinstance(path, str) else file_name(row)
    return one_line(name) if name != row.title else ""


@lru_cache(maxsize=512)
def _differing(group: DuplicateGroup) -> tuple[str, ...]:
    compared = differences(replace(group, members=group.members[:_LOOKED_AT]))
    return tuple(sorted((one.field for one in compared if one.differs), key=lambda path: path in _LAST))
