"""The acts of a plan in rows, with what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.triage.plans.acts import ActKind
from peekui.triage.plans.journal import Outcome
from peekui.ui import formats
from peekui.ui.triage.table import Cell, TableColumn, TriageTable
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from peekui.triage.plans.acts import Act
    from peekui.triage.plans.running import Result

__all__ = ["ActTable"]

_TONES = {Outcome.DONE: "good", Outcome.FAILED: "bad", Outcome.REFUSED: "busy"}
_SYMBOLS = {Outcome.DONE: "✓", Outcome.FAILED: "✗", Outcome.REFUSED: "⊘", Outcome.UNDONE: "↶"}


class ActTable(TriageTable["Act"]):
    """Draws them."""

    COLUMNS = (
        TableColumn("Do", 16, least=60),
        TableColumn("Asset"),
        TableColumn("Size", 8, right=True, least=70),
        TableColumn("", 10),
        TableColumn("Why", 48, least=110),
    )

    def __init__(self, results: Mapping[int, Result], *, id: str) -> None:  # noqa: A002  (Textual's word)
        """Take what became of the acts, by number; it may change."""
        super().__init__(id=id)
        self._results = results

    def cells(self, item: Act) -> Sequence[Cell]:
        """Give what an act says."""
        result = self._results.get(item.number)
        size = formats.size(item.before.size) if item.kind is ActKind.DELETE else ""
        became = Cell("")
        if result:
            became = Cell(f"{_SYMBOLS.get(result.outcome, ' ')} {result.outcome}", _TONES.get(result.outcome, ""))
        why = result.why if result and result.why else item.why
        return (
            Cell(item.kind, "" if item.kind is ActKind.DELETE else "dim"),
            Cell(one_line(item.title)),
            Cell(size),
            became,
            Cell(one_line(why), "" if result and result.why else "dim"),
        )
