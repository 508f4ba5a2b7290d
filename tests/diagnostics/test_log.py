"""The log: real calls of a real client on it, and nothing that must not be."""

from __future__ import annotations

import asyncio
import logging
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from peekui.api import secret
from peekui.api.client import MixpeekClient
from peekui.api.errors import NotFound
from peekui.diagnostics.log import LogFile, start_log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.service import Service

FULL = Path("/dev/full")


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LogFile]:
    # What other tests of this process had for keys would be hidden in these texts as well.
    monkeypatch.setattr(secret, "_seen", set())
    handler = start_log(tmp_path / "peekui.log")
    yield handler
    handler.close()


@pytest.fixture
def lines(tmp_path: Path, log: LogFile) -> Lines:
    return Lines(tmp_path / "peekui.log")


class Lines:
    """Reads the log; the first line says who writes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self) -> list[str]:
        """Give all lines after the first."""
        return self.path.read_text(encoding="utf-8").splitlines()[1:]


async def test_calls_are_logged_without_key_and_signature(demo: Service, lines: Lines) -> None:
    secret._seen.add(demo.api_key.reveal())
    async with MixpeekClient(demo.base_url, demo.api_key) as client:
        namespace = (await client.namespaces())[0].key
        page = await client.collections(namespace=namespace)
        assets = await client.assets({"collections": [page.results[0].key]}, namespace=namespace)
        asset = await client.asset(str(assets.results[0].asset_id), namespace=namespace, return_url=True)
        with pytest.raises(NotFound):
            await client.asset("none", namespace=namespace)
    logging.getLogger("peekui.ui").warning("copied %s with %s", asset, demo.api_key.reveal())
    text = "\n".join(lines())
    first = lines()[0].split()
    assert first[1:6] == ["INFO", "peekui.api", "GET", "/v1/namespaces", "200"]
    assert [first[7], first[9]] == ["ms", "bytes"]
    assert "GET /v1/assets/none 404" in text
    assert "X-Amz-Signature" not in text
    assert demo.api_key.reveal() not in text


def test_the_file_is_its_owners_only_and_is_appended_to(log: LogFile, lines: Lines) -> None:
    assert stat.S_IMODE(lines.path.stat().st_mode) == 0o600
    log.close()
    start_log(lines.path).close()
    [second] = lines()
    assert "INFO peekui peekui " in second


def test_a_record_is_one_line_whatever_is_in_it(log: LogFile, lines: Lines) -> None:
    text = "a\n2026-01-01 INFO forged\x1b[31m \u202e \x00 \ud800"
    # Past the loggers, where pytest would keep it: half a surrogate pair cannot be sent to its main process.
    log.handle(logging.LogRecord("peekui.x", logging.INFO, "", 0, text, None, None))
    assert [line.split(" ", 1)[1] for line in lines()[:1]] == ["INFO peekui.x a"]
    assert lines()[1:] == [r"    2026-01-01 INFO forged\x1b[31m \u202e \x00 \ud800"]


def test_a_traceback_is_redacted_too(lines: Lines) -> None:
    error = ValueError("https://x/y?X-Amz-Signature=HIDDEN sk_HIDDEN")
    logging.getLogger("peekui.x").error("it failed", exc_info=error)
    assert lines()[1:] == ["    ValueError: https://x/y?**** ****"]


def test_others_are_logged_from_warnings_on(lines: Lines) -> None:
    logging.getLogger("httpx").info("HTTP Request: GET https://x")
    logging.getLogger("asyncio").error("Task exception was never retrieved")
    [line] = lines()
    assert line.endswith("ERROR asyncio Task exception was never retrieved")


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        start_log(tmp_path / "none/peekui.log")


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_ends_the_log_and_not_the_program(capfd: pytest.CaptureFixture[str]) -> None:
    log = start_log(FULL)
    logging.getLogger("peekui").error("one")
    assert log not in logging.getLogger().handlers
    assert capfd.readouterr().err == ""


def test_the_log_can_be_written_by_several_tasks(lines: Lines) -> None:
    async def write(number: int) -> None:
        await asyncio.to_thread(logging.getLogger("peekui.x").info, "%s", f"{number}:" + "x" * 5000)

    async def all_of_them() -> None:
        await asyncio.gather(*map(write, range(20)))

    asyncio.run(all_of_them())
    assert sorted(int(line.split()[3].partition(":")[0]) for line in lines()) == list(range(20))


def test_it_brings_neither_textual_nor_httpx() -> None:
    code = "import sys, peekui.diagnostics.log, peekui.diagnostics.crash; print({'textual', 'httpx'} & {*sys.modules})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
