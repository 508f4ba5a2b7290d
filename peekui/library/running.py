"""The running service: web server and indexer, from the ready line to the last goodbye."""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from contextlib import ExitStack, contextmanager
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
    from collections.abc import Callable, Iterator, Sequence

    from peekui.library.libraries import Library
    from peekui.library.serve import ServeOptions
    from peekui.library.store import Store

__all__ = ["run"]

_GRACE_SECONDS: Final = 3
"""What is still going on when the service is told to stop gets so long; SQLite survives the rest."""
_IDLE_SECONDS: Final = 60
"""A client that comes back to a connection meanwhile finds it open: what it sends to a closed one is lost."""
_HEAD_START_SECONDS: Final = 0.05
"""The indexer begins so much later than the service: its imports would delay the first answer."""
_PREVIEWS_FOLDER: Final = "previews"


def run(
    options: ServeOptions, store: Store, libraries: Sequence[Library], listener: socket.socket, api_key: str
) -> None:
    """Serve until told to stop.

    Args:
        options: How to serve.
        store: Open database.
        libraries: What to serve.
        listener: Bound socket.
        api_key: What callers must send.
    """
    with ExitStack() as stack:
        readers = Readers(store)
        stack.callback(readers.close)
        previews = Previews(store.directory / _PREVIEWS_FOLDER)
        stack.callback(previews.close)
        parts = Parts(
            store=store,
            libraries=libraries,
            readers=readers,
            results=Results(store, readers),
            presigner=Presigner(store.setting("presign secret")),
            previews=previews,
            allow_delete=options.allow_delete,
        )
        indexing = _Indexing(parts, watch=options.watch)
        stack.callback(indexing.stop)
        host, port = listener.getsockname()[:2]
        name = f"[{host}]" if ":" in host else host

        def ready() -> None:
            sys.stdout.write(f"peekui library on http://{name}:{port} (key: {api_key})\n")
            sys.stdout.flush()
            asyncio.get_running_loop().call_later(_HEAD_START_SECONDS, indexing.start)

        config = uvicorn.Config(
            make_app(parts, api_key=api_key, names=[options.host]),
            http="h11",
            ws="none",
            lifespan="off",
            loop="asyncio",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        _Server(config, ready).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Says when it can answer, and takes a signal as the ordinary end of its work."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        # The original raises the signal once more at the end; a service that was told to stop has not failed.
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        signals = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(number, self.handle_exit) for number in signals]
        try:
            yield
        finally:
            for number, handler in zip(signals, before, strict=True):
                signal.signal(number, handler)


class _Indexing:
    """Brings the indexer up beside the service: its imports and its worker processes delay nobody's first answer."""

    def __init__(self, parts: Parts, *, watch: bool) -> None:
        self._parts = parts
        self._watch = watch
        self._stack = ExitStack()
        self._thread = threading.Thread(target=self._begin, name="indexer-start", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        if self._thread.ident is not None:
            self._thread.join()
        self._stack.close()

    def _begin(self) -> None:
        from peekui.library.indexer import Indexer  # noqa: PLC0415
        from peekui.library.media.workers import DecoderPool  # noqa: PLC0415

        pool = DecoderPool()
        indexer = Indexer(self._parts.store, self._parts.libraries, pool)
        # Last in, first out: the indexer waits for what it has under way, which closing the pool cancels.
        self._stack.callback(indexer.stop)
        self._stack.callback(pool.close)
        self._parts.indexer = indexer
        indexer.start()
        if self._watch:
            from peekui.library.watching import Watcher  # noqa: PLC0415

            watcher = Watcher([library.root for library in self._parts.libraries], indexer.rescan)
            self._stack.callback(watcher.stop)
            watcher.start()
