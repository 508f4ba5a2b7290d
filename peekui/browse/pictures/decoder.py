"""Has pictures decoded by a process of its own, which is started when it is needed and ended when it misbehaves."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from peekui.browse.pictures.forms import USUAL_CELL, Form
from peekui.browse.pictures.limits import SECONDS_TO_DECODE
from peekui.browse.pictures.raster import Raster
from peekui.browse.pictures.wire import ANSWER, FORMS, REQUEST

if TYPE_CHECKING:
    from peekui.browse.pictures.forms import CellSize
    from peekui.browse.pictures.raster import Colour

__all__ = ["Decoder", "NoPicture"]

_MODULE: Final = "peekui.browse.pictures.decoder_process"
_BROKEN: Final = "decoding it failed"


class NoPicture(Exception):
    """There is nothing to draw; the text is a sentence that says why."""


class Decoder:
    """Decodes one picture at a time."""

    def __init__(self, *, patience: float = SECONDS_TO_DECODE) -> None:
        """Start nothing yet.

        Args:
            patience: Seconds that a picture gets.
        """
        self._patience = patience
        self._process: Process | None = None
        self._lock = asyncio.Lock()

    async def decode(
        self,
        content: bytes,
        box: tuple[int, int],
        ground: Colour,
        form: Form = Form.BLOCKS,
        cell: CellSize = USUAL_CELL,
    ) -> Raster:
        """Decode a picture; see `decoder_process.decode`.

        Raises:
            NoPicture: It cannot be decoded, takes too long, or Pillow is not installed.
        """
        if find_spec("PIL") is None:
            raise NoPicture("Pictures need Pillow: pip install 'peekui[pictures]'.")
        async with self._lock:
            try:
                async with asyncio.timeout(self._patience):
                    return await self._ask(content, REQUEST.pack(len(content), *box, *ground, FORMS.index(form), *cell))
            except TimeoutError:
                await self.aclose()
                raise NoPicture(f"The picture took more than {self._patience:g} s to decode.") from None
            except (OSError, EOFError, asyncio.IncompleteReadError) as error:
                await self.aclose()
                raise NoPicture(f"The picture cannot be shown: {_BROKEN}.") from error
            except asyncio.CancelledError:
                await self.aclose()  # its answer would be taken for that to the next request
                raise

    async def _ask(self, content: bytes, head: bytes) -> Raster:
        stdin, stdout = await self._streams()
        stdin.write(head)
        stdin.write(content)
        await stdin.drain()
        good, width, height, length, finer = ANSWER.unpack(await stdout.readexactly(ANSWER.size))
        body = await stdout.readexactly(length)
        if not good:
            raise NoPicture(f"The picture cannot be shown: {body.decode(errors='replace')}.")
        fine = (await stdout.readexactly(finer)).decode("ascii")
        return Raster(width, height, body, tuple(fine.split("\n")) if fine else ())

    async def _streams(self) -> tuple[asyncio.StreamWriter, asyncio.StreamReader]:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", _MODULE, stdin=PIPE, stdout=PIPE, stderr=asyncio.subprocess.DEVNULL,
                process_group=0,  # a ctrl+c in the terminal is for the browser
            )  # fmt: skip
        if self._process.stdin is None or self._process.stdout is None:
            raise EOFError
        return self._process.stdin, self._process.stdout

    async def aclose(self) -> None:
        """End the process, whatever it is at; nobody may wait for a picture any more."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        if process.stdin:
            process.stdin.close()
        if process.stdout:
            await process.stdout.read()  # asyncio waits for the end of its pipes, and stops reading one that is full
        await process.wait()
