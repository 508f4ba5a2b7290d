"""What a program paints and when: recorded while it runs, looked at afterwards, so that looking delays nothing."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.end_to_end.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pyte import Screen

__all__ = ["Frame", "Recorder"]

_ASKS_FOR_FRAMES: Final = b"\x1b[?2026$p"
_FRAMES_ARE_KNOWN: Final = b"\x1b[?2026;2$y"
_FRAME_ENDS: Final = b"\x1b[?2026l"


class Frame(NamedTuple):
    """A frame: when its last byte was read (`time.perf_counter`), and what was seen in it."""

    at: float
    seen: int | None


class Recorder(Terminal):
    """A terminal that brackets frames (synchronised output), and notes when each part of them came."""

    _parts: list[tuple[float, bytes]] | None = None
    _asked = b""

    def record(self, keys: Sequence[tuple[float, str]], rest: float = 0.5) -> float:
        """Type on a schedule, and note what is painted.

        Args:
            keys: Seconds from the start, and what is typed then.
            rest: Seconds to go on listening after the last.

        Returns:
            When it started (`time.perf_counter`).
        """
        self._parts = []
        started = time.perf_counter()
        for after, typed in keys:
            self._listen(started + after)
            self.send(typed)
        self._listen(time.perf_counter() + rest)
        return started

    def frames(self, look: Callable[[Screen], int | None]) -> Iterator[Frame]:
        """Draw what was recorded, frame by frame.

        Args:
            look: Gives what is of interest on the screen after a frame.
        """
        parts, self._parts = self._parts or [], None
        for at, data in parts:
            for piece in data.split(_FRAME_ENDS)[:-1]:
                super()._take(piece + _FRAME_ENDS)
                yield Frame(at, look(self._screen))
            super()._take(data.rsplit(_FRAME_ENDS, 1)[-1])

    def _listen(self, until: float) -> None:
        while (left := until - time.perf_counter()) > 0:
            self._read(left)

    def _take(self, data: bytes) -> None:
        if _ASKS_FOR_FRAMES in self._asked + data:
            os.write(self._leader, _FRAMES_ARE_KNOWN)
            self._asked = b""
        else:
            self._asked = data[-len(_ASKS_FOR_FRAMES) :]
        if self._parts is None:
            super()._take(data)
        elif data:
            self._parts.append((time.perf_counter(), data))
