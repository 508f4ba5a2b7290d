"""A service with any number of assets, made up page by page: what no folder of real files can be.

    python -m tests.benchmarks.endless_service ASSETS

Prints its base URL, and answers until its standard input ends.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

__all__ = ["endless_service", "title"]


def title(index: int) -> str:
    """Name an asset by its index in the table, from 0."""
    return f"asset-{index:08}"


def main() -> None:
    """Serve."""
    count = int(sys.argv[1])
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    routes = [
        Route("/v1/namespaces", _namespaces),
        Route("/v1/collections", lambda _: _collections(count)),
        Route("/v1/assets", lambda request: _assets(request, count), methods=["POST"]),
        Route("/v1/tasks", lambda _: _page([], 1, 1, 0)),
    ]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="error"))
    threading.Thread(target=_until_input_ends, args=[server], daemon=True).start()
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    server.run(sockets=[listener])


@contextmanager
def endless_service(assets: int) -> Iterator[str]:
    """Serve so many assets from a process of its own; gives the base URL."""
    command = [sys.executable, "-m", "tests.benchmarks.endless_service", str(assets)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        yield process.stdout.readline().strip()
        process.stdin.close()


def _until_input_ends(server: uvicorn.Server) -> None:
    sys.stdin.read()
    server.should_exit = True


def _namespaces(_: Request) -> JSONResponse:
    return JSONResponse([{"namespace_id": "ns_endless", "namespace_name": "endless"}])


def _collections(count: int) -> JSONResponse:
    return _page([{"collection_id": "col_all", "collection_name": "all", "asset_count": count}], 1, 10, 1)


def _assets(request: Request, count: int) -> JSONResponse:
    number, size = (int(request.query_params.get(name, "1")) for name in ("page", "page_size"))
    first = (number - 1) * size
    return _page([_asset(index) for index in range(first, min(first + size, count))], number, size, count)


def _asset(index: int) -> dict[str, Any]:
    return {
        "asset_id": f"ast_{index:08}",
        "collection_id": "col_all",
        "status": "FAILED" if index % 9 == 0 else "DONE",
        "created_at": f"2026-{index % 12 + 1:02}-{index % 28 + 1:02}T10:00:00Z",
        "file_hash": f"{index:064x}",
        "file_data": {"file_type": "image/jpeg", "file_size_bytes": 1000 + index * 37},
        "metadata": {"title": title(index), "camera": {"model": "Canon", "lens": "50 mm"}, "tags": ["a", "b"]},
    }


def _page(results: list[dict[str, Any]], number: int, size: int, total: int) -> JSONResponse:
    pages = -(-total // size)
    pagination = {"page": number, "page_size": size, "total": total, "total_pages": pages}
    return JSONResponse({"results": results, "pagination": pagination})


if __name__ == "__main__":
    main()
