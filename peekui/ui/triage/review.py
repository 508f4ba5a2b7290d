"""Review of groups of duplicates, one at a time: what differs, which copy stays, accept, next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from peekui.triage.review import KeepRefused
from peekui.ui.commands import Situation, Where
from peekui.ui.running import bindings_for
from peekui.ui.triage.comparing import ComparesCopies
from peekui.ui.triage.member_pictures import MemberPictures
from peekui.ui.triage.member_table import MemberTable
from peekui.ui.triage.review_head import review_facts, review_notes
from peekui.ui.widgets.key_bar import KeyBar, draw_keys
from peekui.ui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer

    from peekui.triage.duplicates import DuplicateGroup
    from peekui.triage.review import Review
    from peekui.ui.session import Session

__all__ = ["Keeper", "ReviewScreen"]

_REST = 1.0
"""Seconds without a choice before they are kept."""


class Keeper(Protocol):
    """Keeps what is chosen."""

    def reviewed(self, part: Review) -> None:
        """Take what was chosen."""

    def remember_different(self, key: str, *, different: bool) -> None:
        """Remember that the members of a group are no duplicates, or forget it."""


class ReviewScreen(ComparesCopies):
    """Shows the group in hand; choices are kept when one rests, and when it is left."""

    CSS_PATH: ClassVar[Any] = "review.tcss"
    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.REVIEW)
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-low"), (30, "-high")]  # noqa: RUF012  (as Textual declares it)

    head = query_one("#review-head", Static)

    def __init__(
        self,
        session: Session,
        review: Review,
        crumbs: Sequence[str],
        title_of: Callable[[str], str],
        keeper: Keeper,
        *,
        namespace: str | None,
    ) -> None:
        """Take the groups, at the one to begin with.

        Args:
            session: Whose calls the status tells of.
            review: Groups, rule, choices.
            crumbs: Where they are.
            title_of: Names a collection.
            keeper: Keeps what is chosen.
            namespace: The groups are in, None where the key has only one.
        """
        super().__init__(session)
        self.review = review
        self._crumbs = crumbs
        self._title_of = title_of
        self._keeper = keeper
        self._namespace = namespace
        self._rest: Timer | None = None

    @property
    def group(self) -> DuplicateGroup:
        """The group in hand."""
        return self.review.group

    def compose(self) -> ComposeResult:
        """Where we are, the members, their fields, keys."""
        table = MemberTable(self._title_of)
        yield StatusBar(self._session)
        yield Static(id="review-head", markup=False)
        yield table.heading
        yield MemberPictures(self._namespace)
        yield table
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the group to begin with."""
        self.query_one(StatusBar).crumbs = (*self._crumbs, "review")
        self.table.focus()
        self.draw()

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        return Situation(
            undoable=self.review.can_undo,
            pair=len(self.group.members) > 1,
            flickers=self.table.flicker is not None,
        )

    # -- choices ------------------------------------------------------------------------------------------

    def _take(self, review: Review) -> None:
        self.review = review
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(_REST, self._keep)
        self.draw()

    def _keep(self) -> None:
        self._rest = None
        self._keeper.reviewed(self.review)

    def _try(self, choose: Callable[[], Review]) -> None:
        """Choose, or say why that cannot be."""
        try:
            self._take(choose())
        except KeepRefused as refused:
            self.notify(str(refused), severity="warning", markup=False)

    def command_review_keep_only(self) -> None:
        """Keep only the copy of the number that was pressed, else the one under the cursor."""
        pressed = self.table.pressed
        place = int(pressed) - 1 if pressed.isdecimal() else self.table.copy
        if place < len(self.table.shown.members):
            self.table.copy = place
            self._try(lambda: self.review.keeping_only(self.table.row.asset_id))
        else:
            self.notify(f"There is no copy {pressed}.", severity="warning", markup=False)

    def command_review_toggle(self) -> None:
        """Keep the copy under the cursor, or drop it."""
        self._try(lambda: self.review.toggled(self.table.row.asset_id))

    def command_review_keep_all(self) -> None:
        """Keep every copy."""
        self._try(self.review.keeping_all)

    def command_review_accept(self) -> None:
        """Settle the group, and go on."""
        self._settle(self.review.accepted())

    def command_review_different(self) -> None:
        """Settle that they are no duplicates, and go on."""
        self._keeper.remember_different(self.review.group.key, different=True)
        self._settle(self.review.not_duplicates())

    def _settle(self, settled: Review) -> None:
        last = settled.position == self.review.position
        self._take(settled)
        if last:
            self.notify("That was the last group.", markup=False)

    def command_review_undo(self) -> None:
        """Take the last choice back."""
        undone = self.review.undone()
        group = undone.group
        if self.review.choice_for(group).different and not undone.choice_for(group).different:
            self._keeper.remember_different(group.key, different=False)
        self._take(undone)

    # -- going about --------------------------------------------------------------------------------------

    def command_review_next(self) -> None:
        """Go to the next group."""
        self._take(self.review.moved(1))

    def command_review_previous(self) -> None:
        """Go to the group before."""
        self._take(self.review.moved(-1))

    def command_review_next_copy(self) -> None:
        """Go to the copy on the right."""
        self.table.copy += 1
        self.draw()

    def command_review_previous_copy(self) -> None:
        """Go to the copy on the left."""
        self.table.copy -= 1
        self.draw()

    def command_review_fields(self) -> None:
        """Show all fields, or only those that differ."""
        self.table.all_fields = not self.table.all_fields
        self.draw()

    def command_review_close(self) -> None:
        """Back to the groups."""
        self.leave()

    def leave(self) -> None:
        """Keep what was chosen, and close."""
        if self._rest:
            self._rest.stop()
        self._keep()
        self.dismiss()

    # -- drawing ------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw the group in hand."""
        self.table.show(self.group, self.review.choice.keep)
        self.pair_anew()
        self.draw_pictures()
        notes = [] if self.has_class("-flat") else [review_notes(self.review, self.table)]
        self.head.update(Content("\n").join([review_facts(self.review), *notes]))
        self.call_after_refresh(draw_keys, self)

    def on_row_view_opened(self) -> None:
        """Settle the group, and go on."""
        self.command_review_accept()

    def on_resize(self) -> None:
        """Fit everything to the new size."""
        self.call_after_refresh(self.draw)
