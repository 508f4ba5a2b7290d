"""The indexer: scans the libraries, has files read by worker processes, and writes what they found.

Kill-safe: a file is PROCESSING from the moment it is known until its record is in the database, and a record is
written whole or not at all. The next run takes up what is PROCESSING.
"""

# ruff: noqa: S608 - the text is put together from constants of ours; what a request holds is always bound

from __future__ import annotations

import os
import sqlite3
import sys
import threading
import time
from collections import Counter, deque
from concurrent.futures import CancelledError, wait
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from peekui.library.errors import LibraryError
from peekui.library.media.damage import DamageError
from peekui.library.media.limits import Limits
from peekui.library.media.workers import WorkerStartError
from peekui.library.progress import Progress
from peekui.library.reading import failed, read_file
from peekui.library.record import Job
from peekui.library.scanning import scan
from peekui.library.walk import sidecar_names
from peekui.library.writing import remove_asset, set_duplicates, write_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future

    from peekui.library.libraries import Library
    from peekui.library.media.workers import DecoderPool
    from peekui.library.record import Record
    from peekui.library.store import Store, Transaction

__all__ = ["Indexer"]

_AHEAD = 128
"""Files under way; enough for the workers never to wait."""
_AHEAD_BYTES = 32 * 1024 * 1024
"""What their records may take in memory, about: long texts are not read far ahead."""
_RECORD_BYTES = Limits().max_text_bytes
"""What the record of one file may take, about: no more of a text is read."""
_CHUNK = 1000
_COMMIT_SECONDS = 0.5
_COMMIT_FILES = 500
_COMMIT_BYTES = 16 * 1024 * 1024
_PROCESSING: Final = "status_key = 'sprocessing' || char(1) || 'PROCESSING'"


class Indexer:
    """A thread that keeps the database up to date with the folders.

    Args:
        store: Open database.
        libraries: What to index.
        pool: Worker processes that read files.
    """

    def __init__(self, store: Store, libraries: Sequence[Library], pool: DecoderPool) -> None:
        self._store = store
        self._libraries = {library.row: library for library in libraries}
        self._pool = pool
        self._unscanned: frozenset[int] = frozenset(self._libraries)
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="indexer", daemon=True)

    def start(self) -> None:
        """Begin with a first pass over everything."""
        self._wake.set()
        self._thread.start()

    def rescan(self) -> None:
        """Ask for another pass; returns at once."""
        self._wake.set()

    def has_scanned(self, library: Library) -> bool:
        """Say whether every file of a library is known, read or not, as of the newest pass."""
        return library.row not in self._unscanned

    def stop(self) -> None:
        """End the thread; what is under way is taken up by the next run."""
        self._stop.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            if self._stop.is_set():
                return
            try:
                self.index()
            except CancelledError:
                return  # the pool was closed under it: the program ends
            except (LibraryError, WorkerStartError) as error:
                # The service goes on with what there is; nothing is lost, a rescan or the next start takes it up.
                sys.stderr.write(f"indexing stopped: {error}\n")

    def index(self) -> None:
        """Make one pass in this thread: scan, then read everything that is PROCESSING.

        Raises:
            LibraryError: The database cannot be written, or is damaged.
            WorkerStartError: No worker process could be started.
        """
        skipped: Counter[str] = Counter()
        self._unscanned = frozenset(self._libraries)
        for library in self._libraries.values():
            skipped += scan(self._store, library, excluded=self._store.directory, stop=self._stop)
            self._unscanned -= {library.row}
            if self._stop.is_set():
                return
        try:
            with closing(self._store.reader()) as reader:
                self._read_all(reader, skipped)
        except sqlite3.DatabaseError as error:
            raise self._store.explained(error) from error

    def _read_all(self, reader: sqlite3.Connection, skipped: Counter[str]) -> None:
        [total] = reader.execute(f"SELECT count(*) FROM asset WHERE {_PROCESSING}").fetchone()
        progress = Progress(total)
        read: list[_Reading] = []
        written = time.monotonic()
        for reading in self._read_in_order(reader):
            read.append(reading)
            is_full = len(read) >= _COMMIT_FILES or sum(one.weight for one in read) >= _COMMIT_BYTES
            if is_full or time.monotonic() - written >= _COMMIT_SECONDS:
                self._write(read, progress)
                read, written = [], time.monotonic()
            if self._stop.is_set():
                return
        self._write(read, progress)
        progress.done(skipped)

    def _read_in_order(self, reader: sqlite3.Connection) -> Iterator[_Reading]:
        """Give what has been read, in order: the same files give the same rows in the same order, on every run."""
        under_way: deque[_Reading] = deque()
        weight = 0
        for reading in self._readings(reader):
            under_way.append(reading)
            weight += reading.weight
            while under_way and (len(under_way) >= _AHEAD or weight >= _AHEAD_BYTES or under_way[0].record.done()):
                first = under_way.popleft()
                weight -= first.weight
                yield first.waited_for()
        for reading in under_way:
            yield reading.waited_for()

    def _readings(self, reader: sqlite3.Connection) -> Iterator[_Reading]:
        last = 0
        while rows := reader.execute(
            "SELECT id, namespace, path, sidecars, size_bytes FROM asset"
            f" WHERE {_PROCESSING} AND id > ? ORDER BY id LIMIT ?",
            (last, _CHUNK),
        ).fetchall():
            for asset, namespace, path, sidecars, size in rows:
                library = self._libraries.get(namespace)
                if library is not None:
                    job = Job(asset, os.fsencode(library.root), path, sidecar_names(sidecars))
                    record = self._pool.submit(read_file, job, size=size)
                    yield _Reading(job, namespace, min(size, _RECORD_BYTES), record)
            last = rows[-1][0]

    def _write(self, read: Sequence[_Reading], progress: Progress) -> None:
        if not read:
            return
        records = [(reading, reading.result()) for reading in read]
        with self._store.writing() as write:
            changed: set[tuple[int, str]] = set()
            for reading, record in records:
                hashes = _write_one(write, reading.job.asset, record)
                changed.update((reading.namespace, file_hash) for file_hash in hashes)
            for namespace, file_hash in sorted(changed):
                set_duplicates(write, namespace, file_hash)
        for _, record in records:
            progress.add(record.size_bytes if record else 0)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file under way in a worker process; `weight` is about what its record takes in memory, in bytes."""

    job: Job
    namespace: int
    weight: int
    record: Future[Record]

    def waited_for(self) -> _Reading:
        wait([self.record])
        return self

    def result(self) -> Record | None:
        """Wait for the record; None when the file is gone."""
        try:
            return self.record.result()
        except DamageError as error:
            return failed(self.job, error.damage)
        except (FileNotFoundError, NotADirectoryError):
            return None


def _write_one(write: Transaction, asset: int, record: Record | None) -> list[str]:
    if record is not None:
        return write_record(write, asset, record)
    file_hash = remove_asset(write, asset)
    return [file_hash] if file_hash else []
