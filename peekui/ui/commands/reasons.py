"""Reasons why a command cannot be run now; each gives None when it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peekui.ui.commands.command import Situation

__all__ = ["needs_asset", "needs_collections", "needs_narrowing", "needs_problem"]


def needs_asset(now: Situation) -> str | None:
    """It is about the asset under the cursor, or the open one."""
    return None if now.asset else "there is no asset under the cursor"


def needs_narrowing(now: Situation) -> str | None:
    """It takes away what narrows the rows."""
    return None if now.narrowed else "no search or filter is active"


def needs_collections(now: Situation) -> str | None:
    """It asks for rows, which takes collections."""
    return None if now.collections else "no collections are loaded yet"


def needs_problem(now: Situation) -> str | None:
    """It is about a failure on show."""
    return None if now.problem else "nothing has failed here"
