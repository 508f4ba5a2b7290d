"""Reasons why a command cannot be run now; each gives None when it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peekui.ui.commands.command import Situation

__all__ = [
    "needs_ahead",
    "needs_asset",
    "needs_behind",
    "needs_call",
    "needs_collections",
    "needs_filtered_names",
    "needs_key",
    "needs_marks",
    "needs_names",
    "needs_narrowing",
    "needs_problem",
    "needs_uncounted",
    "needs_waiting_call",
]


def needs_asset(now: Situation) -> str | None:
    """It is about the asset under the cursor, or the open one."""
    return None if now.asset else "there is no asset under the cursor"


def needs_narrowing(now: Situation) -> str | None:
    """It takes away what narrows the rows."""
    return None if now.narrowed else "no search or filter is active"


def needs_collections(now: Situation) -> str | None:
    """It asks for rows, which takes collections."""
    return None if now.collections else "no collections are loaded yet"


def needs_marks(now: Situation) -> str | None:
    """It is about marked assets."""
    return None if now.marked else "no asset is marked"


def needs_problem(now: Situation) -> str | None:
    """It is about a failure on show."""
    return None if now.problem else "nothing has failed here"


def needs_names(now: Situation) -> str | None:
    """It is about names in a list."""
    return None if now.names else "there are no names yet"


def needs_filtered_names(now: Situation) -> str | None:
    """It lists all names again."""
    return None if now.filtered else "all names are listed"


def needs_call(now: Situation) -> str | None:
    """It is about a call that was made."""
    return None if now.call else "there is no call under the cursor"


def needs_waiting_call(now: Situation) -> str | None:
    """It is about a call that waits."""
    return None if now.waiting_call else "no call waits for its turn"


def needs_uncounted(now: Situation) -> str | None:
    """It counts what was not counted."""
    return None if now.uncounted else "it is counted, or being counted"


def needs_behind(now: Situation) -> str | None:
    """It goes back."""
    return None if now.behind else "this is where you began"


def needs_ahead(now: Situation) -> str | None:
    """It goes forward again."""
    return None if now.ahead else "you did not go back from anywhere"


def needs_key(now: Situation) -> str | None:
    """It asks for a key."""
    return None if now.locked else "the service took the key"
