"""From process start to the first answer, beside a bare Starlette app under uvicorn that opens the same database.

    env -u PYTHONDONTWRITEBYTECODE python -m tests.benchmarks.library_start [--runs N]

Both listen before they import anything heavy, so that neither shares the processors with a client that asks again and
again; runs alternate. On a machine that does other things as well, the fastest runs say most.
"""

from __future__ import annotations

import argparse
import http.client
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from peekui.library.database import DATABASE
from tests.service import serving

if TYPE_CHECKING:
    from collections.abc import Sequence

FILES: Final = 400
KEY: Final = "sk_benchmark"
PATIENCE_SECONDS: Final = 30
BARE: Final = """
import socket
import sys
listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
listener.bind(("127.0.0.1", int(sys.argv[2])))
listener.listen()

import sqlite3
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

db = sqlite3.connect(sys.argv[1])
db.execute("PRAGMA journal_mode = WAL")
db.execute("SELECT count(*) FROM namespace").fetchone()

async def namespaces(_):
    return JSONResponse(db.execute("SELECT namespace_id, name FROM namespace").fetchall())

app = Starlette(routes=[Route("/v1/namespaces", namespaces)])
uvicorn.Server(uvicorn.Config(app, http="h11", ws="none", lifespan="off", log_config=None)).run([listener])
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        root, data_dir = Path(folder) / "notes", Path(folder) / "data"
        root.mkdir()
        for number in range(FILES):
            (root / f"{number}.txt").write_text(f"Note {number}\n", "utf-8")
        for _ in serving(root, "--data-dir", data_dir):
            pass
        bare = ["-c", BARE, str(data_dir / DATABASE)]
        ours = ["-m", "peekui", "serve", str(root), "--data-dir", str(data_dir), "--api-key", KEY, "--port"]
        times = [(_first_answer(bare), _first_answer(ours)) for _ in range(runs + 1)][1:]  # the first one is cold
    by_hand, library = zip(*times, strict=True)
    ratio = median(one / other for other, one in times)
    print(f"bare Starlette and uvicorn, database open: {_summary(by_hand)}")
    print(f"peekui serve, {FILES} files known: {_summary(library)}")
    print(f"ratio {ratio:.2f} (at most 1.20), of the fastest runs {min(library) / min(by_hand):.2f}")


def _summary(seconds: Sequence[float]) -> str:
    fastest, middle, slowest = min(seconds), median(seconds), quantiles(seconds, n=20)[-1]
    return f"{middle * 1000:.0f} ms, fastest {fastest * 1000:.0f} ms, p95 {slowest * 1000:.0f} ms"


def _first_answer(arguments: Sequence[str]) -> float:
    """Start Python with these arguments and a port; give the seconds until it answers."""
    port = _free_port()
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments, str(port)], stdout=subprocess.DEVNULL)
    try:
        while not _answers(port):
            assert time.perf_counter() - started < PATIENCE_SECONDS
            time.sleep(0.001)
        return time.perf_counter() - started
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)) as connection:
        try:
            connection.request("GET", "/v1/namespaces", headers={"Authorization": f"Bearer {KEY}"})
            return connection.getresponse().status == http.client.OK
        except OSError:
            return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    main()
