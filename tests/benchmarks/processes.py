"""A `peekui serve` to be measured: when it is done, and how much memory all its processes take."""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import httpx
import psutil

from peekui.browse.embedded import EmbeddedLibrary

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Indexing", "index"]

_POLL_SECONDS: Final = 0.05
_PATIENCE_SECONDS: Final = 1800


@dataclass(frozen=True)
class Indexing:
    """What indexing a folder took.

    Attributes:
        seconds: From the moment the service can answer until nothing is left to do.
        peak_bytes: Memory of all its processes together, at most.
        failed: Files that could not be indexed.
    """

    seconds: float
    peak_bytes: int
    failed: int


def index(root: Path, files: int) -> Indexing:
    """Serve a folder of so many files until all of them are indexed."""
    with tempfile.TemporaryDirectory() as data_dir:
        library = EmbeddedLibrary([str(root), "--data-dir", data_dir])
        try:
            base_url, key = asyncio.run(library.address())
            started = time.perf_counter()
            headers = {"Authorization": f"Bearer {key.reveal()}"}
            with (
                httpx.Client(base_url=base_url, headers=headers, trust_env=False, timeout=60) as http,
                _Watch(library.pid) as watch,
            ):
                while not _done(http, files):
                    assert time.perf_counter() - started < _PATIENCE_SECONDS
                    time.sleep(_POLL_SECONDS)
                seconds = time.perf_counter() - started
                failed = _count(http, "FAILED")
            return Indexing(seconds, watch.peak, failed)
        finally:
            library.stop()


def _done(http: httpx.Client, files: int) -> bool:
    if http.get("/v1/tasks", params={"page_size": 1}).json()["pagination"]["total"]:
        return False
    return _count(http, None) == files


def _count(http: httpx.Client, status: str | None) -> int:
    names = [collection["collection_id"] for collection in http.get("/v1/collections").json()["results"]]
    body = {"collections": names, "filters": {"AND": [{"key": "status", "value": status}]} if status else None}
    return int(http.post("/v1/assets", params={"page_size": 1}, json=body).json()["pagination"]["total"])


class _Watch:
    """Looks at the memory of a process and its children all the time."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self.peak = 0

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(_POLL_SECONDS):
            family = [self._process, *self._process.children(recursive=True)]
            self.peak = max(self.peak, sum(_memory(process) for process in family))


def _memory(process: psutil.Process) -> int:
    """Give the proportional set size: pages that several processes share count once in all."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.NoSuchProcess:
        return 0
