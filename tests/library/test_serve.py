"""`peekui serve` as a process: the ready line, the sentences for what can be mended, and its end."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import httpx
import psutil
import pytest

from peekui.library.errors import LibraryError
from peekui.library.serve import ServeOptions, serve
from tests.service import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READY = "peekui library on http://127.0.0.1:"
TO_THE_FIRST_ANSWER = """
import sys
from dataclasses import is_dataclass
from peekui.cli import cli
from peekui.library import running

running._HEAD_START_SECONDS = 3600  # the indexer brings its own, later
cli(standalone_mode=False)
print(sorted(set(sys.modules) & {
    "PIL", "av", "httpx", "mutagen", "platformdirs", "puremagic", "pydantic", "pypdf", "send2trash", "textual",
    "peekui.config", "peekui.filters.nodes", "peekui.library.asset_query", "peekui.library.edits",
    "peekui.library.indexer", "peekui.library.media", "peekui.library.sample", "peekui.library.service.openapi",
    "peekui.library.writing",
}))
print([
    f"{name}.{kind.__name__}"
    for name in sorted(sys.modules) if name.startswith("peekui.library.")
    for kind in vars(sys.modules[name]).values()
    if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == name
])
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a file."""
    (tmp_path / "library" / "notes").mkdir(parents=True)
    (tmp_path / "library" / "notes" / "one.txt").write_text("one", "utf-8")
    return tmp_path / "library"


def process(*arguments: str | Path) -> AbstractContextManager[subprocess.Popen[str]]:
    """Run `peekui serve`, reading what it says."""
    return python("-m", "peekui", "serve", *arguments)


@contextmanager
def python(*arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    """Run Python, reading what it says."""
    command = [sys.executable, *map(str, arguments)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def first_line(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline()


def test_the_ready_line_is_the_only_one_and_true(root: Path, tmp_path: Path) -> None:
    with process("--data-dir", tmp_path / "data", root) as child:
        line = first_line(child)
        assert line.startswith(READY)
        url, _, key = line.removeprefix("peekui library on ").strip().partition(" (key: ")
        answer = httpx.get(f"{url}/v1/namespaces", headers={"Authorization": f"Bearer {key[:-1]}"})
        assert [row["namespace_name"] for row in answer.json()] == ["library"]
        child.send_signal(signal.SIGTERM)
        assert child.stdout is not None
        assert child.stdout.read() == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_is_a_clean_end(root: Path, tmp_path: Path, number: signal.Signals) -> None:
    with process("--data-dir", tmp_path / "data", root) as child:
        assert first_line(child).startswith(READY)
        child.send_signal(number)
        assert child.wait(20) == 0
    assert not (tmp_path / "data" / "library.sqlite-wal").exists()


def test_it_ends_with_its_parent(root: Path, tmp_path: Path) -> None:
    with process("--exit-with-parent", "--data-dir", tmp_path / "data", root) as child:
        assert first_line(child).startswith(READY)
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(20) == 0


def test_no_worker_outlives_a_killed_library(root: Path, tmp_path: Path) -> None:
    for number in range(200):
        (root / "notes" / f"{number}.txt").write_text("words " * 5000, "utf-8")
    with process("--data-dir", tmp_path / "data", root) as child:
        first_line(child)
        deadline = time.monotonic() + 20
        while not (workers := psutil.Process(child.pid).children(recursive=True)):
            assert time.monotonic() < deadline
        child.kill()
        child.wait()
        _, alive = psutil.wait_procs(workers, timeout=20)
        assert alive == []


def test_two_folders_are_two_namespaces_and_answer_at_once(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "library"
    (other / "more").mkdir(parents=True)
    (other / "more" / "two.txt").write_text("two", "utf-8")
    with contextmanager(serving)("--data-dir", tmp_path / "data", root, other) as service, service.http() as http:
        assert [row["namespace_name"] for row in http.get("/v1/namespaces").json()] == ["library", "library-2"]
        rows = http.get("/v1/collections").json()["results"]
        assert [row["collection_name"] for row in rows] == ["notes", "more"]
        scoped = http.get("/v1/collections", headers={"X-Namespace": "library-2"}).json()["results"]
        assert [row["collection_name"] for row in scoped] == ["more"]


def test_watching_follows_the_folder(root: Path, tmp_path: Path) -> None:
    options = ServeOptions((root,), demo=False, data_dir=tmp_path / "data", api_key="k", watch=True)
    script = f"import pathlib\nfrom pathlib import *\nfrom peekui.library.serve import *\nserve({options!r})"
    with python("-c", script) as child:
        url = first_line(child).split()[3]
        (root / "notes" / "two.txt").write_text("two", "utf-8")
        deadline = time.monotonic() + 60
        with httpx.Client(base_url=url, headers={"Authorization": "Bearer k"}) as http:
            while _done(http) != 2:
                # Again and again: the watch may begin only after the first write.
                (root / "notes" / "two.txt").write_text("two", "utf-8")
                assert time.monotonic() < deadline


def _done(http: httpx.Client) -> int:
    filters = {"AND": [{"key": "status", "value": "DONE"}]}
    answer = http.post("/v1/assets", json={"collections": ["notes"], "filters": filters}).json()
    return int(answer["pagination"]["total"]) if "pagination" in answer else 0


def test_nothing_heavy_is_made_before_the_first_answer(root: Path, tmp_path: Path) -> None:
    command = ("-c", TO_THE_FIRST_ANSWER, "serve", "--data-dir", tmp_path / "data", "--api-key", "k", root)
    with python(*command) as child:
        url = first_line(child).split()[3]
        assert httpx.get(f"{url}/v1/namespaces", headers={"Authorization": "Bearer k"}).is_success
        child.terminate()
        # No module that the answer does without, and no dataclass: a Struct takes a thirtieth of the time to make.
        assert child.stdout is not None
        assert child.stdout.read() == "[]\n[]\n"


def test_what_can_be_mended_is_one_sentence(root: Path, tmp_path: Path) -> None:
    def sentence(**changed: object) -> str:
        options = {"roots": (root,), "demo": False, "data_dir": tmp_path / "data", **changed}
        with pytest.raises(LibraryError) as caught:
            serve(ServeOptions(**options))  # type: ignore[arg-type]
        return caught.value.sentence

    assert "There is no folder" in sentence(roots=(root / "nope",))
    assert "is not a folder" in sentence(roots=(root / "notes" / "one.txt",))
    assert "--api-key" in sentence(host="0.0.0.0")  # noqa: S104
    assert "cannot be sent" in sentence(api_key="two words")
    for host in ("256.1.1.1", "a..b", "ä..b"):
        assert "There is no address" in sentence(host=host, api_key="k")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "--port" in sentence(port=taken.getsockname()[1])
    (tmp_path / "file").write_bytes(b"")
    assert "--data-dir" in sentence(data_dir=tmp_path / "file")
