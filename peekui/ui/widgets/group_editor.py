"""The editor of a group: what it asks of what it holds, and how it compares case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import Static

from peekui.filters import edits
from peekui.filters.nodes import Condition, Group, Kind
from peekui.ui.widgets.option_rows import Option, OptionRows

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from peekui.browse.filter_draft import FilterDraft
    from peekui.ui.widgets.row_view import RowView

__all__ = ["GroupEditor"]

_KINDS = (Option("all of", Kind.AND), Option("any of", Kind.OR), Option("none of", Kind.NOR))
_CASES = (Option("any case", value=False), Option("exact case", value=True))


class GroupEditor(Vertical):
    """Changes the group in hand of a draft."""

    def __init__(self, draft: FilterDraft, leave: Callable[[], object]) -> None:
        """Take what to edit.

        Args:
            draft: The filter.
            leave: Goes back to where the node was chosen.
        """
        super().__init__()
        self._draft = draft
        self._leave = leave
        self.kind = OptionRows()
        self.case = OptionRows()
        self._holds = Static(id="group-holds", classes="editor-note", markup=False)

    def compose(self) -> ComposeResult:
        """Two questions, and what is in the group."""
        yield Static("The assets match", classes="editor-label")
        yield self.kind
        yield self._holds
        yield Static("Texts compare in", classes="editor-label")
        yield self.case

    def show(self) -> None:
        """Draw the group in hand."""
        group = self._draft.node
        if not isinstance(group, Group):
            return
        inherited = Option("the case of the group around it", None) if self._draft.path else Option("any case", None)
        others = _CASES if self._draft.path else _CASES[1:]
        self.kind.show(_KINDS, group.kind)
        self.case.show((inherited, *others), group.case_sensitive)
        self._holds.update(_held(group))

    def take_focus(self) -> None:
        """Begin with the kind."""
        self.screen.set_focus(self.kind)

    def on_row_view_opened(self, event: RowView.Opened) -> None:
        """Take what was chosen."""
        event.stop()
        chosen = event.view
        if not isinstance(chosen, OptionRows):
            return
        value, tree, path = chosen.options[event.index].value, self._draft.tree, self._draft.path
        if isinstance(value, Kind):
            self._draft.apply(edits.change_kind(tree, path, value))
        else:
            self._draft.apply(edits.set_case(tree, path, None if value is None else bool(value)))
        self._leave()


def _held(group: Group) -> str:
    conditions = sum(isinstance(child, Condition) for child in group.children)
    groups = len(group.children) - conditions
    parts = [_counted(conditions, "condition"), _counted(groups, "group")]
    return f"these {' and '.join(filter(None, parts))}" if group.children else "nothing yet; i adds a condition"


def _counted(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}" if number else ""
