"""The frame beside the tree of a filter: the editor of the node in hand, and what is wrong with the node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from peekui.filters.nodes import Condition
from peekui.ui.untrusted import one_line
from peekui.ui.widgets.condition_editor import ConditionEditor
from peekui.ui.widgets.group_editor import GroupEditor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult

    from peekui.browse.filter_draft import FilterDraft
    from peekui.browse.seen_fields import SeenFields
    from peekui.filters.nodes import Node
    from peekui.filters.paths import Path
    from peekui.filters.problems import Problem

__all__ = ["NodeEditor"]


class NodeEditor(VerticalScroll, can_focus=False):
    """Follows the node in hand of a draft."""

    class FixWanted(Message):
        """What is wrong was clicked."""

    def __init__(self, draft: FilterDraft, fields: SeenFields, leave: Callable[[], object]) -> None:
        """Take what to edit; see `ConditionEditor`."""
        super().__init__(id="filter-editor")
        self._draft = draft
        self._shown: tuple[Node, Path, Path | None] | None = None
        self._problems_shown: Sequence[Problem] = ()
        self.condition = ConditionEditor(draft, fields, leave)
        self.group = GroupEditor(draft, leave)
        self.problems = Static(id="node-problems", markup=False)
        self.problems.display = False

    def compose(self) -> ComposeResult:
        """Both editors, of which one is shown, and the problems."""
        yield self.condition
        yield self.group
        yield self.problems

    def on_mount(self) -> None:
        """Follow the draft as long as the editor is there."""
        self._stop = self._draft.on_change(self._follow)
        self._follow()

    def on_unmount(self) -> None:
        """Hear no more of the draft."""
        self._stop()

    @property
    def fills_in_a_condition(self) -> bool:
        """Whether the editor of a condition is shown."""
        return self._draft.inserting is not None or isinstance(self._draft.node, Condition)

    def take_focus(self) -> None:
        """Go to where the node in hand is filled in."""
        if self.fills_in_a_condition:
            self.condition.take_focus()
        else:
            self.group.take_focus()

    def finish(self) -> bool:
        """Take what is being typed; False where it cannot be, or a part is missing."""
        return not self.fills_in_a_condition or self.condition.finish()

    def revert(self) -> None:
        """Forget what is being typed."""
        self.condition.show()

    def _follow(self) -> None:
        self._draw_problems()
        state = (self._draft.node, self._draft.path, self._draft.inserting)
        if self._shown is not None and state[0] is self._shown[0] and state[1:] == self._shown[1:]:
            return  # what was typed stays, whatever else became known
        self._shown = state
        condition = self.fills_in_a_condition
        self.condition.display, self.group.display = condition, not condition
        new = self._draft.inserting is not None
        self.border_title = ("New condition" if new else "Condition") if condition else "Group"
        (self.condition if condition else self.group).show()

    def _draw_problems(self) -> None:
        found = self._draft.problems_in_hand
        if not self._draft.checked or found == self._problems_shown:
            return
        self._problems_shown = found
        lines = [Content.assemble(("⚠ ", "$text-warning"), one_line(problem.reason)) for problem in found]
        if found:
            fixes = " · ".join(one_line(problem.fix.title) for problem in found)
            lines.append(Content.assemble(("f ", "bold $primary"), fixes))
        self.problems.display = bool(found)
        self.problems.update(Content("\n").join(lines))

    def on_click(self, event: events.Click) -> None:
        """Mend what is wrong where that was clicked."""
        if event.widget is self.problems:
            self.post_message(self.FixWanted())
