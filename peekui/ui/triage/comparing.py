"""Comparing the members of a group: their pictures, and two of them by turns in one place."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual.getters import query_one

from peekui.ui.picturing import ShowsPictures
from peekui.ui.running import RunsCommands
from peekui.ui.screens.closing import Overlay
from peekui.ui.triage.member_columns import pair_with
from peekui.ui.triage.member_pictures import MemberPictures, has_pictures
from peekui.ui.triage.member_table import MemberTable

if TYPE_CHECKING:
    from textual.timer import Timer

    from peekui.triage.duplicates import DuplicateGroup
    from peekui.ui.session import Session
    from peekui.ui.triage.member_columns import Flicker

__all__ = ["ComparesCopies"]

_TURN = 0.5
"""Seconds between the turns of two copies that take them by themselves."""
_PICTURES_FROM = 30
"""Lines of the screen from which on there is room for pictures."""


class ComparesCopies(ShowsPictures, RunsCommands, Overlay[None]):
    """Base of the review, which says what becomes of the members."""

    table = query_one(MemberTable)
    pictures = query_one(MemberPictures)

    def __init__(self, session: Session) -> None:
        """Take what to get pictures with; at first they are shown only where calls are not rationed."""
        super().__init__()
        self._session = session
        self._turns: Timer | None = None
        client = session.connected
        self._pictures_wanted = client is not None and client.budget.state.limit is None

    @property
    @abstractmethod
    def group(self) -> DuplicateGroup:
        """The group in hand."""

    @abstractmethod
    def draw(self) -> None:
        """Draw everything anew."""

    # -- by turns -----------------------------------------------------------------------------------------

    def command_review_flicker(self) -> None:
        """Show the other of two copies in the same place; the first time, the one under the cursor."""
        self._stop_turns()
        self._turn()

    def command_review_flicker_on(self) -> None:
        """Have them take turns until the next press, unless nothing is to move on this screen."""
        if self._turns:
            self._stop_turns()
            return
        self._turn()
        if self.app.animation_level == "none":
            self.notify("Nothing moves by itself here: A/B shows the other copy.", markup=False)
        else:
            self._turns = self.set_interval(_TURN, self._turn)

    def command_review_side_by_side(self) -> None:
        """Show the copies side by side again."""
        self._stop_turns()
        self.table.flicker = None
        self.draw()

    def _turn(self) -> None:
        table = self.table
        table.flicker = table.flicker.next() if table.flicker else self._pair()
        self.draw()

    def _stop_turns(self) -> None:
        if self._turns:
            self._turns.stop()
        self._turns = None

    def pair_anew(self) -> None:
        """Have the copies take turns that are to be compared now."""
        if now := self.table.flicker:
            pair = self._pair()
            self.table.flicker = pair and pair._replace(turned=now.turned)

    def _pair(self) -> Flicker | None:
        shown = self.table.shown
        return pair_with(shown.members, shown.keep, self.table.copy)

    # -- pictures -----------------------------------------------------------------------------------------

    def command_review_pictures(self) -> None:
        """Show pictures, or none; say why there are none."""
        if why_not := self._why_no_pictures_here():
            self.notify(why_not, severity="warning", markup=False)
        else:
            self._pictures_wanted = not self._pictures_wanted
            self.draw()

    def draw_pictures(self) -> None:
        """Show the pictures of the members that are drawn, where there are any and there is room."""
        self.pictures.display = self._pictures_wanted and not self._why_no_pictures_here()
        if self.pictures.display:
            self.pictures.show(self.group, self.table.columns, self.table.flicker)

    def _why_no_pictures_here(self) -> str:
        if reason := self.why_no_pictures():
            return reason
        if not has_pictures(self.group):
            return "There are no pictures of these copies."
        return "" if self.size.height >= _PICTURES_FROM else f"Pictures take a screen of {_PICTURES_FROM} lines."
