"""What the client adds to a page of a hundred assets, beside raw httpx and `json.loads`.

    python -m tests.benchmarks.client

Asks the demo library, in a process of its own, for the same page both ways by turns. Prints the medians and their
ratio, and the same for reading the page alone, without service and socket. The machine drifts, ratios do not.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import httpx
from pydantic import TypeAdapter

from peekui.api.client import AssetBody, MixpeekClient
from peekui.api.decode import decode
from peekui.api.models import Asset, Page
from tests.service import serving

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.service import Service

PAIRS: Final = 400
ROWS: Final = 100
LIMIT: Final = 1.5
PAGES: Final = (1, 2)
"""The demo's first page has an asset with a megabyte of metadata; its second is an ordinary one."""


def main() -> None:
    """Measure and print."""
    with (
        tempfile.TemporaryDirectory() as data_dir,
        contextmanager(serving)("--demo", "--data-dir", data_dir) as service,
    ):
        asyncio.run(_measure(service))


async def _measure(service: Service) -> None:
    headers = {"Authorization": f"Bearer {service.api_key.reveal()}"}
    adapter = TypeAdapter(Page[Asset])
    plain = httpx.AsyncClient(base_url=service.base_url, headers=headers, trust_env=False)
    async with MixpeekClient(service.base_url, service.api_key) as client, plain as http:
        namespace = (await client.namespaces())[0].key
        collections = (await client.collections(namespace=namespace)).results
        body = AssetBody(collections=[collection.key for collection in collections])

        async def ours(number: int) -> None:
            page = await client.assets(body, namespace=namespace, page=number, page_size=ROWS)
            assert len(page.results) == ROWS

        async def raw(number: int) -> bytes:
            params = {"page": number, "page_size": ROWS}
            answer = await http.post("/v1/assets", params=params, json=body, headers={"X-Namespace": namespace})
            assert len(json.loads(answer.content)["results"]) == ROWS
            return answer.content

        for number in PAGES:
            content = await raw(number)
            print(f"page {number}: {ROWS} assets in {len(content):,} bytes; medians of {PAIRS}, milliseconds")
            by_client, by_hand = await _by_turns(partial(ours, number), partial(raw, number))
            print(
                f"  the call   client {by_client:6.2f}   httpx + json.loads {by_hand:6.2f}"
                f"   {by_client / by_hand:.2f} × (at most {LIMIT})"
            )
            reading = _milliseconds(partial(decode, adapter, content, request=""))
            loading = _milliseconds(partial(json.loads, content))
            print(f"  reading    decode {reading:6.2f}   json.loads         {loading:6.2f}   {reading / loading:.2f} ×")


async def _by_turns(
    first: Callable[[], Awaitable[object]], second: Callable[[], Awaitable[object]]
) -> tuple[float, float]:
    """Give the medians of two calls made by turns, in milliseconds."""
    times: tuple[list[float], list[float]] = [], []
    for _ in range(PAIRS):
        for call, kept in zip((first, second), times, strict=True):
            started = time.perf_counter()
            await call()
            kept.append((time.perf_counter() - started) * 1000)
    return median(times[0]), median(times[1])


def _milliseconds(read: Callable[[], Any]) -> float:
    times = []
    for _ in range(PAIRS):
        started = time.perf_counter()
        read()
        times.append((time.perf_counter() - started) * 1000)
    return median(times)


if __name__ == "__main__":
    main()
