"""What all tests share: the demo library, served by one process for each process of tests."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from tests.answering import answering_services
from tests.desktop import missing_tools, running_desktop
from tests.service import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.answering import Answering
    from tests.desktop import Desktop
    from tests.service import Service


def pytest_configure() -> None:
    """Listen to ctrl+c again where a shell that put the tests into the background had it ignored: that is inherited."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The demo library, wholly indexed."""
    yield from serving("--demo", "--data-dir", tmp_path_factory.mktemp("demo"))


@pytest.fixture
def answering() -> Iterator[Answering]:
    """Start services that answer what a test wants them to."""
    yield from answering_services()


@pytest.fixture(scope="session")
def running() -> Iterator[Desktop]:
    """A desktop, for all tests that ask for `desktop`."""
    if missing := missing_tools():
        pytest.skip(f"not installed: {', '.join(missing)}")
    yield from running_desktop()


@pytest.fixture
def desktop(running: Desktop, monkeypatch: pytest.MonkeyPatch) -> Desktop:
    """Stand at a desktop, with nothing between it and this process."""
    for name in ("WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", running.display)
    return running


@pytest.fixture
def no_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which peekui finds no files of its own."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, no_files: Path) -> None:
    """Keep the machine's settings out: a key, an address or NO_COLOR would change what is tested."""
    for name in os.environ:
        if name.startswith(("MIXPEEK_", "PEEKUI_")) or name == "NO_COLOR":
            monkeypatch.delenv(name)
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(no_files))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
