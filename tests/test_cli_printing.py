"""Records on standard output: exact in a pipe, harmless on a terminal, and no reader holds anything up."""

from __future__ import annotations

import asyncio
import errno
import io
import os
from typing import TYPE_CHECKING

import pytest

from peekui.cli.printing import Output, Printer
from peekui.cli.record_forms import FORMS

if TYPE_CHECKING:
    from peekui.search.records import Record

HOSTILE = "\x1b[31mred\u202e\tend"


class Terminal(io.BytesIO):
    """Says that it is one."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize(("stream", "shown"), [(io.BytesIO(), HOSTILE), (Terminal(), "␛[31mred‹202E›    end")])
def test_text_acts_on_no_terminal_and_is_exact_elsewhere(stream: io.BytesIO, shown: str) -> None:
    out = Output(stream)
    out.write(HOSTILE)
    assert stream.getvalue() == b""
    out.flush()
    assert stream.getvalue().decode() == shown


def test_half_a_surrogate_pair_is_written_as_json_writes_it() -> None:
    stream = io.BytesIO()
    out = Output(stream)
    out.write('"\ud800"')
    out.flush()
    assert stream.getvalue() == b'"\\ud800"'


PAGE: list[Record] = [{"asset_id": "x" * 1000}] * 1000
SIZE = 1001 * len(PAGE)


async def test_a_reader_that_stopped_holds_up_nothing_but_the_rows() -> None:
    reading, writing = os.pipe()
    async with asyncio.timeout(20):
        with os.fdopen(writing, "wb") as stream, os.fdopen(reading, "rb", buffering=0) as reader:
            async with Printer(FORMS["ids"], ("asset_id",), stream) as printer:
                await printer.put(PAGE)
                await printer.put(PAGE)  # taken while the first one fills the pipe
                third = asyncio.ensure_future(printer.put(PAGE))
                await asyncio.sleep(0)
                assert not third.done()
                read = 0
                while read < SIZE * 2:
                    read += len(await asyncio.to_thread(reader.read, SIZE * 2 - read))
                await third
                read += len(await asyncio.to_thread(reader.read, 1))
                rest = asyncio.ensure_future(asyncio.to_thread(_read, reader, SIZE - 1))
            assert await rest == SIZE - 1


def _read(reader: io.RawIOBase, count: int) -> int:
    read = 0
    while read < count:
        read += len(reader.read(count - read) or b"")
    return read


class FullDisk(io.BytesIO):
    """Takes nothing."""

    def write(self, _: object) -> int:
        """Refuse."""
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


async def test_what_cannot_be_written_is_raised_where_pages_are_given() -> None:
    async def write_on() -> None:
        async with Printer(FORMS["ids"], ("asset_id",), FullDisk()) as printer:
            while True:
                await printer.put(PAGE)

    async with asyncio.timeout(20):
        with pytest.raises(OSError, match="No space"):
            await write_on()
