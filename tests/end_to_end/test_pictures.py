"""Pictures in a pseudo-terminal: what it is sent, and that it is rid of them however the browser ends."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.service import Service

SENT = re.compile(rb"\x1b_Ga=T,U=1,f=100,i=(\d+),[^;]*;")
LAST_PIECE = re.compile(rb"m=0,q=2;[^\x1b]*\x1b\\")
DELETED = re.compile(rb"\x1b_Ga=d,d=I,i=(\d+),q=2\x1b\\")
SIXEL = re.compile(rb'\x1b7\x1b\[\d+;\d+H\x1bP0;1q"[^\x1b]*\x1b\\\x1b8')
LEFT = b"\x1b[?1049l"
ENTERED = b"\x1b[?1049h"
_PATIENCE = 30.0


@contextmanager
def browsing(demo: Service, folder: Path, pictures: str, code: str = "") -> Iterator[Terminal]:
    """Open the browser on the demo, with a way to draw pictures.

    Args:
        demo: To browse.
        folder: For all that it keeps.
        pictures: As configured.
        code: Run before it starts.
    """
    (folder / "peekui").mkdir()
    config = folder / "peekui" / "config.toml"
    config.write_text(f'pictures = "{pictures}"\n[profiles.default]\ncalls_per_minute = "unlimited"\n')
    own = {f"XDG_{kind}_HOME": str(folder) for kind in ("CONFIG", "CACHE", "STATE", "DATA")}
    environment = {**os.environ, **own, "MIXPEEK_API_KEY": demo.api_key.reveal(), "MIXPEEK_BASE_URL": demo.base_url}
    command = [sys.executable, "-c", f"{code}\nfrom peekui.cli import main\nmain()"]
    with Terminal(command, environment=environment) as terminal:
        yield terminal


def read_until(terminal: Terminal, true: Callable[[bytes], object]) -> None:
    terminal.until(lambda _: true(terminal.raw))


def until_sent(terminal: Terminal) -> list[bytes]:
    """Wait until a picture was sent, and give the numbers of all."""
    read_until(terminal, lambda raw: LAST_PIECE.search(raw, raw.find(b"a=T,U=1")) if SENT.search(raw) else None)
    return SENT.findall(terminal.raw)


def test_kitty_is_rid_of_the_pictures_at_the_end(demo: Service, tmp_path: Path) -> None:
    with browsing(demo, tmp_path, "kitty") as terminal:
        until_sent(terminal)
        read_until(terminal, lambda raw: "\U0010eeee".encode() in raw)
        terminal.send("q")
        assert terminal.wait() == 0
        numbers = SENT.findall(terminal.raw)
        deleted = DELETED.findall(terminal.raw)
        assert deleted == numbers
        assert terminal.raw.rindex(deleted[-1]) < terminal.raw.index(LEFT)


def test_a_signal_leaves_none(demo: Service, tmp_path: Path) -> None:
    with browsing(demo, tmp_path, "kitty") as terminal:
        numbers = until_sent(terminal)
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
        assert set(numbers) <= set(DELETED.findall(terminal.raw))


def test_a_crash_leaves_none(demo: Service, tmp_path: Path) -> None:
    code = (
        "from peekui.ui.screens.browse import BrowseScreen\n"
        "def fail(screen): raise RuntimeError('on purpose')\n"
        "BrowseScreen.command_assets_sort = fail"
    )
    with browsing(demo, tmp_path, "kitty", code) as terminal:
        numbers = until_sent(terminal)
        terminal.send("s")
        assert terminal.wait() != 0
        assert set(numbers) <= set(DELETED.findall(terminal.raw))
        assert b"peekui failed (RuntimeError)" in terminal.raw


def test_stopped_from_a_shell_none_stays_and_they_come_back(demo: Service, tmp_path: Path) -> None:
    with browsing(demo, tmp_path, "kitty") as terminal:
        numbers = until_sent(terminal)
        terminal.process.send_signal(signal.SIGTSTP)
        read_until(terminal, lambda raw: LEFT in raw)
        assert set(numbers) <= set(DELETED.findall(terminal.raw))
        stopped = len(terminal.raw)
        until_stopped(terminal.process.pid)
        terminal.process.send_signal(signal.SIGCONT)
        read_until(terminal, lambda raw: ENTERED in raw[stopped:] and SENT.search(raw, stopped))
        assert not set(SENT.findall(terminal.raw[stopped:])) & set(numbers)


def until_stopped(pid: int) -> None:
    """Wait until a process was stopped: to go on means something only then."""
    if sys.platform != "linux":
        pytest.skip("the state of a process is read from /proc")
    deadline = time.monotonic() + _PATIENCE
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:  # noqa: PTH123  (read again and again)
        while file.read().rpartition(")")[2].split()[0] != "T":
            assert time.monotonic() < deadline
            file.seek(0)


def test_sixels_come_after_the_frame(demo: Service, tmp_path: Path) -> None:
    with browsing(demo, tmp_path, "sixel") as terminal:
        read_until(terminal, SIXEL.search)
        assert b"\x1b_G" not in terminal.raw
        first = SIXEL.search(terminal.raw)
        assert first
        assert "▀".encode() in terminal.raw[: first.start()]
        terminal.send("q")
        assert terminal.wait() == 0
        assert not SIXEL.search(terminal.raw, terminal.raw.index(LEFT))


def test_what_is_not_known_to_draw_them_gets_half_blocks(demo: Service, tmp_path: Path) -> None:
    with browsing(demo, tmp_path, "auto") as terminal:
        read_until(terminal, lambda raw: raw.count("▀".encode()) > 20)
        terminal.send("q")
        assert terminal.wait() == 0
        assert not SIXEL.search(terminal.raw)
        assert b"\x1b_G" not in terminal.raw
