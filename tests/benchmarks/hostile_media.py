"""Keys in the inspector while its pictures are out to harm: from a key to its paint, and the processor's time a key.

    env -u PYTHONDONTWRITEBYTECODE python -m tests.benchmarks.hostile_media [--rounds N]

In a real pseudo-terminal of 120×40, over a service (in a process of its own) with one asset for each kind of trap: a
bomb of 10,000 megapixels, truncated, of a wrong type, empty, endless, larger than is fetched, ten seconds for a byte,
refused, garbled; and a good one. From asset to asset with `n` and `p`, and down and up in the fields of each while its
picture is fetched and decoded. Before it the same with pictures switched off: nothing is fetched then. The processor's
time is that of peekui's own process; what decodes pictures is another one, which no key waits for. Times from key to
paint have those of all other programs in them: on a busy machine compare the two runs, and the processor's time.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from itertools import chain, pairwise
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

import psutil

from tests.benchmarks.recording import Recorder
from tests.browse.pictures.hostile_store import KINDS, hostile_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

    from pyte import Screen

REST: Final = 0.35
"""Seconds between keys: an asset and its picture are asked for meanwhile, and hostile ones are on their way."""
WANTED: Final = 0.033
_HEADING: Final = 2
_FIELDS: Final = slice(4, 12)
"""Lines of the screen that show the asset's first fields."""


class Pace(NamedTuple):
    """Seconds from each key to its frame, and of the processor for a key."""

    steps: list[float]
    moves: list[float]
    processor: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="there and back again")
    rounds = parser.parse_args().rounds
    with _store() as origin:
        without = _pace(origin, "off", rounds)
        _report("pictures off", without)
        with_media = _pace(origin, "blocks", rounds)
        _report("hostile pictures", with_media)
    for name, one, other in (("asset", with_media.steps, without.steps), ("field", with_media.moves, without.moves)):
        print(f"hostile : off, next {name}, p95  {_high(one) / _high(other):.2f}")
    print(f"hostile : off, processor a key  {with_media.processor / without.processor:.2f}")
    high = _high([*with_media.steps, *with_media.moves])
    print(f"p95 of all keys {high * 1000:.1f} ms, wanted are {WANTED * 1000:.0f}")


@contextmanager
def _store() -> Iterator[str]:
    """Serve the traps from a process of its own; gives where."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,))
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send(None)
        process.join()


def _serve(pipe: Connection) -> None:
    with hostile_store() as store:
        pipe.send(store.origin)
        pipe.recv()


def _pace(origin: str, pictures: str, rounds: int) -> Pace:
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "peekui", "config.toml")
        config.parent.mkdir()
        config.write_text(f'pictures = "{pictures}"\n', encoding="utf-8")
        # Without compiled modules every start would measure the compiler.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= dict.fromkeys(("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"), folder)
        environment |= {"MIXPEEK_BASE_URL": origin, "MIXPEEK_API_KEY": "benchmark"}
        with Recorder([sys.executable, "-m", "peekui"], environment=environment) as terminal:
            terminal.until_shows(*KINDS)
            terminal.send("\r")
            terminal.until_shows("1 Overview", f"{KINDS[0]} · image")
            terminal.record([], rest=2)
            list(terminal.frames(lambda _: None))
            return _step_through(terminal, rounds)


def _step_through(terminal: Recorder, rounds: int) -> Pace:
    steps: list[float] = []
    moves: list[float] = []
    process = psutil.Process(terminal.process.pid)
    began = sum(process.cpu_times()[:2])
    way = [0, *chain.from_iterable(_there_and_back() for _ in range(rounds))]
    for here, there in pairwise(way):
        steps.append(_time(terminal, "n" if there > here else "p", _asset))
        moves += [_time(terminal, key, _field) for key in "jk"]
    return Pace(steps, moves, (sum(process.cpu_times()[:2]) - began) / (len(steps) + len(moves)))


def _there_and_back() -> Iterator[int]:
    yield from range(1, len(KINDS))
    yield from reversed(range(len(KINDS) - 1))


def _time(terminal: Recorder, key: str, look: Callable[[Screen], int | None]) -> float:
    """Give the seconds from a key to the first frame in which something else is seen."""
    before = look(terminal._screen)
    typed = terminal.record([(0, key)], rest=REST)
    frames = list(terminal.frames(look))
    return next(frame.at for frame in frames if frame.seen not in {before, None}) - typed


def _asset(screen: Screen) -> int | None:
    """Give the place of the asset whose title is in the heading."""
    title = screen.display[_HEADING].strip("│ ").partition(" · ")[0]
    return KINDS.index(title) if title in KINDS else None


def _field(screen: Screen) -> int | None:
    """Give the line of the field that is drawn on a ground of its own."""
    grounds = [screen.buffer[y][4].bg for y in range(_FIELDS.start, _FIELDS.stop)]
    common, _ = Counter(grounds).most_common(1)[0]
    own = [index for index, ground in enumerate(grounds) if ground != common]
    return own[0] if len(own) == 1 else None


def _report(name: str, pace: Pace) -> None:
    print(
        f"{name:<17} next asset p50 {median(pace.steps) * 1000:5.1f}  p95 {_high(pace.steps) * 1000:5.1f}"
        f"   next field p50 {median(pace.moves) * 1000:5.1f}  p95 {_high(pace.moves) * 1000:5.1f} ms"
        f"   processor {pace.processor * 1000:.1f} ms a key"
    )


def _high(times: Sequence[float]) -> float:
    """Give the 95th percentile."""
    return sorted(times)[len(times) * 95 // 100]


if __name__ == "__main__":
    main()
