"""`peekui search`: rows a second beside a raw httpx loop, memory, the first byte, and what `--help` costs.

    env -u PYTHONDONTWRITEBYTECODE python -m tests.benchmarks.search [--rows N]

Both read the same pages of a service that makes them up (endless_service.py), by turns, each in a process of its own.
The raw loop decodes every page and keeps nothing. Start-up is in neither: what peekui takes to print one page is taken
off. The machine drifts, ratios do not.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

import psutil

from tests.benchmarks.endless_service import endless_service
from tests.service import serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROWS: Final = 200_000
PAGE: Final = 1000
TURNS: Final = 3
STARTS: Final = 7
LEAST_SHARE: Final = 0.70
MOST_TO_FIRST_BYTE: Final = 0.5
MOST_HELP: Final = 1.5
PEEKUI: Final = (sys.executable, "-m", "peekui")

IMPORTS: Final = "import asyncio, click, httpcore, httpx, lark, pydantic"

RAW_LOOP: Final = f"""
import json, sys, time
import httpx

base_url, rows = sys.argv[1], int(sys.argv[2])
with httpx.Client(base_url=base_url, headers={{"Authorization": "Bearer sk_1"}}, trust_env=False) as http:
    started = time.perf_counter()
    for page in range(1, rows // {PAGE} + 1):
        params = {{"page": page, "page_size": {PAGE}}}
        answer = http.post("/v1/assets", params=params, json={{"collections": ["col_all"]}})
        assert len(json.loads(answer.content)["results"]) == {PAGE}
    print(time.perf_counter() - started)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as home:
        _measure_rows(rows, {"XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home})
        _measure_first_byte({"XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home})
    _measure_help()


def _measure_rows(rows: int, home: Mapping[str, str]) -> None:
    shares, few, many = [], [], []
    with endless_service(rows) as base_url:
        environment = {"MIXPEEK_BASE_URL": base_url, "MIXPEEK_API_KEY": "sk_1", **home}
        for _ in range(TURNS):
            command = [sys.executable, "-c", RAW_LOOP, base_url, str(rows)]
            raw = float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            start, _ = _search(PAGE, environment)
            few.append(_search(rows // 10, environment)[1])
            seconds, peak = _search(rows, environment)
            many.append(peak)
            shares.append(raw / (seconds - start))
            print(f"raw {rows / raw:,.0f} rows a second, search {rows / (seconds - start):,.0f}: {shares[-1]:.0%}")
    print(f"median share (at least {LEAST_SHARE:.0%}): {median(shares):.0%}")
    less, more = median(few) / 2**20, median(many) / 2**20
    print(f"memory at most: {less:.0f} MiB for {rows // 10:,} rows, {more:.0f} MiB for {rows:,}")


def _search(rows: int, environment: Mapping[str, str]) -> tuple[float, int]:
    """Search for so many rows; gives the seconds it took and the memory it had at most."""
    started = time.perf_counter()
    command = [*PEEKUI, "search", "in:all", f"size:{PAGE}", "--limit", str(rows), "-o", "jsonl", "-q"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, **environment}) as process:
        assert process.stdout
        count, peak = 0, 0
        watched = psutil.Process(process.pid)
        while block := process.stdout.read(1 << 20):
            count += block.count(b"\n")
            peak = max(peak, watched.memory_info().rss)
        seconds = time.perf_counter() - started
    assert (process.returncode, count) == (0, rows)
    return seconds, peak


def _measure_first_byte(home: Mapping[str, str]) -> None:
    with tempfile.TemporaryDirectory() as data_dir, _demo(Path(data_dir)) as (base_url, key):
        environment = {**os.environ, "MIXPEEK_BASE_URL": base_url, "MIXPEEK_API_KEY": key, **home}
        seconds = median(_first_byte(environment) for _ in range(STARTS))
        bare = median(_seconds([sys.executable, "-c", IMPORTS]) for _ in range(STARTS))
    print(f"first byte on the demo (at most {MOST_TO_FIRST_BYTE} s): {seconds:.2f} s; its imports alone: {bare:.2f} s")


def _first_byte(environment: Mapping[str, str]) -> float:
    started = time.perf_counter()
    command = [*PEEKUI, "search", "status = DONE", "-o", "jsonl", "-q"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        assert process.stdout.read(1)
        seconds = time.perf_counter() - started
        process.stdout.read()
    return seconds


def _measure_help() -> None:
    ratios = [
        _seconds([*PEEKUI, "--help"]) / _seconds([sys.executable, "-c", "import click"]) for _ in range(3 * STARTS)
    ]
    print(f"--help beside `import click` (at most {MOST_HELP}): {median(ratios):.2f}")


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


@contextmanager
def _demo(data_dir: Path) -> Iterator[tuple[str, str]]:
    with contextmanager(serving)("--demo", "--data-dir", data_dir) as service:
        yield service.base_url, service.api_key.reveal()


if __name__ == "__main__":
    main()
