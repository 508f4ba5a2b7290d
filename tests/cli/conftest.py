"""Commands run against the demo, with nothing kept but by those of the same test."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from peekui.cli import cli

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from tests.cli.asking import Peekui
    from tests.service import Service


@pytest.fixture(autouse=True)
def own_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Have nothing kept but by the commands of the same test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture(autouse=True)
def service(demo: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    """Be pointed at the demo."""
    monkeypatch.setenv("MIXPEEK_BASE_URL", demo.base_url)
    monkeypatch.setenv("MIXPEEK_API_KEY", demo.api_key.reveal())
    return demo


@pytest.fixture
def peekui() -> Iterator[Peekui]:
    """Run a command in this process."""

    def run(*arguments: str, stdin: str | None = None) -> Result:
        # `asyncio.run` takes the event loop of the tests away from the thread it is called in.
        return thread.submit(CliRunner().invoke, cli, [*arguments], input=stdin).result()

    with ThreadPoolExecutor(1) as thread:
        yield run


@pytest.fixture(scope="session")
def http(demo: Service) -> Iterator[httpx.Client]:
    """Ask the demo without peekui."""
    with demo.http() as client:
        yield client
