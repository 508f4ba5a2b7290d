"""A dialog with a question and a few answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from peekui.ui.screens.choosing import ChoosingScreen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from peekui.ui.widgets.choice_list import Choice

__all__ = ["AskingScreen"]


class AskingScreen(ChoosingScreen):
    """Gives what does the answer that was chosen, None when the user left."""

    CSS_PATH: ClassVar[Any] = ["choosing.tcss", "asking.tcss"]
    hint = "↑↓ and Enter choose; Esc leaves all as it is"

    def __init__(self, question: str, answers: Sequence[Choice]) -> None:
        """Take the question, and the answers with what does them."""
        super().__init__()
        self.title_shown = question
        self._answers = answers

    def choices(self, wanted: str) -> Iterable[Choice]:
        """Give the answers with these letters."""
        return [answer for answer in self._answers if wanted.casefold() in answer.title.casefold()]
