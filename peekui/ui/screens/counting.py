"""What the dialogs have in common that count when that is worth its calls: they say the cost, and why it failed."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, cast

from textual.content import Content

from peekui.ui.filter_loader import mistake_in
from peekui.ui.running import RunsCommands, key_for
from peekui.ui.untrusted import one_line

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.worker import Worker

    from peekui.ui.filter_loader import QuestionFailed
    from peekui.ui.session import Session

__all__ = ["CountsOnDemand"]


class CountsOnDemand(RunsCommands):
    """Base of a dialog with things to count.

    Attributes:
        counting: They are being counted.
        trouble: Why there is no more; empty while all is well.
    """

    counting = False
    trouble = ""
    _session: Session

    @abstractmethod
    def draw(self) -> None:
        """Draw what is known."""

    @abstractmethod
    def calls_left(self) -> int:
        """Say how many calls it takes to count what was not counted yet."""

    def on_question_failed(self, message: QuestionFailed) -> None:
        """Keep what was counted, and say why there is no more."""
        self.counting = False
        self.trouble = f"{message.problem.what} {message.problem.advice}"
        self.draw()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say that a mistake of ours is why there is no more."""
        if failed := mistake_in(event):
            self.on_question_failed(failed)

    def counting_state(self, command: str, counted: str) -> Content:
        """Say how the counting goes.

        Args:
            command: Id of the one that counts.
            counted: What to say when everything was.
        """
        left, client = self.calls_left(), self._session.connected
        if self.trouble:
            return Content.styled(f"✗ {one_line(self.trouble)}", "$text-error")
        if not left:
            return Content.styled(counted, "dim")
        cost = str(client.budget.cost(left)) if client else f"{left} calls"
        key = key_for(command, cast("DOMNode", self))
        said = f"Counting: {cost} left…" if self.counting else f"{key} counts these: {cost}."
        return Content.styled(said, "dim")
