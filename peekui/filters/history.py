"""Undo and redo over values that never change."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

__all__ = ["History"]

State = TypeVar("State")

_STEPS = 1000


class History(Generic[State]):
    """The states something was in, and which of them is current.

    Attributes:
        current: The state to show.
    """

    def __init__(self, first: State) -> None:
        self.current = first
        self._before: deque[State] = deque(maxlen=_STEPS)
        self._after: list[State] = []

    def push(self, state: State) -> None:
        """Make a new state the current one; one that is equal to it changes nothing, any other forgets what was undone.

        The oldest of more than 1,000 states are forgotten.
        """
        if state == self.current:
            return
        self._before.append(self.current)
        self._after.clear()
        self.current = state

    def undo(self) -> bool:
        """Go back to the state before; False when there is none."""
        if not self._before:
            return False
        self._after.append(self.current)
        self.current = self._before.pop()
        return True

    def redo(self) -> bool:
        """Take the last undo back; False when there is none."""
        if not self._after:
            return False
        self._before.append(self.current)
        self.current = self._after.pop()
        return True
