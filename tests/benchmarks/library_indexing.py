"""How fast a library indexes: large files beside `sha256sum`, small images by the minute, and the memory it takes.

    env -u PYTHONDONTWRITEBYTECODE python -m tests.benchmarks.library_indexing [--large MB] [--images N]

The clock runs from the moment the service says that it answers: starting worker processes, walking, reading and
writing are all in it. Files lie in the page cache for both sides.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import tempfile
import time
import wave
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image

from tests.benchmarks.processes import Indexing, index

if TYPE_CHECKING:
    from collections.abc import Callable

FILES: Final = 8
"""Large files of each kind."""
MEGA: Final = 1_000_000
SAMPLE_RATE: Final = 48_000


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=250, metavar="MB", help="size of a large file")
    parser.add_argument("--images", type=int, default=5000, help="how many small images")
    options = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    print(f"{cores} cores. Wanted: ratio 0.70, 10,000 images a minute, less than 400 MB in all processes together.\n")
    print(f"{'':24}{'files':>8}{'MB/s':>8}{'sha256sum':>11}{'ratio':>7}{'a minute':>10}{'failed':>8}{'peak MB':>9}")
    for name, write in {"opaque": _opaque, "log": _log, "recording (WAV)": _recording}.items():
        _large(name, write, options.large * MEGA, cores)
    with tempfile.TemporaryDirectory() as root:
        for number in range(options.images):
            _picture(Path(root) / f"album {number // 1000}" / f"{number:06}.jpg", number)
        _row("JPEG, 320 x 240", index(Path(root), options.images), options.images)


def _large(name: str, write: Callable[[Path, int, int], None], size: int, cores: int) -> None:
    with tempfile.TemporaryDirectory() as root:
        paths = [Path(root) / "large" / f"{number}.bin" for number in range(FILES)]
        for number, path in enumerate(paths):
            path.parent.mkdir(exist_ok=True)
            write(path, size, number)
        total = sum(path.stat().st_size for path in paths)
        by_hand = total / min(_hashed(paths, cores) for _ in range(2))
        _row(name, index(Path(root), FILES), FILES, total, by_hand)


def _row(name: str, run: Indexing, files: int, total: int = 0, by_hand: float = 0) -> None:
    ours = total / run.seconds
    speeds = f"{ours / MEGA:8,.0f}{by_hand / MEGA:11,.0f}{ours / by_hand:7.2f}" if by_hand else f"{'':26}"
    rate, peak = files / run.seconds * 60, run.peak_bytes / MEGA
    print(f"{name:24}{files:8,}{speeds}{rate:10,.0f}{run.failed:8,}{peak:9,.0f}", flush=True)


def _hashed(paths: list[Path], cores: int) -> float:
    """Give the seconds `sha256sum` takes for the files on so many cores."""
    started = time.perf_counter()
    subprocess.run(
        ["xargs", "-0", "-n", "1", "-P", str(cores), "sha256sum"],
        input=b"\0".join(os.fsencode(path) for path in paths),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - started


def _opaque(path: Path, size: int, seed: int) -> None:
    """Write bytes that are nothing in particular."""
    block = random.Random(seed).randbytes(MEGA)  # noqa: S311
    with path.open("wb") as file:
        for _ in range(size // MEGA):
            file.write(block)


def _log(path: Path, size: int, seed: int) -> None:
    block = "".join(f"2026-08-15T12:00:{line % 60:02} worker {seed} took job {line}\n" for line in range(25_000))
    with path.open("w", encoding="utf-8") as file:
        while file.tell() < size:
            file.write(block)


def _recording(path: Path, size: int, seed: int) -> None:
    second = random.Random(seed).randbytes(2 * SAMPLE_RATE)  # noqa: S311
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SAMPLE_RATE)
        for _ in range(size // len(second)):
            sound.writeframesraw(second)


def _picture(path: Path, seed: int) -> None:
    """Write a small photograph-like picture: soft blots of colour."""
    path.parent.mkdir(exist_ok=True)
    blots = Image.frombytes("RGB", (8, 6), random.Random(seed).randbytes(8 * 6 * 3))  # noqa: S311
    blots.resize((320, 240), Image.Resampling.BICUBIC).save(path, quality=85)


if __name__ == "__main__":
    main()
