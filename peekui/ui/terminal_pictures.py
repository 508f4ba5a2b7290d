"""Pictures that the terminal draws itself: sent between the frames, piece by piece, and taken away in the end."""

from __future__ import annotations

import select
import sys
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from random import randrange
from typing import TYPE_CHECKING, Any, Final, cast

from peekui.ui import kitty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import App
    from textual.driver import Driver
    from textual.timer import Timer

    from peekui.browse.pictures.raster import Raster

__all__ = ["SendsPictures", "TerminalPictures"]

_MOST: Final = 100
"""Pictures the terminal holds for us; more than can be on show."""
_PORTION: Final = 16_384
"""Characters that are sent at a time: what is pressed meanwhile is drawn after one portion at most."""
_PAUSE: Final = 1 / 60
"""Seconds between portions."""


@dataclass(slots=True)
class _Image:
    """A picture of the terminal's.

    Attributes:
        number: What the terminal knows it by.
        there: All of it was sent.
        waiting: Who is to be told then.
    """

    number: int
    there: bool = False
    waiting: set[Callable[[], object]] = field(default_factory=set)


class TerminalPictures:
    """What waits to be sent, and what the terminal holds."""

    def __init__(self, write: Callable[[str], object]) -> None:
        """Take how to write to the terminal."""
        self._write = write
        self._queue: deque[Iterator[str]] = deque()
        self._images: OrderedDict[Raster, _Image] = OrderedDict()
        self._next = randrange(0x010000, 0x800000)  # noqa: S311  (other programs in this terminal number theirs too)
        self._painters: set[Callable[[], Iterator[str]]] = set()
        self._too_many: set[int] = set()
        self._half_sent = False

    @property
    def busy(self) -> bool:
        """Whether something waits to be sent."""
        return bool(self._queue)

    def place(self, raster: Raster, sent: Callable[[], object]) -> int | None:
        """Give the number of a picture in Kitty's form, None while it is on its way.

        Args:
            raster: The picture.
            sent: Called once it can be drawn.
        """
        image = self._images.get(raster)
        if image is None:
            image = self._images[raster] = _Image(self._next)
            self._next += 1
            self.send(self._transmit(raster, image))
            if len(self._images) > _MOST:
                _, oldest = self._images.popitem(last=False)
                self._too_many.add(oldest.number)
                self.send(self._delete(oldest.number))
        self._images.move_to_end(raster)
        if image.there:
            return image.number
        image.waiting.add(sent)
        return None

    def release(self, raster: Raster, sent: Callable[[], object]) -> None:
        """Say that a picture is not drawn any more: it is not sent, unless that was begun."""
        image = self._images.get(raster)
        if image:
            image.waiting.discard(sent)

    def paint(self, painter: Callable[[], Iterator[str]]) -> None:
        """Have Sixels painted when it is their turn; who waits for that already has one turn for all.

        Args:
            painter: Gives what paints all that is to be painted then.
        """
        if painter not in self._painters:
            self._painters.add(painter)
            self.send(self._painted(painter))

    def _painted(self, painter: Callable[[], Iterator[str]]) -> Iterator[str]:
        yield from painter()
        self._painters.discard(painter)

    def send(self, pieces: Iterator[str]) -> None:
        """Have sequences sent when it is their turn; none is asked for before."""
        self._queue.append(pieces)

    def send_portion(self) -> None:
        """Send what comes next."""
        sent = 0
        while self._queue and sent < _PORTION:
            piece = next(self._queue[0], None)
            if piece is None:
                self._queue.popleft()
            else:
                self._write(piece)
                sent += len(piece)

    def forget(self) -> None:
        """Take all pictures out of the terminal at once, and send no more of what waits."""
        self._queue.clear()
        self._painters.clear()
        if self._half_sent:
            self._write(kitty.END)
        self._half_sent = False
        for number in (*(image.number for image in self._images.values()), *self._too_many):
            self._write(kitty.delete(number))
        self._images.clear()
        self._too_many.clear()

    def _transmit(self, raster: Raster, image: _Image) -> Iterator[str]:
        if self._images.get(raster) is not image:
            return  # there are newer ones enough
        if not image.waiting:
            del self._images[raster]
            return
        self._half_sent = True
        yield from kitty.transmit(image.number, raster.fine[0], raster.width, raster.rows)
        self._half_sent = False
        image.there = True
        for tell in image.waiting:
            tell()
        image.waiting.clear()

    def _delete(self, number: int) -> Iterator[str]:
        # In its turn: between the pieces of another picture the protocol allows nothing else of its own.
        yield kitty.delete(number)
        self._too_many.discard(number)


class SendsPictures:
    """Mixin for the app; it stands before Textual's class.

    However the app gives the terminal back, at its end, in a crash, to an editor, or stopped from a shell: its driver
    leaves the application mode. That is where pictures are taken away.
    """

    _pictures: TerminalPictures | None = None
    _sending: Timer | None = None

    @property
    def terminal_pictures(self) -> TerminalPictures:
        """The pictures of the terminal this app runs in."""
        if self._pictures is None:
            self._pictures = TerminalPictures(self._write_out)
        return self._pictures

    def send_pictures(self) -> None:
        """Go on sending until nothing waits."""
        if self._sending is None:
            self._sending = cast("App[Any]", self).set_interval(_PAUSE, self._send_portion)
        self._sending.resume()

    def _send_portion(self) -> None:
        # A terminal that is slow to take what it was sent would keep the next frame waiting.
        if cast("App[Any]", self).is_headless or _takes_more():
            self.terminal_pictures.send_portion()
        if self._sending and not self.terminal_pictures.busy:
            self._sending.pause()

    def _write_out(self, sequence: str) -> None:
        if driver := cast("App[Any]", self)._driver:  # noqa: SLF001  (what `App` itself draws with)
            driver.write(sequence)

    def get_driver_class(self) -> type[Driver]:
        """Give Textual's own, which takes the pictures away before it leaves."""
        textuals: type[Driver] = super().get_driver_class()  # type: ignore[misc]  # (the app's)

        def stop_application_mode(driver: Driver) -> None:
            if self._pictures:
                self._pictures.forget()
            textuals.stop_application_mode(driver)

        return type(textuals.__name__, (textuals,), {"stop_application_mode": stop_application_mode})


def _takes_more() -> bool:
    """Whether the terminal has taken what was written to it."""
    if sys.platform == "win32" or sys.__stderr__ is None:
        return True
    return bool(select.select([], [sys.__stderr__], [], 0)[1])
