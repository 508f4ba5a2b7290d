"""How the table keeps up with keys, how idle an idle peekui is, and how much memory a long journey takes.

    python -m tests.benchmarks.table

In a real pseudo-terminal of 120×40, panes and detail on show: from a key to the end of the frame that shows its row,
for the down key where the table scrolls, pressed when the last frame is done, and held at 30 a second; of the
installed `peekui` over 1,000 and 10,000,000 rows, and of Textual's DataTable over 1,000. Milliseconds; the machine
drifts, ratios of one run do not.
"""

from __future__ import annotations

import os
import re
import sys
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

import psutil

from tests.benchmarks.endless_service import endless_service
from tests.benchmarks.recording import Recorder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyte import Screen

KEYS: Final = 150
A_SECOND: Final = 30
FEW, MANY = 1_000, 10_000_000
JUMPS: Final = 1_000
IDLE_SECONDS: Final = 20
REST: Final = 0.2
"""Seconds between keys that are not held: what a key leaves to be done when the cursor rests is done then."""
DOWN, PAGE_DOWN = "\x1b[B", "\x1b[6~"
DATA_TABLE: Final = """
from textual.app import App
from textual.widgets import DataTable
class Bare(App):
    def compose(self):
        yield DataTable(cursor_type="row")
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("Status", "Type", "Title", "Size", "Age", "Dup", "Collection", "Hash")
        for index in range(1000):
            size = f"{index * 37 / 1000:.1f} kB"
            table.add_row("done", "image", f"asset-{index:08}", size, "3 d", "", "all", f"{index:012x}")
        table.focus()
Bare().run()
"""
_TITLE = re.compile(r"asset-(\d{8})")


class Pace(NamedTuple):
    """Seconds from keys to their frames; for a held key the number of frames with another row as well."""

    single: list[float]
    held: list[float]
    frames: int


def main() -> None:
    """Measure everything and print it."""
    # Without compiled modules every start would measure the compiler.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    bare = pace([sys.executable, "-c", DATA_TABLE], environment)
    report("DataTable, 1,000 rows", bare, bare)
    for rows in (FEW, MANY):
        with endless_service(rows) as url:
            there = {**environment, "MIXPEEK_API_KEY": "benchmark", "MIXPEEK_BASE_URL": url}
            if rows == FEW:
                few = pace(["peekui"], there)
                report("peekui, 1,000 rows", few, bare)
            else:
                many = pace(["peekui"], there)
                report("peekui, 10,000,000 rows", many, bare)
                print(f"10,000,000 rows : 1,000 rows, median  {median(many.single) / median(few.single):.2f}")
                rest(there, rows)


def report(name: str, pace: Pace, bare: Pace) -> None:
    """Print a line."""
    print(
        f"{name:<24} down p50 {median(pace.single) * 1000:5.1f}  p95 {high(pace.single) * 1000:5.1f}"
        f"  ({median(pace.single) / median(bare.single):.2f} × DataTable)   held p50 {median(pace.held) * 1000:5.1f}"
        f"  p95 {high(pace.held) * 1000:5.1f}  frames {pace.frames} of {KEYS}"
    )


def high(times: Sequence[float]) -> float:
    """Give the 95th percentile."""
    return sorted(times)[len(times) * 95 // 100]


def pace(command: Sequence[str], environment: dict[str, str]) -> Pace:
    """Time the down key at the lower edge, pressed and held."""
    with Recorder(command, environment=environment) as terminal:
        terminal.until_shows("asset-00000001")
        terminal.record([(0, PAGE_DOWN), (0.5, PAGE_DOWN), (1, PAGE_DOWN)], rest=2)
        *_, last = terminal.frames(row_under_cursor)
        assert last.seen is not None
        single = []
        for row in range(last.seen + 1, last.seen + KEYS + 1):
            typed = terminal.record([(0, DOWN)], rest=REST)
            single.append(next(frame.at for frame in terminal.frames(row_under_cursor) if frame.seen == row) - typed)
        row = last.seen + KEYS
        started = terminal.record([(index / A_SECOND, DOWN) for index in range(KEYS)], rest=1)
        frames = [frame for frame in terminal.frames(row_under_cursor) if frame.seen is not None]
        held = [
            next(frame.at for frame in frames if (frame.seen or 0) > row + index) - started - index / A_SECOND
            for index in range(KEYS)
        ]
        return Pace(single, held, len({frame.seen for frame in frames if (frame.seen or 0) > row}))


def row_under_cursor(screen: Screen) -> int | None:
    """Give the number of the asset whose row is drawn on a background of its own."""
    grounds: dict[int, str] = {}
    for y, line in enumerate(screen.display):
        if found := _TITLE.search(line):
            grounds[int(found[1])] = screen.buffer[y][found.start()].bg
    common = max(grounds.values(), key=list(grounds.values()).count, default="")
    own = [number for number, ground in grounds.items() if ground != common]
    return own[0] if len(own) == 1 else None


def rest(environment: dict[str, str], rows: int) -> None:
    """Measure what peekui takes when nothing happens, and after many jumps."""
    with Recorder(["peekui"], environment=environment) as terminal:
        terminal.until_shows(f"of {rows:,}")
        terminal.record([], rest=3)
        process = psutil.Process(terminal.process.pid)
        before = sum(process.cpu_times()[:2])
        terminal.record([], rest=IDLE_SECONDS)
        print(f"idle: {(sum(process.cpu_times()[:2]) - before) / IDLE_SECONDS:.2%} of a processor")
        memory = process.memory_info().rss
        for jump in range(JUMPS):
            terminal.record([(0, f":{jump * 7919 % rows + 1}\r")], rest=0.05)
            list(terminal.frames(lambda _: None))
        terminal.record([], rest=1)
        after = process.memory_info().rss
        print(f"memory after {JUMPS:,} jumps: {after / 1e6:.0f} MB, {after / memory:.2f} × {memory / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
