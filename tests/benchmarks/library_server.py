"""The service over a library that has no files: everything of `peekui serve` but the indexer."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import uvicorn

from peekui.library.presign import Presigner
from peekui.library.previews import Previews
from peekui.library.readers import Readers
from peekui.library.results import Results
from peekui.library.service.app import make_app
from peekui.library.service.context import Parts

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from peekui.library.libraries import Library
    from peekui.library.store import Store

__all__ = ["KEY", "running"]

KEY: Final = {"Authorization": "Bearer benchmark"}


@contextmanager
def running(store: Store, library: Library) -> Iterator[str]:
    """Serve a store in a thread; gives the base URL."""
    readers = Readers(store)
    parts = Parts(
        store=store,
        libraries=[library],
        readers=readers,
        results=Results(store, readers),
        presigner=Presigner(store.setting("presign secret")),
        previews=Previews(store.directory / "previews"),
    )
    ready = threading.Event()
    config = uvicorn.Config(
        make_app(parts, api_key="benchmark"), port=0, http="h11", ws="none", lifespan="off", log_config=None
    )
    server = _Server(config, ready)
    thread = threading.Thread(target=server.run)
    thread.start()
    ready.wait()
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        readers.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()
