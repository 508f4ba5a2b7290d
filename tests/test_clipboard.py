"""The ways to a clipboard: the real ones, where this machine has what they take, and what is said of each."""

from __future__ import annotations

import asyncio
import base64
import errno
import os
import re
import shutil
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from peekui.clipboard import tools
from peekui.clipboard.copying import Certainty, Outcome, copy
from peekui.clipboard.routes import CHOICES, Route, routes_from
from peekui.surroundings import Surroundings
from tests.end_to_end.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.desktop import Desktop

ODD = "a\tb\n€ 港 مرحبا \x1b[31m 'quoted' $HOME\n"
LONG = "https://files.example/?" + "x" * 1_500
NATIVE, TMUX, TERMINAL = CHOICES


@pytest.mark.parametrize(
    ("environment", "routes"),
    [
        ({}, [TERMINAL]),
        ({"DISPLAY": ":0"}, [NATIVE, TERMINAL]),
        ({"WAYLAND_DISPLAY": "wayland-0", "TMUX": "/run/s,1,0"}, [NATIVE, TMUX, TERMINAL]),
        ({"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}, [TERMINAL]),
        ({"SSH_TTY": "/dev/pts/1", "TMUX": "/run/s,1,0"}, [TMUX, TERMINAL]),
        ({"SSH_TTY": "/dev/pts/1", "DISPLAY": "localhost:10.0"}, [TERMINAL, NATIVE]),
    ],
)
def test_the_usual_order(environment: dict[str, str], routes: list[Route]) -> None:
    assert routes_from(Surroundings.read(environment, "linux")) == tuple(routes)


def test_a_desktop_of_its_own_counts_unless_it_is_another_machines() -> None:
    assert routes_from(Surroundings.read({}, "darwin")) == (NATIVE, TERMINAL)
    assert routes_from(Surroundings.read({"SSH_TTY": "/dev/ttys1"}, "darwin")) == (TERMINAL,)


def test_the_users_order_without_what_cannot_be() -> None:
    here = Surroundings(ssh=False, tmux=False, display=True)
    assert routes_from(here, [TERMINAL, TMUX, NATIVE]) == (TERMINAL, NATIVE)
    assert routes_from(here, [TMUX]) == ()


class Tools:
    """Tools that do as they are told, and what was asked of them."""

    def __init__(self, patch: pytest.MonkeyPatch, working: set[Route]) -> None:
        self.asked: list[Route] = []

        def telling(route: Route) -> object:
            async def tool(_: str) -> bool:
                self.asked.append(route)
                return route in working

            return tool

        patch.setattr(tools, "copy_natively", telling(NATIVE))
        patch.setattr(tools, "copy_to_tmux", telling(TMUX))

    def send(self, _: str) -> None:
        """Take the terminal's part."""
        self.asked.append(TERMINAL)


@pytest.mark.parametrize(
    ("text", "routes", "working", "asked", "outcome"),
    [
        ("id", [NATIVE, TMUX, TERMINAL], {NATIVE, TMUX}, [NATIVE], Outcome(Certainty.COPIED, NATIVE)),
        ("id", [NATIVE, TMUX, TERMINAL], {TMUX}, [NATIVE, TMUX], Outcome(Certainty.SENT, TMUX)),
        ("id", [NATIVE, TMUX, TERMINAL], set(), [NATIVE, TMUX, TERMINAL], Outcome(Certainty.SENT, TERMINAL)),
        ("id", [TERMINAL, NATIVE], {NATIVE, TMUX}, [TERMINAL], Outcome(Certainty.SENT, TERMINAL)),
        ("id", [NATIVE], set(), [NATIVE], Outcome(Certainty.NOWHERE)),
        ("id", [], {NATIVE, TMUX}, [], Outcome(Certainty.NOWHERE)),
        (LONG, [TERMINAL, NATIVE], {NATIVE, TMUX}, [TERMINAL, NATIVE], Outcome(Certainty.COPIED, NATIVE)),
        (LONG, [TERMINAL, NATIVE], {TMUX}, [TERMINAL, NATIVE], Outcome(Certainty.DOUBTFUL, TERMINAL)),
        (LONG, [TMUX, TERMINAL], {NATIVE, TMUX}, [TMUX], Outcome(Certainty.DOUBTFUL, TMUX)),
        (LONG, [TMUX, TERMINAL], {NATIVE}, [TMUX, TERMINAL], Outcome(Certainty.DOUBTFUL, TERMINAL)),
    ],
)
async def test_one_route_after_another(
    text: str,
    routes: list[Route],
    working: set[Route],
    asked: list[Route],
    outcome: Outcome,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        told = Tools(patch, working)
        assert await copy(text, routes, told.send) == outcome
        assert told.asked == asked


async def test_half_a_character_is_no_reason_to_fail() -> None:
    sent: list[str] = []
    await copy("a\ud83d", [TERMINAL], sent.append)
    assert sent == ["a?"]


async def test_without_a_terminal_there_is_none_to_ask() -> None:
    def send(_: str) -> None:
        raise OSError(errno.ENXIO, "No such device or address")

    assert await copy("id", [TERMINAL], send) == Outcome(Certainty.NOWHERE)


# -- the desktop's own ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["id", ODD, LONG * 100], ids=["short", "odd", "long"])
async def test_what_is_called_copied_is_on_the_clipboard(text: str, desktop: Desktop) -> None:
    assert await copy(text, [NATIVE], print) == Outcome(Certainty.COPIED, NATIVE)
    assert desktop.clipboard() == text


async def test_a_dead_display_is_not_called_copied(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    if not shutil.which("xclip"):
        pytest.skip("xclip is not installed")
    with socket.socket() as taken:  # a display nobody serves, for as long as the port is ours
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{taken.getsockname()[1] - 6000}")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        assert await copy("text", [NATIVE], print) == Outcome(Certainty.NOWHERE)
    assert capfd.readouterr() == ("", "")


async def test_a_tool_that_hangs_is_given_up_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # The grandchild holds the pipe's other end: reading from it ends when both are gone.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    hanging = f"import subprocess; subprocess.run(['sh', '-c', 'exec 3>{pipe}; echo begun >&3; exec sleep 600'])"
    monkeypatch.setattr(tools, "_COPY_AND_READ_BACK", hanging)
    monkeypatch.setattr(tools, "_PATIENCE", 2.0)
    reading = asyncio.create_task(asyncio.to_thread(pipe.read_bytes))
    assert await copy("text", [NATIVE], print) == Outcome(Certainty.NOWHERE)
    assert await reading == b"begun\n"


async def test_copying_leaves_the_event_loop_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "_COPY_AND_READ_BACK", "import sys; sys.stdin.read(); sys.stdin.close()")
    turns = 0
    copying = asyncio.create_task(copy("text", [NATIVE], print))
    while not copying.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 100


async def test_a_tool_that_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert await copy("text", [TMUX], print) == Outcome(Certainty.NOWHERE)


# -- tmux -------------------------------------------------------------------------------------------------

needs_tmux = pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed")


class Tmux:
    """A server of tmux with a socket of its own: one that was used before may still be closing."""

    def __init__(self, socket_path: Path) -> None:
        self.command = ["tmux", "-S", str(socket_path), "-f", os.devnull]

    def run(self, *arguments: str) -> str:
        """Run a command of tmux and give what it prints."""
        return subprocess.run([*self.command, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def tmux(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tmux]:
    """Run a server, and stand in one of its panes."""
    monkeypatch.delenv("TMUX", raising=False)
    server = Tmux(tmp_path_factory.mktemp("tmux") / "s")
    server.run("new-session", "-d", "cat")
    try:
        server.run("set-option", "-g", "set-clipboard", "on")
        monkeypatch.setenv("TMUX", server.run("display-message", "-p", "#{socket_path},#{pid},0").strip())
        monkeypatch.setenv("TMUX_PANE", server.run("display-message", "-p", "#{pane_id}").strip())
        yield server
    finally:
        server.run("kill-server")


@needs_tmux
@pytest.mark.parametrize("text", ["id", ODD, LONG], ids=["short", "odd", "long"])
async def test_tmux_has_it_in_a_buffer(text: str, tmux: Tmux) -> None:
    assert (await copy(text, [TMUX], print)).route is TMUX
    assert tmux.run("show-buffer") == text


@needs_tmux
async def test_tmux_passes_it_on_to_the_terminal(tmux: Tmux) -> None:
    osc_52 = re.compile(rb"\x1b]52;c?;" + base64.b64encode(b"the id"))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TMUX")}
    with Terminal([*tmux.command, "attach-session"], environment=environment) as terminal:
        terminal.until(lambda _: tmux.run("list-clients"))
        assert await copy("the id", [TMUX], print) == Outcome(Certainty.SENT, TMUX)
        terminal.until(lambda _: osc_52.search(terminal.raw))


@needs_tmux
async def test_a_tmux_that_is_gone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMUX", f"{tmp_path}/none,1,0")
    assert await copy("text", [TMUX], print) == Outcome(Certainty.NOWHERE)


# -- the terminal -----------------------------------------------------------------------------------------

PROGRAM = """
import asyncio, sys
from textual.app import App
from peekui.clipboard.copying import copy
from peekui.clipboard.routes import Route

class Program(App):
    async def on_ready(self):
        print(await copy("the id", [Route.TERMINAL], self.copy_to_clipboard))
        self.exit()

Program().run()
"""


def test_the_terminal_is_asked_with_osc_52() -> None:
    with Terminal([sys.executable, "-c", PROGRAM]) as terminal:
        assert terminal.wait() == 0
        assert b"\x1b]52;c;" + base64.b64encode(b"the id") + b"\a" in terminal.raw
