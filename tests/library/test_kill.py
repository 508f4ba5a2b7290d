"""A library that is killed while it indexes, twenty times over, ends with what an undisturbed one has."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import psutil

from peekui.browse.embedded import EmbeddedLibrary
from peekui.library.database import DATABASE
from peekui.library.sample.writer import write_sample
from tests.library.contents import contents
from tests.service import serving

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 20
NOTES = 800
SEED = 20_260_815
LONGEST_LOOK = 1000
"""Looks after the point that was waited for: commits are half a second apart, and kills must fall between them too."""
PATIENCE = 60.0


def test_twenty_kills(tmp_path: Path) -> None:
    roots = (*write_sample(tmp_path / "sample"), _write_notes(tmp_path / "notes"))
    _index(roots, tmp_path / "undisturbed")
    expected = contents(tmp_path / "undisturbed")
    disturbed = tmp_path / "disturbed"
    chance = random.Random(SEED)  # noqa: S311
    # A file is met twice: when the scan enters it, and when it has been read.
    points = sorted(chance.randrange(2 * len(expected["assets"])) for _ in range(KILLS))
    reached = [_killed_at(point, chance.randrange(LONGEST_LOOK), roots, disturbed) for point in points]
    assert reached == sorted(reached), "a kill has lost what was committed before it"
    assert reached[0] < reached[-1]
    _index(roots, disturbed)
    found = contents(disturbed)
    for name, rows in expected.items():
        assert found[name] == rows, name


def _write_notes(root: Path) -> Path:
    """Write small texts, some of them equal, some with a sidecar, some damaged: many files between two commits."""
    for number in range(NOTES):
        path = root / f"year {number % 7}" / f"note {number:04}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Note {number // 3}: the harbour lies still.\n" * (number % 40), "utf-8")
        os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))
        if number % 10 == 0:
            path.with_name(f"{path.name}.json").write_text(f'{{"number": {number}, "tags": ["a", "b"]}}', "utf-8")
        if number % 50 == 7:
            path.with_suffix(".png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(number))
    return root


def _index(roots: tuple[Path, ...], data_dir: Path) -> None:
    for _ in serving(*roots, "--data-dir", data_dir):
        pass


def _killed_at(point: int, looks: int, roots: tuple[Path, ...], data_dir: Path) -> int:
    """Start the library, kill it so many looks after its progress has reached a point, and give how far it was."""
    library = EmbeddedLibrary([str(root) for root in roots] + ["--data-dir", str(data_dir)])
    try:
        deadline = time.monotonic() + PATIENCE
        while _progress(data_dir) < point:
            assert time.monotonic() < deadline, f"never came as far as {point}"
        for _ in range(looks):
            _progress(data_dir)
        workers = psutil.Process(library.pid).children(recursive=True)
        progress = _progress(data_dir)
        os.kill(library.pid, signal.SIGKILL)
        _, left = psutil.wait_procs(workers, timeout=PATIENCE)
        assert not left, "worker processes outlive their library"
        return progress
    finally:
        library.stop()


def _progress(data_dir: Path) -> int:
    """Count the files that the database knows, and once more those that have been read."""
    try:
        with closing(sqlite3.connect(f"file:{data_dir / DATABASE}?mode=ro", uri=True)) as db:
            [count] = db.execute("SELECT count(*) + ifnull(sum(status <> 'PROCESSING'), 0) FROM asset").fetchone()
            return int(count)
    except sqlite3.OperationalError:
        return 0  # not made yet
