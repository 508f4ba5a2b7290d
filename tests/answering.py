"""A service that answers what a test wants it to."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Answering", "answering_services"]


class Answering(Protocol):
    """Starts a service; gives its address."""

    def __call__(self, status: int, answers: Mapping[str, Any] | None = None, retry_after: str | None = None) -> str:
        """Serve one status to every call.

        Args:
            status: With an empty body.
            answers: JSON for some paths, with or without their query.
            retry_after: Header that goes with the status.
        """


def answering_services() -> Iterator[Answering]:
    """Give what starts services; they end when the generator is closed."""
    servers = []

    def serve(status: int, answers: Mapping[str, Any] | None = None, retry_after: str | None = None) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                known = answers or {}
                found = known.get(self.path, known.get(self.path.partition("?")[0]))
                body = b"" if found is None else json.dumps(found).encode()
                self.send_response(200 if body else status)
                if retry_after and not body:
                    self.send_header("Retry-After", retry_after)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = Thread(target=server.serve_forever)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()
