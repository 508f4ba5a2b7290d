"""The task that made an asset what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.ui.inspector.json_pane import JsonPane
from peekui.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from peekui.filters.nodes import JsonValue

__all__ = ["TaskTab"]


class TaskTab(Pane):
    """Shows its status, inputs and outputs, or why they are not known."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's word)
        """Start with nothing asked."""
        self._tree = JsonPane(id="task-tree")
        super().__init__(self._tree, title="", id=id)

    def take_focus(self) -> None:
        """Put the focus on the tree, and not on its line, which is hidden."""
        if self.notice.display:
            super().take_focus()
        else:
            self._tree.view.focus()

    def show(self, value: JsonValue) -> None:
        """Show a task."""
        self._tree.show(value, [("inputs",), ("inputs", 0), ("outputs",), ("outputs", 0)])
        self.show_body()
