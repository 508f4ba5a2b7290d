"""A page of `peekui web` over its websocket: the same program, and nothing left behind."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil
import pytest
from click.testing import CliRunner

from peekui.cli import cli
from peekui.cli import web as command
from peekui.web.session import LentLibrary, WebSession
from tests.web.pages import all_end, opened_page, serving_pages

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service import Service


@pytest.fixture
def environment(demo: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """Have the demo for the hosted service, on the desktop of somebody who is not the one at the page."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return {
        **os.environ,
        "MIXPEEK_BASE_URL": demo.base_url,
        "MIXPEEK_API_KEY": demo.api_key.reveal(),
        "DISPLAY": ":77",
        "TMUX": "/tmp/tmux-0/default,1,0",  # noqa: S108  (nothing is there)
    }


async def test_an_asset_is_found_by_keys_and_its_url_handed_to_the_browser(
    demo: Service, environment: dict[str, str]
) -> None:
    with serving_pages("-n", "media", "--read-only", "web", environment=environment) as served:
        async with opened_page(served) as page:
            await page.until_shows("peekui", "media", "photos", "✓ done")
            await page.send("/harbour\r")
            await page.until_shows("“harbour”", "Score")
            await page.send("c")
            await page.until_shows("URL handed to the browser.")
            [sequence] = page.painted.raw.split(b"\x1b]52;c;")[1:]
            copied = base64.b64decode(sequence.partition(b"\x07")[0]).decode()
            with demo.http() as http:
                assert http.get(copied).status_code == 200
            await page.send("o")
            await page.until_shows("Handed to the browser;")
            [(what, where)] = page.told
            assert (what, urlsplit(where["url"]).path) == ("open_url", urlsplit(copied).path)
            program, *helpers = served.children()
            told = [*program.cmdline(), *psutil.Process(served.process.pid).cmdline()]
            assert not any(demo.api_key.reveal() in argument or served.token in argument for argument in told)
            assert WebSession.read(program.environ()["PEEKUI_WEB_SESSION"]).flags["read_only"] == "yes"
            await page.send("q")
            await page.until_closed()
            assert all_end([program, *helpers])


async def test_pages_share_one_library(environment: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "one.txt").write_text("hello there")
    arguments = ["web", "local", str(folder), "--data-dir", str(tmp_path / "index")]
    with serving_pages(*arguments, environment=environment) as served:
        async with opened_page(served) as one, opened_page(served) as other:
            for page in (one, other):
                await page.until_shows("local", "one", "1–1 of 1")
            assert len(psutil.Process(served.process.pid).children()) == 3
            started = served.children()
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(20) == 0
        assert all_end(started)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
async def test_the_programs_end_with_the_server_however_it_ends(
    environment: dict[str, str], number: signal.Signals
) -> None:
    with serving_pages("web", environment=environment) as served:
        async with opened_page(served) as page:
            await page.until_shows("✓ done")
            programs = served.children()
            assert programs
            served.process.send_signal(number)
            await page.until_closed()
            assert await asyncio.to_thread(served.process.wait, 20) == (0 if number != signal.SIGKILL else -number)
            assert all_end(programs)


async def test_a_program_that_hangs_is_killed(environment: dict[str, str]) -> None:
    with serving_pages("web", environment=environment) as served:
        async with opened_page(served) as page:
            await page.until_shows("✓ done")
            [program] = served.children()
            program.suspend()
            served.process.terminate()
            assert await asyncio.to_thread(served.process.wait, 20) == 0
            assert all_end([program])


async def test_a_program_ends_with_its_page_and_a_page_with_its_program(environment: dict[str, str]) -> None:
    with serving_pages("web", environment=environment) as served:
        async with opened_page(served) as page:
            await page.until_shows("✓ done")
            programs = served.children()
        assert await asyncio.to_thread(all_end, programs)
        async with opened_page(served) as page:
            await page.until_shows("✓ done")
            [program] = served.children()
            program.kill()
            await page.until_closed()


def test_what_a_program_is_told_is_read_as_it_was_written(demo: Service) -> None:
    library = LentLibrary("demo", "demo", demo.base_url, demo.api_key)
    for session in (WebSession({"profile": "work", "namespace": None}), WebSession({}, library)):
        assert WebSession.read(session.written()) == session


def test_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda _: None)
    result = CliRunner().invoke(cli, ["web", "demo"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == ("peekui: `peekui web` needs textual-serve: install it with pip install 'peekui[web]'.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["local", "/nowhere"], "there is no '/nowhere'"), (["--host", "192.0.2.7"], "cannot listen on port 0")],
)
def test_wrong_usage_is_said_before_anything_is_served(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(cli, ["web", *arguments])
    assert result.exit_code == 2
    assert said in result.stderr


def test_it_says_when_other_machines_reach_it(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "peekui", "web", "--host", "0.0.0.0"]  # noqa: S104  (that is what is tested)
    with subprocess.Popen(
        command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("peekui on http://0.0.0.0:")
        process.terminate()
        _, said = process.communicate(timeout=20)
    assert said.startswith("Other machines reach it too")
