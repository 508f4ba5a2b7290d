"""What a pane shows in place of its rows: loading, waiting, empty, locked, forbidden or failed, each with its look."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from peekui.api.errors import CallCancelled, Forbidden, MixpeekError, NoAnswer, NoApiKey, RateLimited, Unauthorized
from peekui.ui.running import key_for
from peekui.ui.untrusted import one_line, visible

__all__ = ["Notice", "Problem", "Tone", "Trouble"]


class Tone(StrEnum):
    """Kinds of notice; each has its symbol and its colour."""

    LOADING = "loading"
    WAITING = "waiting"
    EMPTY = "empty"
    LOCKED = "locked"
    FORBIDDEN = "forbidden"
    FAILED = "failed"


_SYMBOLS = {
    Tone.LOADING: "…",
    Tone.WAITING: "◔",
    Tone.EMPTY: "○",
    Tone.LOCKED: "⊘",
    Tone.FORBIDDEN: "⊗",
    Tone.FAILED: "✗",
}
_STYLES = {
    Tone.LOADING: "$foreground 60%",
    Tone.WAITING: "bold $text-warning",
    Tone.EMPTY: "",
    Tone.LOCKED: "bold $text-warning",
    Tone.FORBIDDEN: "bold $text-error",
    Tone.FAILED: "bold $text-error",
}


class Trouble(StrEnum):
    """What kind of failure it is, where that decides what happens next."""

    OTHER = "other"
    KEY = "key"
    FORBIDDEN = "forbidden"
    LIMITED = "limited"
    OFFLINE = "offline"
    CANCELLED = "cancelled"


_TROUBLES: tuple[tuple[type[MixpeekError] | tuple[type[MixpeekError], ...], Trouble], ...] = (
    ((NoApiKey, Unauthorized), Trouble.KEY),
    (Forbidden, Trouble.FORBIDDEN),
    (RateLimited, Trouble.LIMITED),
    (NoAnswer, Trouble.OFFLINE),
    (CallCancelled, Trouble.CANCELLED),
)
_TONES = {Trouble.KEY: Tone.LOCKED, Trouble.FORBIDDEN: Tone.FORBIDDEN, Trouble.LIMITED: Tone.WAITING}
_REMEDIES = (("view.reload", "tries again"), ("view.copy_problem", "copies all that is known of it"))
_REMEDIES_FOR_KEYS = (("service.key", "takes another key"), *_REMEDIES)


@dataclass(frozen=True, slots=True)
class Problem:
    """A failure as it is shown and copied.

    Attributes:
        what: What happened.
        advice: What can be done.
        detail: Everything known.
        trouble: Kind of failure.
    """

    what: str
    advice: str
    detail: str
    trouble: Trouble = Trouble.OTHER

    @classmethod
    def of(cls, error: MixpeekError) -> Problem:
        """Take it from an error of the API layer."""
        trouble = next((trouble for kinds, trouble in _TROUBLES if isinstance(error, kinds)), Trouble.OTHER)
        return cls(error.what, error.advice, error.detail, trouble)

    @property
    def tone(self) -> Tone:
        """Kind of notice that tells it."""
        return _TONES.get(self.trouble, Tone.FAILED)


class Notice(Widget, can_focus=True):
    """A symbol, a sentence, and what to do."""

    problem: Problem | None = None
    """The failure it tells of, if it does."""
    tone: Tone = Tone.LOADING
    """Kind of what is said."""
    text: reactive[Content] = reactive(Content, layout=True)
    """What is drawn."""

    def render(self) -> Content:
        """Draw the text; below a failure, what can be done about it with which key."""
        if self.problem is None:
            return self.text
        remedies = _REMEDIES_FOR_KEYS if self.problem.trouble is Trouble.KEY else _REMEDIES
        hints = (f"{key_for(command, self)} {does}" for command, does in remedies)
        return Content("\n").join([self.text, *(Content.styled(hint, "$foreground 60%") for hint in hints)])

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
        """Say what went wrong."""
        self.show(problem.tone, problem.what, problem.advice)
        self.problem = problem
