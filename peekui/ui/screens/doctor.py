"""Why nothing matches: how many assets each condition keeps out, and what is close to what was asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.containers import Vertical
from textual.getters import query_one
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import Static

from peekui.browse.filter_counts import Question
from peekui.browse.near_misses import left_out, near_misses
from peekui.ui.columns import cut
from peekui.ui.commands import Situation, Where
from peekui.ui.filter_loader import FilterLoader
from peekui.ui.loader import Subject, start
from peekui.ui.running import bindings_for
from peekui.ui.screens.closing import Dialog
from peekui.ui.screens.counting import CountsOnDemand
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.key_bar import KeyBar, draw_keys
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from rich.style import Style
    from textual.app import ComposeResult

    from peekui.browse.filter_counts import Count
    from peekui.browse.filter_draft import FilterDraft
    from peekui.browse.near_misses import Remedy
    from peekui.browse.query import AssetQuery
    from peekui.ui.filter_loader import Counted
    from peekui.ui.session import Session

__all__ = ["DoctorScreen", "RemedyList"]

_COUNT: Final = 11
"""Cells of a count: `10,000,000+`."""
_GAP: Final = 2
_LONGEST: Final = 500
"""Characters of a condition that any terminal shows."""


class RemedyList(RowView):
    """Draws remedies with how many assets each lets in."""

    remedies: reactive[tuple[tuple[Remedy, str], ...]] = reactive(())
    """Each with its count as text."""

    def watch_remedies(self) -> None:
        """Draw other rows."""
        self.row_count = len(self.remedies)
        self.refresh()

    def draw_row(self, index: int, width: int, style: Style) -> Strip:
        """Draw the count, the change and the reason; the reason gives way first."""
        remedy, count = self.remedies[index]
        dim = style + self.get_component_rich_style("row-view--dim", partial=True)
        none = count == "0"
        before, after = (one_line(text[:_LONGEST]) for text in (remedy.before, remedy.after))
        said = f"{before} → {after}" if after else f"without {before}"
        number = min(_COUNT, width // 4)
        room = max(width - number - _GAP, 0)
        segments = [
            Segment(cut(count, number, right=True), dim if none else style),
            Segment(" " * _GAP, style),
            Segment(cut(said, min(cell_len(said), room)), dim if none else style),
            Segment(f"  {remedy.reason}" if after else "", dim),
        ]
        return Strip(segments).adjust_cell_length(width, style)


class DoctorScreen(CountsOnDemand, Dialog[None]):
    """Counts remedies when that is worth its calls, and applies the one that is chosen."""

    CSS_PATH = "doctor.tcss"
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.DOCTOR)

    rows = query_one(RemedyList)
    state = query_one("#doctor-state", Static)

    def __init__(
        self, session: Session, draft: FilterDraft, query: AssetQuery, known: MutableMapping[Question, Count]
    ) -> None:
        """Take what finds nothing.

        Args:
            session: To count with.
            draft: The filter; a remedy that is chosen is applied to it.
            query: What it is a filter of.
            known: Counts that were given lately; those given here are added.
        """
        super().__init__()
        remedies = (*left_out(draft.tree), *near_misses(draft.tree, draft.schema))
        self._asked = [(remedy, Question.of(query, remedy.edit.tree)) for remedy in remedies]
        self._session = session
        self._draft = draft
        self._known = known
        self._loader = FilterLoader(session, self.post_message)

    def compose(self) -> ComposeResult:
        """The remedies, how counting goes, keys."""
        with Vertical(id="doctor-box") as box:
            box.border_title = "What would match instead"
            yield RemedyList()
            yield Static(id="doctor-state", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Show the remedies; count them at once where calls are few enough or cost nothing."""
        client = self._session.connected
        left = len(self._left())
        if left and (client is None or client.budget.state.limit is None or not client.budget.cost(left).asks_first):
            self.command_doctor_count()
        self.draw()

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(uncounted=not self.counting and bool(self._left()))

    def command_doctor_count(self) -> None:
        """Count what was not counted yet."""
        self.counting, self.trouble = True, ""
        start(self, Subject.REMEDIES, partial(self._loader.count, Subject.REMEDIES, self._left()))
        self.draw()

    def command_doctor_close(self) -> None:
        """Close; what is still to be counted is not."""
        self.dismiss()

    def command_doctor_apply(self) -> None:
        """Make the change under the cursor."""
        if self._asked:
            self._draft.apply(self._asked[self.rows.cursor][0].edit)
            self.dismiss()

    def on_row_view_opened(self) -> None:
        """Make the change that Enter or a double click was on."""
        self.command_doctor_apply()

    def on_counted(self, message: Counted) -> None:
        """Draw a number that came."""
        self._known[message.question] = message.count
        self.counting = bool(self._left())
        self.draw()

    def _left(self) -> list[Question]:
        return [
            question for question in dict.fromkeys(asked for _, asked in self._asked) if question not in self._known
        ]

    def calls_left(self) -> int:
        """Say how many remedies were not counted: a call each."""
        return len(self._left())

    def draw(self) -> None:
        """Draw the remedies with their counts, and how the counting goes."""
        waiting = "…" if self.counting else "·"
        self.rows.remedies = tuple((remedy, str(self._known.get(asked, waiting))) for remedy, asked in self._asked)
        done = "Enter makes the change; it can be undone."
        nothing = "There is no condition to change: the collections are empty."
        self.state.update(self.counting_state("doctor.count", done if self._asked else nothing))
        self.call_after_refresh(draw_keys, self)
