"""Filters: parsing 1,000 conditions, completing, and editing a tree of 2,000 nodes.

    env -u PYTHONDONTWRITEBYTECODE python -m tests.benchmarks.filters [--runs N]

Times are of the processor, so that other programs count little. Parsing is set beside Python's own parser, written in
C, reading the same conditions as one Python expression.
"""

from __future__ import annotations

import argparse
import ast
import gc
import subprocess
import sys
import time
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from peekui.filters import edits
from peekui.filters.checks import check
from peekui.filters.evaluate import evaluate
from peekui.filters.expression.completion import complete
from peekui.filters.expression.parse import parse
from peekui.filters.expression.printing import to_expression
from peekui.filters.facts import Facts
from peekui.filters.nodes import Condition, Group, Kind, Operator
from peekui.filters.paths import walk
from peekui.filters.schema import Field, Schema
from peekui.filters.wire import to_json

if TYPE_CHECKING:
    from collections.abc import Callable

CONDITIONS: Final = 1000
NODES: Final = 2000
FLAT: Final = " and ".join(f"metadata.field_{number} = value{number}" for number in range(CONDITIONS))
NESTED: Final = " and ".join(
    f"(status = FAILED or metadata.field_{number} in (video, 10MB, 2024-05-01, {number}))"
    for number in range(CONDITIONS // 2)
)
LINE: Final = "status = FAILED and modality in (video, im"
PYTHON: Final = " and ".join(f"metadata.field_{number} == 'value{number}'" for number in range(CONDITIONS))
SCHEMA: Final = Schema({f"metadata.field_{number}": Field() for number in range(NODES)})


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40)
    runs = parser.parse_args().runs
    print(f"first parse of a process, importing lark and building its tables: {_first_parse() * 1000:.0f} ms")
    gc.collect()
    gc.freeze()  # as the app does once it is ready
    python = _measure("Python's parser, the same in Python", lambda: ast.parse(PYTHON, mode="eval"), runs)
    flat = _measure(f"parse {CONDITIONS:,} conditions in one list (at most 50 ms)", lambda: parse(FLAT), runs)
    print(f"  ratio {flat / python:.1f}")
    _measure(f"parse {CONDITIONS:,} in groups, half of them with four values", lambda: parse(NESTED), runs)
    _measure("complete at the end of one line", lambda: complete(LINE, len(LINE)), runs)
    tree = _tree()
    path = (30, 5)
    _measure(f"edit a tree of {NODES:,} nodes", lambda: edits.negate(tree, path), runs)
    _measure("edit it and print it (at most 33 ms)", lambda: to_expression(edits.negate(tree, path).tree), runs)
    _measure("edit it and write its JSON", lambda: to_json(edits.negate(tree, path).tree), runs)
    _measure("check it", lambda: check(tree, SCHEMA), runs)
    _measure("hold it against an asset", lambda: evaluate(tree, Facts({"metadata": {"field_3": 3}})), runs)


def _tree() -> Group:
    groups = [
        Group(
            Kind.OR if outer % 2 else Kind.NOR,
            tuple(Condition(f"metadata.field_{outer * 19 + inner}", Operator.EQ, inner) for inner in range(19)),
        )
        for outer in range(NODES // 20)
    ]
    tree = Group(Kind.AND, tuple(groups))
    assert len(list(walk(tree))) == NODES + 1
    return tree


def _measure(what: str, work: Callable[[], object], runs: int) -> float:
    """Print median and p95 of the processor's time; give the median in seconds."""
    work()
    times = []
    for _ in range(runs):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    middle = median(times)
    print(f"{what}: {middle * 1000:.1f} ms, p95 {quantiles(times, n=20)[-1] * 1000:.1f} ms")
    return middle


def _first_parse() -> float:
    script = (
        "import time, peekui.filters.expression.parse as p;"
        "started = time.process_time(); p.parse('a = 1'); print(time.process_time() - started)"
    )
    times = [float(subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout)
             for _ in range(5)]  # fmt: skip
    return median(times)


if __name__ == "__main__":
    main()
