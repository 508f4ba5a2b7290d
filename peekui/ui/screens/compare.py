"""Two filters side by side: how many assets only the one matches, both do, only the other does; and those assets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, Static

from peekui.browse.filter_counts import Count, Question
from peekui.browse.filter_diff import sides
from peekui.filters.expression.parse import ParseError, parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.nodes import TooDeep
from peekui.ui.commands import Situation, Where
from peekui.ui.filter_loader import Counted, FilterLoader
from peekui.ui.loader import Subject, start
from peekui.ui.running import bindings_for
from peekui.ui.screens.closing import Dialog
from peekui.ui.screens.counting import CountsOnDemand
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.compared_sides import ComparedSides
from peekui.ui.widgets.key_bar import KeyBar, draw_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from peekui.browse.filter_diff import Side
    from peekui.browse.query import AssetQuery
    from peekui.filters.nodes import Group
    from peekui.ui.session import Session
    from peekui.ui.widgets.row_view import RowView

__all__ = ["CompareScreen"]


class CompareScreen(CountsOnDemand, Dialog[None]):
    """A is the filter of now; B is typed, and at first the one before it. What counting costs is said first."""

    CSS_PATH = "compare.tcss"
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.COMPARE)

    rows = query_one(ComparedSides)
    line = query_one(Input)

    def __init__(
        self, session: Session, query: AssetQuery, other: Group | None, go: Callable[[Group | None], None]
    ) -> None:
        """Take what to compare.

        Args:
            session: To count with.
            query: What is on show, by filter A.
            other: Filter B.
            go: Looks at the assets of a filter.
        """
        super().__init__()
        self._session = session
        self._loader = FilterLoader(session, self.post_message)
        self._query = query
        self._other = other
        self._go = go
        self._questions: dict[Side, Question] = {}

    def compose(self) -> ComposeResult:
        """Filter A, the line of filter B, the sides, the filter of the side under the cursor, what is known."""
        with Vertical(id="compare-box") as box:
            box.border_title = "Two filters"
            yield Static(Content.assemble(("A  ", "bold"), _shown(self._query.filter)), id="compare-first")
            with Horizontal(id="compare-second"):
                yield Static(Content.styled("B  ", "bold"))
                yield Input(_typed(self._other), placeholder="an expression; empty is everything", compact=True)
            yield ComparedSides(id="compare-sides")
            yield Static(id="compare-filter", markup=False)
            yield Static(id="compare-state", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Compare with the filter before, if there was one; else ask for one."""
        self._compare()
        self.set_focus(self.line if self._query.filter == self._other else self.rows)

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(uncounted=bool(self._left()) and not self.counting)

    # -- what the user does -------------------------------------------------------------------------------

    def command_compare_count(self) -> None:
        """Count the sides that were not counted yet."""
        self.counting, self.trouble = True, ""
        start(self, Subject.COMPARISON, partial(self._loader.count, Subject.COMPARISON, self._left()))
        self.draw()

    def command_compare_type(self) -> None:
        """Type the other filter."""
        self.set_focus(self.line)

    def command_compare_close(self) -> None:
        """Close; what is still to be counted is not."""
        self.dismiss()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Compare with what was typed."""
        try:
            tree = parse(event.value)
        except ParseError as error:
            self.trouble = f"{error.reason[:1].upper()}{error.reason[1:]}, at column {error.column}."
            self.line.cursor_position = error.position
            self.draw()
            return
        self._other = tree if tree.children else None
        self._compare()
        self.set_focus(self.rows)

    def on_row_view_highlighted(self) -> None:
        """Show the filter of the side under the cursor."""
        self.draw()

    def on_row_view_opened(self, event: RowView.Opened) -> None:
        """Look at the assets of a side."""
        side = self.rows.side_at(event.index)
        tree = self.rows.filters[side]
        if tree is None:
            self.notify(f"There is nothing on the side “{side}”.", markup=False)
        else:
            self.dismiss()
            self._go(tree)

    # -- answers ------------------------------------------------------------------------------------------

    def on_counted(self, message: Counted) -> None:
        """Draw a number that came."""
        same = {side: message.count for side, question in self._questions.items() if question == message.question}
        self.rows.counts = {**self.rows.counts, **same}
        self.counting = self.counting and bool(self._left())
        self.draw()

    # -- what is known ------------------------------------------------------------------------------------

    def _compare(self) -> None:
        """Lay the two filters side by side; nothing is counted."""
        self.workers.cancel_group(self, Subject.COMPARISON)
        self.counting, self.trouble = False, ""
        try:
            filters = sides(self._query.filter, self._other)
        except TooDeep as error:
            filters, self.trouble = {}, f"They cannot be compared: {error}."
        self._questions = {side: Question.of(self._query, tree) for side, tree in filters.items() if tree is not None}
        self.rows.counts = {side: Count(0) for side, tree in filters.items() if tree is None}
        self.rows.filters = filters
        self.draw()

    def _left(self) -> list[Question]:
        """Give the questions that were not answered, each once."""
        left = (question for side, question in self._questions.items() if side not in self.rows.counts)
        return list(dict.fromkeys(left))

    def calls_left(self) -> int:
        """Say how many sides were not counted: a call each."""
        return len(self._left())

    def draw(self) -> None:
        """Draw the filter of the side under the cursor, and how the counting goes."""
        tree = self.rows.filters.get(self.rows.side_at(self.rows.cursor)) if self.rows.filters else None
        self.query_one("#compare-filter", Static).update(_shown(tree) if tree else "")
        state = self.counting_state("compare.count", "Enter shows a side's assets.")
        self.query_one("#compare-state", Static).update(state)
        self.call_after_refresh(draw_keys, self, self.focused or self)


def _typed(tree: Group | None) -> str:
    return to_expression(tree) if tree else ""


def _shown(tree: Group | None) -> str:
    return one_line(_typed(tree)) or "everything"
