"""Telling whoever looks that something changed, so that nobody has to poll."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Observable"]


class Observable:
    """Something that changes and says so."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[], object]] = []

    def on_change(self, callback: Callable[[], object]) -> Callable[[], None]:
        """Have something called after every change, in the event loop's thread; it must be quick and raise nothing.

        Returns:
            What to call to hear no more of it.
        """
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

    def _tell(self) -> None:
        for callback in self._callbacks.copy():
            callback()
