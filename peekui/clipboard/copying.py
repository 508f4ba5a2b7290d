"""Takes a text to the clipboard by one route after another, until one has it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from peekui.clipboard import tools
from peekui.clipboard.routes import Route

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Certainty", "Outcome", "copy"]

_SAFE_FOR_TERMINALS = 1000
"""Bytes; some terminals drop a longer OSC 52 without a word."""
_MOST_FOR = {Route.TERMINAL: 74_994, Route.BROWSER: 7_499_994}
"""Bytes. The escape sequence has 100,000 of them, which the most patient terminals take; a page takes ten million."""


class Certainty(StrEnum):
    """What is known of a copy."""

    COPIED = "copied"
    """The clipboard was read back as it was written."""
    SENT = "sent"
    """It was sent to where nothing confirms it."""
    DOUBTFUL = "doubtful"
    """It was sent, and is so long that it may have been dropped."""
    NOWHERE = "nowhere"
    """No route could be taken."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a copy.

    Attributes:
        certainty: What is known.
        route: By which route; None for nowhere.
    """

    certainty: Certainty
    route: Route | None = None


async def copy(text: str, routes: Iterable[Route], send: Callable[[str], object]) -> Outcome:
    """Put text on the clipboard; does not hold up the event loop, and raises nothing.

    Args:
        text: Anything.
        routes: Those to try, in that order (`routes_from`).
        send: Asks the terminal to take a text, such as Textual's `copy_to_clipboard`; an OSError says there is none.

    Returns:
        What is known. Where a long text was sent without being sure of it, a later route may have made sure.
    """
    text = text.encode("utf-8", "replace").decode()  # half a surrogate pair has no form on any clipboard
    is_long = len(text.encode()) > _SAFE_FOR_TERMINALS
    sent: Route | None = None
    for route in routes:
        if route is Route.NATIVE:
            if await tools.copy_natively(text):
                return Outcome(Certainty.COPIED, route)
        elif sent is None and await _send(route, text, send):
            if not is_long or route is Route.BROWSER:
                return Outcome(Certainty.SENT, route)
            sent = route  # it may be on its way: only reading it back could tell more
    return Outcome(Certainty.DOUBTFUL if sent else Certainty.NOWHERE, sent)


async def _send(route: Route, text: str, send: Callable[[str], object]) -> bool:
    if route is Route.TMUX:
        return await tools.copy_to_tmux(text)
    if len(text.encode()) > _MOST_FOR[route]:
        return False
    try:
        send(text)
    except OSError:
        return False
    return True
