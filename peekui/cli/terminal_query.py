"""Asks the terminal what it can do, with a deadline; only where nothing else reads from it: answers come as keys."""

from __future__ import annotations

import os
import re
import select
import termios
import time
import tty
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Abilities", "ask_terminal", "read_abilities"]

_PATIENCE: Final = 1.0
"""Seconds; over a slow line an answer takes two tenths."""
_QUESTIONS: Final = (
    b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"  # Kitty's pictures: may one pixel be sent?
    b"\x1b[>q"  # name and version (XTVERSION)
    b"\x1b[?1006$p"  # the mouse beyond column 223 (DECRQM)
    b"\x1b[c"  # who are you (DA1): everyone answers, so it comes last
)
_WHO: Final = re.compile(rb"\x1b\[\?([0-9;]*)c")
_MOUSE: Final = re.compile(rb"\x1b\[\?1006;([0-4])\$y")
_KITTY: Final = re.compile(rb"\x1b_Gi=31;OK")
_NAME: Final = re.compile(rb"\x1bP>\|([ -~]{1,60})\x1b\\")
_PLACEHOLDERS: Final = re.compile(r"ghostty|kitty\((?:[1-9]|0\.(?:2[89]|[3-9]\d))")
"""Terminals that draw Kitty's pictures in cells; others that take them put them over the text."""
_SIXEL: Final = b"4"
"""Attribute of a terminal that draws them (DA1)."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a terminal says of itself.

    Attributes:
        answers: It answered at all.
        name: What it calls itself, with its version; empty where it does not say.
        kitty: It draws pictures the way Kitty does.
        sixel: It draws Sixel pictures.
        mouse: It reports the mouse; None where it does not say.
    """

    answers: bool
    name: str = ""
    kitty: bool = False
    sixel: bool = False
    mouse: bool | None = None

    @property
    def placeholders(self) -> bool:
        """Whether it draws Kitty's pictures in cells, which peekui goes by."""
        return self.kitty and _PLACEHOLDERS.match(self.name) is not None


def ask_terminal() -> Abilities | None:
    """Ask the terminal this process belongs to; takes a second when it is silent. None where there is no terminal."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return None
    try:
        with _raw(terminal):
            os.write(terminal, _QUESTIONS)
            return read_abilities(_read(terminal))
    finally:
        os.close(terminal)


def read_abilities(answer: bytes) -> Abilities:
    """Read what a terminal answered; anything may be before, between and after it."""
    who, mouse, name = _WHO.search(answer), _MOUSE.search(answer), _NAME.search(answer)
    return Abilities(
        answers=who is not None,
        name="" if name is None else name[1].decode("ascii"),
        kitty=_KITTY.search(answer) is not None,
        sixel=who is not None and _SIXEL in who[1].split(b";")[1:],
        mouse=None if mouse is None else mouse[1] != b"0",
    )


@contextmanager
def _raw(terminal: int) -> Iterator[None]:
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal)
    try:
        yield
    finally:
        # What comes too late is thrown away: the shell would take it for something typed.
        termios.tcsetattr(terminal, termios.TCSAFLUSH, before)


def _read(terminal: int) -> bytes:
    answer, deadline = b"", time.monotonic() + _PATIENCE
    while not _WHO.search(answer):
        ready, _, _ = select.select([terminal], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            break
        answer += os.read(terminal, 4096)
    return answer
