"""The clipboard as the app reaches it, and the sentences that say what is known of a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from peekui.clipboard import copying
from peekui.clipboard.copying import Certainty
from peekui.clipboard.routes import Route

if TYPE_CHECKING:
    from textual.app import App

    from peekui.clipboard.copying import Outcome
    from peekui.ui.app import PeekApp

__all__ = ["copy", "needs_showing", "what_is_known"]

_SENT = {
    Route.TMUX: "{what} is in tmux's buffer, and was passed on to the terminal, which does not confirm.",
    Route.TERMINAL: "{what} sent to the terminal; whether it took it cannot be known. Paste to check.",
    Route.BROWSER: "{what} handed to the browser. Where it refuses, the page shows it whole.",
}
_DOUBTFUL = {
    Route.TMUX: "It is in tmux's buffer, but it is long and some terminals drop that. Here it is whole.",
    Route.TERMINAL: "Sent to the terminal, but it is long and some terminals drop that. Here it is whole.",
}
_NOWHERE = "No clipboard that takes it can be reached from here. Here it is whole."


async def copy(app: App[Any], text: str) -> Outcome:
    """Put text on the clipboard, by the routes the user wants.

    Args:
        app: Whose terminal to use.
        text: Anything.
    """
    return await copying.copy(text, cast("PeekApp", app).routes, app.copy_to_clipboard)


def needs_showing(outcome: Outcome) -> bool:
    """Whether the text may be on no clipboard, so that the user is to see it whole."""
    return outcome.certainty in {Certainty.DOUBTFUL, Certainty.NOWHERE}


def what_is_known(what: str, outcome: Outcome) -> str:
    """Say what is known of a copy.

    Args:
        what: Name of what was copied, with a capital first.
        outcome: Of copying it.
    """
    if outcome.certainty is Certainty.COPIED:
        return f"{what} copied."
    if outcome.route is None:
        return _NOWHERE
    return _DOUBTFUL[outcome.route] if needs_showing(outcome) else _SENT[outcome.route].format(what=what)
