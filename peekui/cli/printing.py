"""Records on standard output as they come. A reader that is slow or gone holds up and breaks nothing."""

from __future__ import annotations

import asyncio
import io
import sys
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, Self

from peekui.cli.common import Mistake
from peekui.cli.record_forms import FORMS

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
    from types import TracebackType
    from typing import BinaryIO

    from peekui.cli.record_forms import Form
    from peekui.search.pages import Portion
    from peekui.search.records import Record

__all__ = ["Output", "Printed", "Printer", "print_portions"]

_LAST_WORDS: Final = 0.5
"""Seconds that a row in hand has to get out after ctrl+c."""


class _ReaderGone(Exception):
    """Nobody reads standard output any more."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What was printed.

    Attributes:
        rows: How many.
        total: How many there are, None where the service does not say.
        partial: The service gave no more than its first page, whatever it was asked for.
        unread: Nobody read it to the end, as happens to what comes before `| head`.
    """

    rows: int = 0
    total: int | None = None
    partial: bool = False
    unread: bool = False


async def print_portions(
    portions: AsyncGenerator[Portion[Record]],
    form: str,
    columns: Sequence[str],
    *,
    tell: Callable[[Printed], object] = lambda _: None,
) -> Printed:
    """Print records as they come, until the last, or until nobody reads any more.

    Args:
        portions: What comes; closed at the end.
        form: Name of one of `FORMS`.
        columns: Dotted fields, for forms that have columns; the first is the id.
        tell: Hears after every portion how far it is.

    Raises:
        MixpeekError: A page could not be read.
        Mistake: Standard output takes no more.
    """
    printed = Printed()
    try:
        async with aclosing(portions), Printer(FORMS[form], columns) as printer:
            async for portion in portions:
                await printer.put(portion.rows)
                printed = Printed(printed.rows + len(portion.rows), portion.total, portion.ignored)
                tell(printed)
    except _ReaderGone:
        return replace(printed, unread=True)
    except OSError as error:
        raise Mistake(f"standard output cannot be written: {error.strerror}.") from error
    return printed


class Output(io.TextIOBase):
    """Standard output as UTF-8, collected until it is flushed; on a terminal made harmless, else exact.

    Half a surrogate pair is written as an escape, which JSON has for it.
    """

    def __init__(self, stream: BinaryIO) -> None:
        """Write to a stream, past its buffer: a thread that hangs in it must not hold its lock."""
        stream.flush()
        self._raw: BinaryIO = getattr(stream, "raw", stream)
        self._terminal = stream.isatty()
        self._parts: list[str] = []

    def isatty(self) -> bool:
        """Say whether it is a terminal."""
        return self._terminal

    def write(self, text: str) -> int:
        """Take text."""
        self._parts.append(text)
        return len(text)

    def flush(self) -> None:
        """Write all that was taken.

        Raises:
            OSError: The stream takes no more.
        """
        text = "".join(self._parts)
        self._parts.clear()
        if self._terminal:
            from peekui.ui.untrusted import visible

            text = visible(text)
        rest = memoryview(text.encode("utf-8", "backslashreplace"))
        while rest:
            rest = rest[self._raw.write(rest) or 0 :]


class Printer:
    """Writes pages in a thread of its own; one page waits at most. Use as an async context manager.

    The thread does not keep the program: whoever reads may have stopped without going.
    """

    def __init__(self, form: Form, columns: Sequence[str], stream: BinaryIO | None = None) -> None:
        """Set up; nothing is written.

        Args:
            form: How to write.
            columns: Names of columns, for forms that have them.
            stream: Where to; standard output by default.
        """
        self._form = form
        self._columns = columns
        self._out = Output(stream or sys.stdout.buffer)
        self._pages: SimpleQueue[Sequence[Record] | None] = SimpleQueue()
        self._room = asyncio.Semaphore(1)
        self._thread = Thread(target=self._run, daemon=True)

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[None] = self._loop.create_future()
        self._thread.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pages.put(None)
        if kind is None:
            await self._ended
        else:
            self._thread.join(_LAST_WORDS)

    async def put(self, page: Sequence[Record]) -> None:
        """Have a page written; waits while another one waits for the one before it.

        Raises:
            _ReaderGone: Nobody reads any more.
            OSError: It cannot be written for another reason.
        """
        room = asyncio.ensure_future(self._room.acquire())
        awaited: set[asyncio.Future[Any]] = {room, self._ended}
        await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
        if self._ended.done():
            room.cancel()
            await self._ended
        self._pages.put(page)

    def _run(self) -> None:
        failure: Exception | None = None
        try:
            self._form(self._arriving(), self._columns, self._out)
            self._out.flush()
        except BrokenPipeError:
            failure = _ReaderGone()
        except Exception as error:  # noqa: BLE001 - it is raised where it can be dealt with
            failure = error
        self._tell(failure)

    def _arriving(self) -> Iterator[Sequence[Record]]:
        while (page := self._pages.get()) is not None:
            with suppress(RuntimeError):  # the loop was closed: nobody waits for room
                self._loop.call_soon_threadsafe(self._room.release)
            yield page
            self._out.flush()

    def _tell(self, failure: Exception | None) -> None:
        def end() -> None:
            if self._ended.done():
                return  # whoever waited was interrupted
            if failure is None:
                self._ended.set_result(None)
            else:
                self._ended.set_exception(failure)

        with suppress(RuntimeError):  # the loop was closed: nobody waits for the end
            self._loop.call_soon_threadsafe(end)
