"""`peekui search --watch`: what is new, changed or gone since the last look, until ctrl+c."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from queue import Queue
from threading import Thread
from typing import IO, TYPE_CHECKING

import pytest
from click.testing import CliRunner

from peekui.cli import cli
from tests.service import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.service import Service

_PATIENCE = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "shelf"
    (root / "notes").mkdir(parents=True)
    for number in range(3):
        (root / "notes" / f"note {number}.txt").write_text(f"note {number}")
    return root


@pytest.fixture
def service(folder: Path, tmp_path: Path) -> Iterator[Service]:
    yield from serving(folder, "--data-dir", tmp_path / "index")


class Watching:
    """The command in a process of its own, and its lines as they come."""

    def __init__(self, environment: dict[str, str], *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "peekui", "search", *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.data, self.said = (self._lines(stream) for stream in (self.process.stdout, self.process.stderr))

    def stop(self) -> int:
        """Do what ctrl+c does, and give the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(_PATIENCE)

    def close(self) -> None:
        """Stop it at once."""
        self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join()
        for stream in (self.process.stdout, self.process.stderr):
            assert stream
            stream.close()

    def _lines(self, stream: IO[str] | None) -> Queue[str]:
        lines: Queue[str] = Queue()

        def read() -> None:
            for line in stream or ():
                lines.put(line.rstrip("\n"))

        thread = Thread(target=read)
        thread.start()
        self._threads = [*getattr(self, "_threads", []), thread]
        return lines


@pytest.fixture
def watch(service: Service, tmp_path: Path) -> Iterator[Callable[..., Watching]]:
    """Begin to watch; what still runs at the end is stopped."""
    environment = os.environ | {
        "MIXPEEK_BASE_URL": service.base_url,
        "MIXPEEK_API_KEY": service.api_key.reveal(),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    with ExitStack() as stack:

        def begin(*arguments: str) -> Watching:
            watching = Watching(environment, *arguments)
            stack.callback(watching.close)
            return watching

        yield begin


def rescan(service: Service) -> None:
    with service.http() as http:
        name = http.get("/v1/namespaces").json()[0]["namespace_name"]
        http.post(f"/v1/namespaces/{name}/rescan").raise_for_status()
    service.wait_indexed()


def ids_by_name(service: Service) -> dict[str, str]:
    with service.http() as http:
        keys = [one["collection_id"] for one in http.get("/v1/collections").json()["results"]]
        found = http.post("/v1/assets", params={"page_size": 100}, json={"collections": keys}).json()["results"]
    return {asset["metadata"]["file_name"]: asset["asset_id"] for asset in found}


def test_changes_come_as_lines_and_the_next_time_begins_with_what_came_meanwhile(
    watch: Callable[..., Watching], service: Service, folder: Path
) -> None:
    before = ids_by_name(service)
    watching = watch("status = DONE", "--watch", "1s", "-o", "jsonl")
    assert watching.said.get(timeout=_PATIENCE) == "3 assets. Watching every 1 s; ctrl+c ends it."
    (folder / "notes" / "new.txt").write_text("new")
    rescan(service)
    new = json.loads(watching.data.get(timeout=_PATIENCE))
    assert (new["change"], new["metadata"]["file_name"]) == ("new", "new.txt")
    assert watching.said.get(timeout=_PATIENCE).startswith("1 new since ")
    assert watching.stop() == 130

    (folder / "notes" / "note 0.txt").unlink()
    (folder / "notes" / "note 1.txt").write_text("something else")
    rescan(service)
    watching = watch("status = DONE", "--watch", "1h", "-o", "jsonl")
    changes = [json.loads(watching.data.get(timeout=_PATIENCE)) for _ in range(2)]
    assert [(one["change"], one["asset_id"]) for one in changes] == [
        ("changed", before["note 1.txt"]),
        ("gone", before["note 0.txt"]),
    ]
    assert watching.stop() == 130


def test_a_table_has_a_column_for_it_and_ids_are_of_what_is_new(
    watch: Callable[..., Watching], service: Service, folder: Path
) -> None:
    table, ids = watch("in:notes", "--watch", "1"), watch("in:notes", "--watch", "1s", "-o", "ids")
    for watching in (table, ids):
        assert "Watching every 1 s" in watching.said.get(timeout=_PATIENCE)
    (folder / "notes" / "new.txt").write_text("new")
    rescan(service)
    new = ids_by_name(service)["new.txt"]
    assert table.data.get(timeout=_PATIENCE).split()[:2] == ["CHANGE", "ASSET_ID"]
    assert table.data.get(timeout=_PATIENCE).split()[:2] == ["new", new]
    assert ids.data.get(timeout=_PATIENCE) == new


@pytest.mark.parametrize("options", [("--count",), ("-o", "csv"), ("-o", "urls")])
def test_what_cannot_be_watched_is_refused(options: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli, ["search", "x", "--watch", "60s", *options])
    assert result.exit_code == 2
    assert "--watch prints a table, jsonl or ids." in result.stderr


@pytest.mark.parametrize("period", ["0", "-5s", "soon", "5d", "1.5m"])
def test_a_time_that_is_none_is_refused(period: str) -> None:
    result = CliRunner().invoke(cli, ["search", "x", f"--watch={period}"])
    assert result.exit_code == 2
    assert "is no time such as 60s, 5m or 2h" in result.stderr
