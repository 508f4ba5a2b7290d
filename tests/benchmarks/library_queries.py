"""How fast a library of a million assets answers, beside the same SQL written by hand.

    python -m tests.benchmarks.library_queries [--assets 1000000] [--directory DIR]

The first run writes the library (about 15 minutes for a million); the directory is kept.

For each first page the whole request is measured, the library being changed before it so that nothing is remembered,
and in turn with it the same SQL by hand: the count and the first ten rows. An answer comes over HTTP, which alone costs
as much as the fastest of these statements: the request for /healthcheck by the same client, the floor.
"""

# ruff: noqa: S608 - a command that prints; column names come from the database itself

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import threading
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, Final

import httpx

from tests.benchmarks.library_server import KEY, running
from tests.benchmarks.library_stock import COLLECTIONS, build

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from peekui.library.store import Store

RUNS: Final = 25
NAMES: Final = [f"folder-{number}" for number in range(COLLECTIONS)]
NARROW: Final = {
    "AND": [
        {"key": "metadata.rating", "operator": "gte", "value": 4},
        {
            "OR": [
                {"key": "metadata.camera.make", "value": "kestrel"},
                {
                    "NOR": [
                        {"key": "metadata.width", "operator": "lt", "value": 6000},
                        {"key": "metadata.reviewed", "value": True},
                    ]
                },
            ]
        },
        {"key": "metadata.score", "operator": "lt", "value": 25},
    ]
}
BROAD: Final = {
    "AND": [
        {"key": "metadata.score", "operator": "gt", "value": 10},
        {
            "OR": [
                {"key": "metadata.width", "operator": "gt", "value": 1000},
                {
                    "NOR": [
                        {"key": "metadata.camera.make", "value": "hoshi"},
                        {"key": "metadata.rating", "operator": "eq", "value": 0},
                    ]
                },
            ]
        },
        {"NOR": [{"key": "metadata.camera.iso", "value": 1600}]},
    ]
}
BY_HAND: Final = {
    "status = FAILED": "facet.status_key = 'sfailed' || char(1) || 'FAILED'",
    "narrow filter": (
        "{rating} >= 4 AND {rating} < '' AND ({make} >= 'skestrel' || char(1) AND {make} < 'skestrel' || char(2)"
        " OR NOT ({width} < 6000 OR {reviewed} = 'b1')) AND {score} < 25"
    ),
    "broad filter": (
        "{score} > 10 AND {score} < '' AND ({width} > 1000 AND {width} < ''"
        " OR NOT ({make} >= 'shoshi' || char(1) AND {make} < 'shoshi' || char(2) OR {rating} = 0))"
        " AND NOT {iso} = 1600"
    ),
}
PAGE: Final = (
    "SELECT asset_id, status, asset.size_bytes, media_type, modality, file_hash, created_at, updated_at, duplicate_of,"
    " document.metadata, document.error FROM asset JOIN document ON document.asset = asset.id"
)


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assets", type=int, default=1_000_000)
    parser.add_argument("--directory", type=Path)
    options = parser.parse_args()
    directory = options.directory or Path(tempfile.gettempdir()) / f"peekui-benchmark-{options.assets}"
    store, library = build(directory, options.assets)
    with running(store, library) as url, httpx.Client(base_url=url, headers=KEY, timeout=60, trust_env=False) as http:
        print(f"{options.assets:,} assets; milliseconds; medians where nothing else is said\n")
        _first_pages(store, http)
        _pages(store, http)
        _at_once(store, http, url)
        _gone(store, http, url)
    store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(f"most memory this process had, client and service: {peak / 1e6:.0f} MB (at most 400)")


def _first_pages(store: Store, http: httpx.Client) -> None:
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "no filter": ("", {}),
        "status = FAILED": ("", {"filters": {"AND": [{"key": "status", "value": "FAILED"}]}}),
        "narrow filter": ("", {"filters": NARROW}),
        "broad filter": ("", {"filters": BROAD}),
        "rare word": ("/search", {"query": {"key": ["*"], "value": "eclipse"}}),
        "common word": ("/search", {"query": {"key": ["*"], "value": "river"}}),
        "sorted by title": ("", {"sort": {"field": "metadata.title", "direction": "asc"}}),
    }
    floor = median(_times(lambda: http.get("/healthcheck").raise_for_status(), runs=100))
    print(f"HTTP floor {floor:.1f}\n")
    print(
        f"{'first page, with total':24}{'matches':>10}{'median':>8}{'p95':>8}{'by hand':>9}"
        f"{': by hand':>11}{': by hand + floor':>19}{'next page':>11}"
    )
    for name, (path, body) in bodies.items():
        whole = {"collections": NAMES, **body}

        def ask(page: int = 1, *, path: str = path, whole: dict[str, Any] = whole) -> int:
            answer = http.post(f"/v1/assets{path}", json=whole, params={"page": page})
            answer.raise_for_status()
            return int(answer.json()["pagination"]["total"])

        def cold(ask: Callable[[], int] = ask) -> None:
            store.generation += 1
            ask()

        with closing(store.reader()) as reader:
            times, by_hand = _in_turn(cold, _by_hand(reader, name))
        ratios = f"{'':39}"
        if by_hand:
            hand = median(by_hand)
            ratios = f"{hand:9.1f}{median(times) / hand:11.2f}{median(times) / (hand + floor):19.2f}"
        p95 = quantiles(times, n=20, method="inclusive")[-1]
        following = median(_times(partial(ask, 2)))
        print(f"{name:24}{ask():10,}{median(times):8.1f}{p95:8.1f}{ratios}{following:11.1f}")


def _in_turn(service: Callable[[], None], by_hand: Callable[[], None] | None) -> tuple[list[float], list[float]]:
    """Measure both in turn: what else the machine does slows both alike."""
    times: list[float] = []
    hand_times: list[float] = []
    for _ in range(RUNS):
        times += _times(service, runs=1)
        if by_hand:
            hand_times += _times(by_hand, runs=1)
    return times, hand_times


def _by_hand(reader: sqlite3.Connection, name: str) -> Callable[[], None] | None:
    words = {"rare word": "eclipse", "common word": "river"}
    if name in words:
        return partial(_ranked, reader, words[name])
    if name not in BY_HAND:
        return None
    slots = {
        path.rpartition(".")[2]: f"m{slot}"
        for path, slot in reader.execute("SELECT path, slot FROM field WHERE slot IS NOT NULL")
    }
    where = BY_HAND[name].format(**slots)
    # SQLite's own choice of an index, and none: whoever writes by hand takes the better one.
    ways = [partial(_count_and_page, reader, table, where) for table in ("facet", "facet NOT INDEXED")]
    return min(ways, key=lambda way: min(_times(way, runs=2)))


def _count_and_page(reader: sqlite3.Connection, table: str, where: str) -> None:
    reader.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()
    page = f"SELECT id FROM {table} WHERE {where} ORDER BY id LIMIT 10"
    reader.execute(f"{PAGE} WHERE asset.id IN ({page}) ORDER BY asset.id").fetchall()


def _ranked(reader: sqlite3.Connection, word: str) -> None:
    reader.execute("SELECT count(*) FROM words WHERE words MATCH ?", (word,)).fetchone()
    reader.execute(
        f"{PAGE} JOIN (SELECT rowid AS hit, rank AS place FROM words WHERE words MATCH ? ORDER BY rank LIMIT 10)"
        " ON hit = asset.id ORDER BY place",
        (word,),
    ).fetchall()


def _pages(store: Store, http: httpx.Client) -> None:
    last = int(http.post("/v1/assets", json={"collections": NAMES}).json()["pagination"]["total_pages"])
    far = min(10_000, last)

    def page(number: int) -> None:
        http.post("/v1/assets", json={"collections": NAMES}, params={"page": number}).raise_for_status()

    second, deep = median(_times(lambda: page(2))), median(_times(lambda: page(far)))
    print(f"\npage 2: {second:.1f}; page {far:,}: {deep:.1f}; ratio {deep / second:.2f} (at most 3)")


def _at_once(store: Store, http: httpx.Client, url: str) -> None:
    """Eight clients ask different things; each answer is what it is alone."""
    bodies = [
        {"collections": NAMES, "filters": {"AND": [{"key": "metadata.rating", "operator": "gte", "value": number % 6}]}}
        for number in range(8)
    ]
    alone = [http.post("/v1/assets", json=body).json() for body in bodies]
    store.generation += 1
    together: list[Any] = [None] * len(bodies)

    def ask(number: int) -> None:
        with httpx.Client(base_url=url, headers=KEY, timeout=60, trust_env=False) as client:
            together[number] = client.post("/v1/assets", json=bodies[number]).json()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(bodies))]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    print(
        f"8 clients at once: {seconds * 1000:.0f}, answers {'as' if together == alone else 'NOT as'} when asked alone"
    )


def _gone(store: Store, http: httpx.Client, url: str) -> None:
    """A client that goes away stops its query: the next one has the machine to itself."""
    slow = {"collections": NAMES, "filters": {"OR": [{"key": "metadata.title", "operator": "text", "value": "a"}] * 20}}
    broad = {"collections": NAMES, "filters": BROAD}
    store.generation += 1
    alone = _times(lambda: http.post("/v1/assets", json=broad), runs=1)[0]
    for _ in range(4):
        try:
            httpx.post(f"{url}/v1/assets", json=slow, headers=KEY, timeout=0.2, trust_env=False)
        except httpx.ReadTimeout:
            continue
    store.generation += 1
    after = _times(lambda: http.post("/v1/assets", json=broad), runs=1)[0]
    print(f"after 4 clients went away: {after:.0f}, alone {alone:.0f}, ratio {after / alone:.2f}")


def _times(call: Callable[[], object], *, runs: int = RUNS) -> list[float]:
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    return times


if __name__ == "__main__":
    main()
