"""The filter builder on a tree of 2,000 nodes: from a key to its paint.

    env -u PYTHONDONTWRITEBYTECODE python -m tests.benchmarks.filter_tree [--runs N]

The app runs without a terminal, 120×40, on the demo library. A key is posted as the terminal would, and the clock stops
when the next update of the screen was handed to the driver: edit, check, tree, editor of the node and paint are in it,
writing to a terminal is not. Times are of the processor, so that other programs count little. Between keys the builder
rests, so that what follows a rest (texts, counts) is not in the time of the next. Beside it stands a tree of 20 nodes.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from textual import events

from peekui.filters.nodes import Condition, Group, Kind, Operator
from peekui.filters.paths import walk
from peekui.ui.app import PeekApp
from peekui.ui.screens.filter import FilterScreen
from tests.service import serving
from tests.ui.driver import Driver

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.service import Service

NODES: Final = 2000
FEW: Final = 20
KEYS: Final = {"mute": "x", "negate": "!", "duplicate": "D", "undo": "u", "move": "JK", "cursor": "jk"}
"""What is done, with which keys by turns: so that each of them always has something to do, and paints."""
_REST: Final = 0.8


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        for service in serving("--demo", "--data-dir", folder):
            asyncio.run(_measure(service, runs))


async def _measure(service: Service, runs: int) -> None:
    app = PeekApp(service)
    app.animation_level = "none"
    painted = asyncio.Event()
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(app, pilot)
        await driver.until_rows()
        _tell_of_paints(app, painted.set)
        for nodes in (FEW, NODES):
            screen = await _open(driver, _tree(nodes))
            gc.collect()
            gc.freeze()  # as the app does once it is ready
            all_times = []
            for name, keys in KEYS.items():
                times = [await _press(app, key, painted) for key in islice(cycle(keys), runs)]
                all_times += times
                print(f"{nodes:,} nodes, {name}: {_said(times)}")
            print(f"{nodes:,} nodes, all keys (p95 at most 33 ms): {_said(all_times)}")
            screen.dismiss()
            await pilot.pause()


def _tell_of_paints(app: PeekApp, tell: Callable[[], object]) -> None:
    display = app._display

    def painted(*arguments: object) -> None:
        display(*arguments)  # type: ignore[arg-type]
        tell()

    app._display = painted  # type: ignore[method-assign,assignment]


async def _open(driver: Driver, tree: Group) -> FilterScreen:
    place = driver.browse.place
    query = place.query()
    assert query
    rows = tuple(driver.browse.panes.rows.window.held())
    screen = FilterScreen(driver.session, place.namespace, replace(query, filter=tree), rows, lambda _: None)
    await driver.app.push_screen(screen)
    await driver.pilot.pause()
    for key in "jjjj":
        await driver.pilot.press(key)
    await asyncio.sleep(2)
    return screen


async def _press(app: PeekApp, key: str, painted: asyncio.Event) -> float:
    """Give the milliseconds from a key to the first paint after it."""
    await asyncio.sleep(_REST)
    painted.clear()
    started = time.process_time()
    app.post_message(events.Key("exclamation_mark" if key == "!" else key, key))
    await asyncio.wait_for(painted.wait(), 5)
    return (time.process_time() - started) * 1000


def _said(times: list[float]) -> str:
    return f"p50 {median(times):.1f} ms, p95 {quantiles(times, n=20)[-1]:.1f} ms"


def _tree(nodes: int) -> Group:
    groups = [
        Group(
            Kind.OR if outer % 2 else Kind.NOR,
            tuple(Condition("metadata.width", Operator.EQ, outer * 19 + inner) for inner in range(19)),
        )
        for outer in range(nodes // 20)
    ]
    tree = Group(Kind.AND, tuple(groups))
    assert len(list(walk(tree))) == nodes + 1
    return tree


if __name__ == "__main__":
    main()
