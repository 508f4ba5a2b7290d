"""Decoding in processes of its own, so that a crash, a hang or a memory explosion costs one file."""

from __future__ import annotations

import os
import queue
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar, cast

from peekui.library.media.damage import DamageError, DamageKind
from peekui.library.media.keeper import Job, Keeper, WorkerStartError
from peekui.library.media.limits import Limits
from peekui.library.media.preview import PreviewError, render_preview
from peekui.library.media.worker_process import Call

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from peekui.library.media.facts import Preview

__all__ = ["DecoderPool", "WorkerStartError"]

_DEFAULT = Limits()
Answer = TypeVar("Answer")


class DecoderPool:
    """A few processes that decode files.

    Each is started when it is first needed, and again after it was lost. Use as a context manager, or `close` it.

    Args:
        processes: How many; one per processor by default.
        limits: Bounds for each file; `max_seconds` and `max_memory_bytes` are kept here.
    """

    def __init__(self, processes: int | None = None, *, limits: Limits = _DEFAULT) -> None:
        self._limits = limits
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._closing = threading.Lock()
        self._is_closed = False
        count = processes or os.cpu_count() or 1
        self._keepers = [Keeper(self._jobs, limits) for _ in range(count)]

    def __enter__(self) -> DecoderPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def submit(self, function: Callable[..., Answer], *arguments: object, size: int = 0) -> Future[Answer]:
        """Call a function in a worker process.

        Args:
            function: A module-level function; it is also given `limits` by keyword.
            arguments: Its positional arguments; like its answer they are pickled.
            size: Bytes of the file that it reads, where they are known: large files are spread over the processes.

        Returns:
            A future of its answer. It raises `DamageError` for damage, also when the process crashed, took too long
            or needed too much memory; `OSError` where the function did; `WorkerStartError`. It is cancelled when the
            pool is closed.
        """
        future: Future[Answer] = Future()
        with self._closing:
            if self._is_closed:
                future.cancel()
                future.set_running_or_notify_cancel()  # `concurrent.futures.wait` sees a cancelled future only then
            else:
                self._jobs.put(Job(Call(function, arguments, self._limits), cast("Future[object]", future), size))
        return future

    def preview(self, path: Path, media_type: str, *, at: float | None = None) -> Preview:
        """Run `render_preview` in a worker process and wait for it.

        Args:
            path: A file.
            media_type: The `media_type` of its facts.
            at: Seconds from the beginning.

        Returns:
            The picture.

        Raises:
            PreviewError: The file is damaged, has no picture, or its decoder crashed, hung or grew too large.
            FileNotFoundError: The file is gone.
            WorkerStartError: No process could be started.
        """
        try:
            return self.submit(_render, path, media_type, at).result()
        except DamageError as error:
            raise PreviewError(DamageKind(error.damage.type), error.damage.message) from None

    def close(self) -> None:
        """End all processes at once. What is still under way is cancelled."""
        with self._closing:
            self._is_closed = True
            for keeper in self._keepers:
                keeper.stop()
                self._jobs.put(None)
        for keeper in self._keepers:
            keeper.join()


def _render(path: Path, media_type: str, at: float | None, *, limits: Limits) -> Preview:
    return render_preview(path, media_type, at=at, limits=limits)
