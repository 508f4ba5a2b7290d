"""The parent's side of one worker process: feed it, watch it, replace it."""

from __future__ import annotations

import multiprocessing
import queue
import signal
import threading
from collections import deque
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peekui.library.media.damage import DamageError, DamageKind
from peekui.library.media.facts import Damage
from peekui.library.media.worker_process import READY, Call, Failed, work

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from peekui.library.media.limits import Limits

__all__ = ["Job", "Keeper", "WorkerStartError"]

_BATCH_JOBS = 16
_BATCH_BYTES = 1024 * 1024
"""Small files go to a process several at a time, so that it never waits; large ones singly, so that none waits behind
another while a process is free."""
_START_SECONDS = 60.0
_SPAWN = multiprocessing.get_context("spawn")  # a forked copy of a threaded service would inherit its locks


class WorkerStartError(RuntimeError):
    """A worker process could not be started: the machine is out of processes or memory."""


class _Stopped(Exception):
    """The pool is being closed."""


@dataclass(frozen=True, slots=True)
class Job:
    """A call to make in a worker process, the future that takes its answer, and the size of the file it reads."""

    call: Call
    future: Future[object]
    size: int


class Keeper:
    """A thread that owns one worker process; it starts at once, the process with the first job.

    Args:
        jobs: Where to take jobs from; None ends the thread.
        limits: `max_seconds` is the time for one answer.
    """

    def __init__(self, jobs: queue.SimpleQueue[Job | None], limits: Limits) -> None:
        self._jobs = jobs
        self._limits = limits
        self._lock = threading.Lock()
        self._stopping = False
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._thread = threading.Thread(target=self._run, name="peekui-decoder", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the process at once; the thread follows when it finds None among the jobs."""
        with self._lock:
            self._stopping = True
            if self._process is not None:
                self._process.kill()

    def join(self) -> None:
        """Wait until the thread and the process have ended."""
        self._thread.join()

    def _run(self) -> None:
        while batch := self._take():
            self._work_off(deque(batch))
        self._end_process()

    def _take(self) -> list[Job]:
        """Wait for a job and take those that wait behind it, up to a batch; nothing means stop."""
        batch: list[Job] = []
        size = 0
        job = self._jobs.get()
        while job is not None:
            if job.future.set_running_or_notify_cancel():
                batch.append(job)
                size += job.size
            if len(batch) == _BATCH_JOBS or size >= _BATCH_BYTES:
                return batch
            try:
                job = self._jobs.get(block=not batch)
            except queue.Empty:
                return batch
        if batch:
            self._jobs.put(None)
        return batch

    def _work_off(self, batch: deque[Job]) -> None:
        while batch:
            try:
                pipe = self._started()
                pipe.send([job.call for job in batch])
                while batch:
                    _settle(batch[0].future, self._answer(pipe))
                    batch.popleft()
            except _Stopped:
                while batch:
                    batch.popleft().future.set_exception(CancelledError())
            except WorkerStartError as error:
                batch.popleft().future.set_exception(error)
            except TimeoutError:
                self._end_process(patience=0)
                message = f"decoding takes longer than {self._limits.max_seconds:g} s"
                batch.popleft().future.set_exception(DamageError(DamageKind.TOO_SLOW, message))
            except (EOFError, OSError):
                status = self._end_process()
                if not self._stopping:
                    batch.popleft().future.set_exception(_crash(status))

    def _answer(self, pipe: Connection) -> object:
        if not pipe.poll(self._limits.max_seconds):
            raise TimeoutError
        return pipe.recv()

    def _started(self) -> Connection:
        """Give the pipe to the process, starting one when there is none."""
        if self._pipe is not None and not self._stopping:
            return self._pipe
        pipe, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=work, args=(theirs, self._limits), name="peekui-decoder", daemon=True)
        with self._lock:
            if self._stopping:
                raise _Stopped
            try:
                process.start()
            except OSError as error:
                raise WorkerStartError(f"a decoder process cannot be started: {error}") from error
            self._process, self._pipe = process, pipe
        theirs.close()  # only the process holds it now: its end is the pipe's end
        if _is_ready(pipe):
            return pipe
        status = self._end_process()
        if self._stopping:
            raise _Stopped
        raise WorkerStartError(f"a decoder process ended while it started (status {status})")

    def _end_process(self, *, patience: float = 0.5) -> int | None:
        """Give the process so many seconds to end by itself, see to it that it does, and give its exit status."""
        if self._process is None or self._pipe is None:
            return None
        with self._lock:
            process, self._process = self._process, None
            pipe, self._pipe = self._pipe, None
        pipe.close()
        process.join(patience)
        if process.is_alive():
            process.kill()
            process.join()
        status = process.exitcode
        process.close()
        return status


def _is_ready(pipe: Connection) -> bool:
    try:
        return pipe.poll(_START_SECONDS) and pipe.recv() == READY
    except (EOFError, OSError):
        return False


def _settle(future: Future[object], answer: object) -> None:
    if not isinstance(answer, Failed):
        future.set_result(answer)
    elif isinstance(answer.error, Damage):
        future.set_exception(DamageError(DamageKind(answer.error.type), answer.error.message))
    else:
        future.set_exception(answer.error)


def _crash(status: int | None) -> DamageError:
    if status is None or status >= 0:
        return DamageError(DamageKind.DECODER_CRASH, f"the decoder ended with status {status}")
    name = signal.Signals(-status).name if -status in set(signal.Signals) else f"signal {-status}"
    if name == "SIGXCPU":
        return DamageError(DamageKind.TOO_SLOW, "decoding takes more processor time than is allowed")
    return DamageError(DamageKind.DECODER_CRASH, f"the decoder crashed ({name})")
