"""How fast a library indexes: large files beside `sha256sum`, small images by the minute, and the memory it takes.

    env -u PYTHONDONTWRITEBYTECODE python -m tests.benchmarks.library_indexing [--large MB] [--images N] [--rounds N]

The clock runs from the moment the service says that it answers: starting worker processes, walking, reading and
writing are all in it. Files lie in the page cache for both sides, which take turns; shown is the fastest round of
each, and the lowest and highest ratio of a round.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import tempfile
import time
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image

from tests.benchmarks.processes import Indexing, index

FILES: Final = 8
"""Large files of each kind."""
MEGA: Final = 1_000_000
TEXT: Final = 4 * MEGA
"""As much as is read of a text: such files take the most work and memory for a byte."""
SAMPLE_RATE: Final = 48_000


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=250, metavar="MB", help="size of a large file")
    parser.add_argument("--images", type=int, default=5000, help="how many small images")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured")
    options = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    print(f"{cores} cores. Wanted: ratio 0.70 for large files, 10,000 images a minute, less than 400 MB in all.\n")
    print(f"{'':24}{'files':>8}{'MB/s':>8}{'sha256sum':>11}{'ratio':>18}{'a minute':>10}{'failed':>8}{'peak MB':>9}")
    for name, write, size, count in (
        ("opaque", _opaque, options.large * MEGA, FILES),
        ("log", _log, options.large * MEGA, FILES),
        ("recording (WAV)", _recording, options.large * MEGA, FILES),
        ("log, all of it text", _log, TEXT, FILES * 10),
        ("JPEG, 320 x 240", _picture, 0, options.images),
    ):
        with tempfile.TemporaryDirectory() as root:
            paths = [Path(root) / f"folder {number // 1000}" / f"{number:06}.bin" for number in range(count)]
            for number, path in enumerate(paths):
                path.parent.mkdir(exist_ok=True)
                write(path, size, number)
            _row(name, [_round(Path(root), paths, cores) for _ in range(options.rounds)], paths)


@dataclass(frozen=True)
class _Round:
    """Seconds `sha256sum` took for some files, and what indexing them took."""

    by_hand: float
    ours: Indexing

    @property
    def ratio(self) -> float:
        return self.by_hand / self.ours.seconds


def _round(root: Path, paths: list[Path], cores: int) -> _Round:
    return _Round(_hashed(paths, cores), index(root, len(paths)))


def _row(name: str, rounds: list[_Round], paths: list[Path]) -> None:
    total = sum(path.stat().st_size for path in paths)
    by_hand, ours = min(one.by_hand for one in rounds), min(one.ours.seconds for one in rounds)
    ratios = [one.ratio for one in rounds]
    spread = f"{by_hand / ours:.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
    failed, peak = (max(getattr(one.ours, what) for one in rounds) for what in ("failed", "peak_bytes"))
    print(
        f"{name:24}{len(paths):8,}{total / ours / MEGA:8,.0f}{total / by_hand / MEGA:11,.0f}{spread:>18}"
        f"{len(paths) / ours * 60:10,.0f}{failed:8,}{peak / MEGA:9,.0f}",
        flush=True,
    )


def _hashed(paths: list[Path], cores: int) -> float:
    """Give the seconds `sha256sum` takes for the files on so many cores."""
    started = time.perf_counter()
    subprocess.run(
        ["xargs", "-0", "-n", str(1 + len(paths) // 100), "-P", str(cores), "sha256sum"],
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


def _picture(path: Path, _size: int, seed: int) -> None:
    """Write a small photograph-like picture: soft blots of colour."""
    blots = Image.frombytes("RGB", (8, 6), random.Random(seed).randbytes(8 * 6 * 3))  # noqa: S311
    blots.resize((320, 240), Image.Resampling.BICUBIC).save(path, "JPEG", quality=85)


if __name__ == "__main__":
    main()
