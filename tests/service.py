"""A real embedded library for tests, in a process of its own, reached over its socket."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from peekui.browse.embedded import EmbeddedLibrary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from peekui.api.secret import Secret

__all__ = ["Service", "serving"]

_PATIENCE = 120.0


@dataclass(frozen=True)
class Service:
    """A running library; also a source for the app.

    Attributes:
        base_url: Where it answers.
        api_key: What it demands.
        library: The child process.
    """

    base_url: str
    api_key: Secret
    library: EmbeddedLibrary
    name: str = "demo"
    starting: str = "Loading…"
    namespace: str | None = None
    indexes: bool = False
    calls_per_minute: int | None = None
    account: str = "demo"

    async def address(self) -> tuple[str, Secret]:
        """Give base URL and key, as a source does."""
        return self.base_url, self.api_key

    def http(self) -> httpx.Client:
        """Give a plain client with the key."""
        headers = {"Authorization": f"Bearer {self.api_key.reveal()}"}
        return httpx.Client(base_url=self.base_url, headers=headers, trust_env=False, timeout=30)

    def wait_indexed(self) -> None:
        """Wait until every file is indexed."""
        deadline = time.monotonic() + _PATIENCE
        with self.http() as http:
            while left := http.get("/v1/tasks", params={"page_size": 1}).json()["pagination"]["total"]:
                assert time.monotonic() < deadline, f"{left} tasks are still to be done"


def serving(*arguments: str | Path) -> Iterator[Service]:
    """Run `peekui serve` with these arguments until the generator is closed; everything is indexed."""
    library = EmbeddedLibrary([str(argument) for argument in arguments])
    try:
        # In a thread of its own: `asyncio.run` takes the event loop of the tests away from the thread it is called in.
        with ThreadPoolExecutor(1) as thread:
            base_url, api_key = thread.submit(lambda: asyncio.run(library.address())).result()
        service = Service(base_url, api_key, library)
        service.wait_indexed()
        yield service
    finally:
        library.stop()
