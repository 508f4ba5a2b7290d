"""A request whose client went away stops its query."""

from __future__ import annotations

import json
import socket
import struct
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from peekui.library.asset_query import Query
from peekui.library.store import open_store
from tests.benchmarks.library_server import KEY, running
from tests.library.stocked import new_library

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
PATIENCE = 60.0


def close(client: socket.socket) -> None:
    client.close()


def reset(client: socket.socket) -> None:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


def end_sending(client: socket.socket) -> None:
    client.shutdown(socket.SHUT_WR)


@pytest.mark.parametrize("leave", [close, reset, end_sending])
def test_a_client_that_goes_away_stops_its_query(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leave: Callable[[socket.socket], None]
) -> None:
    begun, ended, gave_up = threading.Event(), threading.Event(), threading.Event()

    def find(_: Query, db: sqlite3.Connection) -> None:
        db.set_progress_handler(gave_up.is_set, 10_000)  # so that a test that fails ends too
        begun.set()
        try:
            db.execute(ENDLESS).fetchone()
        finally:
            ended.set()

    monkeypatch.setattr(Query, "find", find)
    store = open_store(tmp_path / "data")
    library = new_library(store, tmp_path)
    body = json.dumps({"collections": ["all"]})
    head = f"POST /v1/assets HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
    with running(store, library) as url, socket.socket() as client:
        try:
            address = urlsplit(url)
            client.connect((address.hostname, address.port))
            client.sendall(f"{head}Authorization: {KEY['Authorization']}\r\n\r\n{body}".encode())
            assert begun.wait(PATIENCE)
            leave(client)
            assert ended.wait(PATIENCE)
        finally:
            gave_up.set()
    store.close()
