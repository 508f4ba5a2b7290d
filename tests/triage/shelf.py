"""Files of a test in a real library, and what the library makes of them."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import httpx

from peekui.api.client import MixpeekClient
from peekui.triage.gathering import Gathering
from peekui.triage.scope import Scope, Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from peekui.triage.rows import Row
    from tests.service import Service

__all__ = ["Between", "Shelf"]

_SIDECAR = ".json"
_PATIENCE = 60.0


class Between(httpx.AsyncBaseTransport):
    """Stands between client and service, counts, and may refuse a call before or after the service has it.

    Attributes:
        requests: What was sent on, as `METHOD path`.
    """

    def __init__(
        self,
        before: Callable[[httpx.Request], httpx.Response | None] | None = None,
        after: Callable[[httpx.Request, httpx.Response], httpx.Response | None] | None = None,
    ) -> None:
        self.requests: list[str] = []
        self._before = before
        self._after = after
        self._network = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request on."""
        if self._before and (answer := self._before(request)):
            return answer
        self.requests.append(f"{request.method} {request.url.path}")
        answer = await self._network.handle_async_request(request)
        await answer.aread()
        return (self._after and self._after(request, answer)) or answer

    async def aclose(self) -> None:
        """Close the connections."""
        await self._network.aclose()


@dataclass(frozen=True)
class Shelf:
    """A library of files that a test writes.

    Attributes:
        service: Serves it.
        root: Its folder; each folder in it is a collection.
    """

    service: Service
    root: Path

    def client(self, transport: httpx.AsyncBaseTransport | None = None) -> MixpeekClient:
        """Give a client to it."""
        return MixpeekClient(self.service.base_url, self.service.api_key, transport=transport)

    def put(
        self, collection: str, files: Mapping[str, bytes | str], metadata: Mapping[str, object] | None = None
    ) -> None:
        """Write files, each an hour younger than the one before; metadata goes into a sidecar of its name."""
        for number, (name, content) in enumerate(files.items()):
            path = self.root / collection / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            if metadata and name in metadata:
                path.with_name(f"{name}{_SIDECAR}").write_text(json.dumps(metadata[name]))
            moment = 1_700_000_000 + 3600 * number
            os.utime(path, (moment, moment))
        self.rescan(collection)

    def rescan(self, collection: str) -> None:
        """Have the library look at its folder, and wait until it has read what is there by now."""
        files = [path for path in (self.root / collection).iterdir() if not path.name.endswith(f".txt{_SIDECAR}")]
        wanted = sorted((path.stem, path.stat().st_size) for path in files)
        deadline = time.monotonic() + _PATIENCE
        with self.service.http() as http:
            http.post(f"/v1/namespaces/{self.root.name}/rescan").raise_for_status()
            while True:
                answer = http.post("/v1/assets", params={"page_size": 1000}, json={"collections": [collection]})
                rows = answer.json().get("results", [])
                if wanted == sorted(
                    (PurePath(row["metadata"]["file_name"]).stem, row["file_data"]["file_size_bytes"])
                    for row in rows
                    if row["status"] != "PROCESSING"
                ):
                    return
                assert time.monotonic() < deadline, f"{collection} is still not read"

    def assets(self, collection: str) -> dict[str, dict[str, Any]]:
        """Give what the service has, by title."""
        with self.service.http() as http:
            answer = http.post("/v1/assets", params={"page_size": 1000}, json={"collections": [collection]}).json()
        return {asset["metadata"]["title"]: asset for asset in answer["results"]}

    async def rows(self, *collections: str, subject: Subject = Subject.DUPLICATES) -> list[Row]:
        """Read rows as triage does."""
        async with self.client() as client:
            gathering = Gathering(client, Scope(subject, None, collections))
            async for _ in gathering.run():
                pass
        assert gathering.progress.complete
        return list(gathering.rows.values())
