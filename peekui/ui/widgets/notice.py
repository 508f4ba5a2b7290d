"""What a pane shows in place of its rows: loading, empty or failed, each with its own look."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from peekui.ui.untrusted import one_line, visible

if TYPE_CHECKING:
    from peekui.api.errors import MixpeekError

__all__ = ["Notice", "Problem", "Tone"]


class Tone(StrEnum):
    """Kinds of notice; each has its symbol and its colour."""

    LOADING = "loading"
    EMPTY = "empty"
    FAILED = "failed"


_SYMBOLS = {Tone.LOADING: "…", Tone.EMPTY: "○", Tone.FAILED: "✗"}
_STYLES = {Tone.LOADING: "$foreground 60%", Tone.EMPTY: "", Tone.FAILED: "bold $text-error"}


@dataclass(frozen=True, slots=True)
class Problem:
    """A failure as it is shown and copied.

    Attributes:
        what: What happened.
        advice: What can be done.
        detail: Everything known.
    """

    what: str
    advice: str
    detail: str

    @classmethod
    def of(cls, error: MixpeekError) -> Problem:
        """Take it from an error of the API layer."""
        return cls(error.what, error.advice, error.detail)


class Notice(Widget, can_focus=True):
    """A symbol, a sentence, and what to do."""

    problem: Problem | None = None
    """The failure it tells of, if it does."""
    tone: Tone = Tone.LOADING
    """Kind of what is said."""
    text: reactive[Content] = reactive(Content, layout=True)
    """What is drawn."""

    def render(self) -> Content:
        """Draw the text."""
        return self.text

    def show(self, tone: Tone, what: str, advice: str = "") -> None:
        """Say something.

        Args:
            tone: Kind of notice.
            what: The sentence; may hold server text.
            advice: What to do about it.
        """
        self.problem = None
        lines = [Content.styled(f"{_SYMBOLS[tone]} {one_line(what)}", _STYLES[tone])]
        if advice:
            lines += [Content(), Content.styled(visible(advice), "$foreground 60%")]
        self.text = Content("\n").join(lines)
        self.tone = tone

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong, and how to copy the rest of it."""
        self.show(Tone.FAILED, problem.what, f"{problem.advice}\nE copies all that is known of it.")
        self.problem = problem
