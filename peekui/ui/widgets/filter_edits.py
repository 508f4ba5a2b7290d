"""What a builder can do to the node in hand of a filter, each by one key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from peekui.filters import edits
from peekui.filters.edits import EditRefused
from peekui.filters.nodes import Group, Kind, TooDeep
from peekui.ui.commands import Situation, Where
from peekui.ui.running import bindings_for
from peekui.ui.screens.asking import AskingScreen
from peekui.ui.widgets.choice_list import Choice
from peekui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from collections.abc import Callable

    from peekui.browse.filter_draft import FilterDraft
    from peekui.filters.edits import Edit
    from peekui.filters.problems import Fix

__all__ = ["FilterEdits"]

_NEXT_CASE: Final = {None: True, True: False, False: None}


class FilterEdits(RowView):
    """Base of the tree of a filter: it changes a draft; a subclass draws it.

    Attributes:
        draft: What is edited.
    """

    BINDINGS: ClassVar[list[Any]] = bindings_for(Where.FILTER_TREE)

    def __init__(self, draft: FilterDraft, edit: Callable[[], object]) -> None:
        """Take what to edit.

        Args:
            draft: The filter.
            edit: Goes to where the node in hand is filled in.
        """
        super().__init__()
        self.draft = draft
        self._edit = edit

    def situation(self) -> Situation:
        """Say what decides whether commands can be run now."""
        node = self.draft.node
        return Situation(
            inner_node=bool(self.draft.path), group=isinstance(node, Group), fixable=bool(self.draft.problems_in_hand)
        )

    def change(self, edit: Callable[[], Edit]) -> None:
        """Edit the draft, or say why that cannot be done."""
        try:
            done = edit()
        except (EditRefused, TooDeep) as reason:
            self.notify(f"Not done: {reason}.", severity="warning", markup=False)
        else:
            self.draft.apply(done)

    def command_rows_open(self) -> None:
        """Fill in the node in hand."""
        self._edit()

    def command_filter_edit(self) -> None:
        """Fill in the node in hand."""
        self._edit()

    def command_filter_insert(self) -> None:
        """Make room for a condition, and fill it in."""
        self.draft.begin_condition()
        self._edit()

    def command_filter_all(self) -> None:
        """Ask for all."""
        self._ask_for(Kind.AND)

    def command_filter_any(self) -> None:
        """Ask for any."""
        self._ask_for(Kind.OR)

    def command_filter_none(self) -> None:
        """Ask for none."""
        self._ask_for(Kind.NOR)

    def command_filter_wrap(self) -> None:
        """Put the node into a group of its own."""
        self._change(edits.wrap)

    def command_filter_unwrap(self) -> None:
        """Put the children of the group in its place."""
        self._change(edits.unwrap)

    def command_filter_negate(self) -> None:
        """Ask for the opposite."""
        self._change(edits.negate)

    def command_filter_duplicate(self) -> None:
        """Put a copy behind it."""
        self._change(edits.duplicate)

    def command_filter_mute(self) -> None:
        """Leave it out, or take it in again."""
        self._change(edits.mute)

    def command_filter_delete(self) -> None:
        """Take it away."""
        self._change(edits.remove)

    def command_filter_down(self) -> None:
        """Move it down a line."""
        self._change(edits.step_down)

    def command_filter_up(self) -> None:
        """Move it up a line."""
        self._change(edits.step_up)

    def command_filter_case(self) -> None:
        """Compare case in the next way."""
        group = self.draft.node
        if isinstance(group, Group):
            self._change(edits.set_case, _NEXT_CASE[group.case_sensitive])

    def command_filter_flatten(self) -> None:
        """Merge groups."""
        self.draft.replace(edits.flatten(self.draft.tree).tree)

    def command_filter_fix(self) -> None:
        """Mend what is wrong with the node; ask how where several things are."""
        problems = self.draft.problems_in_hand
        if len(problems) == 1:
            self._mend(problems[0].fix)
            return
        choices = [Choice(one.fix.title, text=f"{one.reason}.", run=partial(self._mend, one.fix)) for one in problems]
        self.app.push_screen(AskingScreen("Mend", choices), lambda run: run() if run else None)

    def _mend(self, fix: Fix) -> None:
        try:
            self.draft.replace(fix.apply(self.draft.tree))
        except TooDeep as reason:
            self.notify(f"Not done: {reason}.", severity="warning", markup=False)

    def _ask_for(self, kind: Kind) -> None:
        self._change(edits.change_kind if isinstance(self.draft.node, Group) else edits.wrap, kind)

    def _change(self, edit: Callable[..., Edit], *arguments: object) -> None:
        self.change(partial(edit, self.draft.tree, self.draft.path, *arguments))
