"""How fast the browser opens and answers a key, over libraries of different sizes.

    python -m tests.benchmarks.browser [--sizes 100,100000]

Prints, for the installed `peekui` in a real pseudo-terminal of 120×40: milliseconds from start to the first painted
frame and to the first rows, from a key to the row it paints, and the ratio of each to a bare Textual app or to the
smallest library in the same run. Medians; the machine drifts, ratios do not.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.library_server import running
from tests.benchmarks.library_stock import build
from tests.end_to_end.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RUNS = 7
KEYS = 150
BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("READY")
Bare().run()
"""


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100,100000")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    # Without compiled modules every start would measure the compiler.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    bare = median(lambda: start([sys.executable, "-c", BARE], environment, "READY"))
    print(f"bare Textual app            first frame {bare:7.0f} ms")
    smallest: float | None = None
    for size in sizes:
        directory = Path(tempfile.gettempdir()) / f"peekui-benchmark-{size}"
        store, library = build(directory, size)
        with running(store, library) as url:
            there = {**environment, "MIXPEEK_API_KEY": "benchmark", "MIXPEEK_BASE_URL": url}
            frame = median(lambda: start(["peekui"], there, "Loading…"))  # noqa: B023  (called at once)
            panes = median(lambda: start(["peekui"], there, "Namespaces"))  # noqa: B023
            rows = median(lambda: start(["peekui"], there, f"of {size:,}"))  # noqa: B023
            keys = sorted(downs(there, size))
        store.close()
        smallest = smallest or rows
        print(
            f"{size:>11,} assets          first frame {frame:7.0f} ms ({frame / bare:.2f} × bare)   "
            f"panes {panes:7.0f} ms ({panes / bare:.2f})   "
            f"first rows {rows:7.0f} ms ({rows / bare:.2f} × bare, {rows / smallest:.2f} × the smallest)   "
            f"down p50 {keys[len(keys) // 2]:5.1f} ms  p95 {keys[len(keys) * 95 // 100]:5.1f} ms"
        )


def median(measure: Callable[[], float]) -> float:
    """Run a measurement a few times, after once to warm up."""
    measure()
    return statistics.median(measure() for _ in range(RUNS))


def start(command: Sequence[str], environment: dict[str, str], word: str) -> float:
    """Milliseconds from the start of a program to a word on its screen."""
    started = time.perf_counter()
    with Terminal(command, environment=environment) as terminal:
        terminal.until_shows(word)
        return (time.perf_counter() - started) * 1000


def downs(environment: dict[str, str], size: int) -> list[float]:
    """Milliseconds from the down key to the next bytes painted, over and over."""
    with Terminal(["peekui"], environment=environment) as terminal:
        terminal.until_shows(f"of {size:,}")
        times = []
        for _ in range(min(KEYS, size - 1)):
            before = len(terminal.raw)
            started = time.perf_counter()
            terminal.send("\x1b[B")
            terminal.until(lambda _: len(terminal.raw) > before)  # noqa: B023  (called at once)
            times.append((time.perf_counter() - started) * 1000)
        return times


if __name__ == "__main__":
    main()
