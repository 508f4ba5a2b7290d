"""An event loop whose clock jumps to the next timer instead of waiting for it: minutes of calls in milliseconds."""

from __future__ import annotations

import asyncio
import math
import selectors
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

__all__ = ["run"]

Result = TypeVar("Result")


class _JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.moment = 0.0
        super().__init__(_JumpingSelector(self))

    def time(self) -> float:
        return self.moment


class _JumpingSelector(selectors.DefaultSelector):
    def __init__(self, loop: _JumpingLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        events = super().select(0)
        if not events and timeout is None:
            raise AssertionError("everything waits and nothing will wake it")
        if not events and timeout:
            moment = self._loop.moment
            self._loop.moment = max(moment + timeout, math.nextafter(moment, math.inf))
        return events


def run(story: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in jumping time, from 0; fails when nothing can ever happen again."""
    with asyncio.Runner(loop_factory=_JumpingLoop) as runner:
        return runner.run(story)
