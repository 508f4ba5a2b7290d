"""The README's promise: an empty environment, one command, a library on screen; and nothing left behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.end_to_end.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

PUT_BACK = b"\x1b[?1049l"
"""Leaves the alternate screen: the shell's own is seen again."""
PROJECT = Path(__file__).parents[2]
_PATIENCE = 15.0
pytestmark = pytest.mark.xdist_group("installed")  # one installation serves them all


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, installed with its extra in an environment of its own; gives the environment's `peekui`."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", folder, PROJECT], check=True)
    [wheel] = folder.glob("*.whl")
    venv.create(folder / "environment", with_pip=False)
    python = folder / "environment" / "bin" / "python"
    subprocess.run([*pip, "--python", str(python), "install", f"{wheel}[local]"], check=True)
    return python.with_name("peekui")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A home of its own: the demo is written anew."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MIXPEEK", "PEEKUI", "XDG"))}
    return {**kept, "HOME": str(tmp_path), "DISPLAY": ""}


def started_by(terminal: Terminal) -> list[psutil.Process]:
    """The processes the program in a terminal has started."""
    return psutil.Process(terminal.process.pid).children(recursive=True)


def all_end(processes: list[psutil.Process]) -> bool:
    """Wait for processes to end."""
    return not psutil.wait_procs(processes, timeout=_PATIENCE)[1]


@pytest.fixture
def demo(installed: Path, environment: dict[str, str]) -> Iterator[Terminal]:
    with Terminal([str(installed), "demo"], environment=environment) as terminal:
        yield terminal


def test_from_the_first_frame_to_an_asset_and_back_out(demo: Terminal) -> None:
    demo.until_shows("peekui", "Namespaces", "Assets")
    demo.until_shows("media", "archive", "photos", "✓ done")
    demo.until(lambda text: "indexing" not in text)
    demo.send("/harbour\r")
    demo.until_shows("“harbour”", "Score")
    demo.send("\r")
    demo.until_shows("1 Overview", "hash", "metadata")
    demo.send("\x1b")
    # Until the inspector is gone: a key behind an Escape that was not read yet would be Alt and that key.
    demo.until(lambda text: "1 Overview" not in text and "“harbour”" in text)
    library = started_by(demo)
    assert library
    demo.send("q")
    assert demo.wait() == 0
    assert all_end(library)
    assert PUT_BACK in demo.raw


@pytest.mark.parametrize("signal_number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_the_library_dies_with_the_browser_however_it_dies(demo: Terminal, signal_number: signal.Signals) -> None:
    demo.until_shows("media", "archive")
    library = started_by(demo)
    assert library
    demo.process.send_signal(signal_number)
    demo.wait()
    assert all_end(library)
    if signal_number is signal.SIGTERM:
        assert PUT_BACK in demo.raw


def test_it_ends_when_the_terminal_goes(installed: Path, environment: dict[str, str]) -> None:
    # As under nohup: the signal that tells of it is ignored to begin with.
    ignoring = ["sh", "-c", 'trap "" HUP; exec "$0" demo', str(installed)]
    with Terminal(ignoring, environment=environment) as terminal:
        terminal.until_shows("media", "archive")
        library = started_by(terminal)
        terminal.hang_up()
        terminal.wait()
        assert all_end(library)


def test_a_folder_of_ones_own(installed: Path, environment: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "my [bold]folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "\x1b[31mred.txt").write_text("hello there")
    before = sorted(path.stat().st_mtime_ns for path in folder.rglob("*"))
    with Terminal([str(installed), "local", str(folder)], columns=80, rows=24, environment=environment) as terminal:
        terminal.until_shows("my [bold]folder", "inner", "␛[31mred", "1–1 of 1")
        terminal.send("q")
        assert terminal.wait() == 0
    assert sorted(path.stat().st_mtime_ns for path in folder.rglob("*")) == before


BREAKS = """
import sys
from peekui.ui.app import PeekApp

def broken(app):
    held = "sk_live_" + "4242"
    raise RuntimeError("it broke")

PeekApp.command_app_theme = broken
sys.argv = ["peekui"]
from peekui.cli import main
main()
"""


def test_a_crash_gives_the_terminal_back_and_says_where_the_report_is(
    installed: Path, environment: dict[str, str]
) -> None:
    nowhere = {**environment, "MIXPEEK_API_KEY": "sk_live_4242", "MIXPEEK_BASE_URL": "http://127.0.0.1:1"}
    python = str(installed.with_name("python"))
    with Terminal([python, "-c", BREAKS], columns=200, environment=nowhere) as terminal:
        terminal.until_shows("Cannot reach")
        terminal.send("T")
        assert terminal.wait() == 1
        after = terminal.raw.split(PUT_BACK)[-1].decode()
    assert "peekui failed (RuntimeError)" in after
    assert "Traceback" not in after
    [report] = Path(environment["HOME"]).rglob("crash-*.txt")
    assert report.name in after
    text = report.read_text()
    assert "RuntimeError: it broke" in text
    assert "sk_live_4242" not in text + terminal.raw.decode(errors="replace")


def test_without_colours_the_state_is_told_by_words_and_symbols(installed: Path, environment: dict[str, str]) -> None:
    with Terminal(["env", "NO_COLOR=1", str(installed), "demo"], environment=environment) as terminal:
        terminal.until_shows("✓ done")
        terminal.send("b")
        terminal.until_shows("✗ failed", "status = FAILED")
        terminal.send("q")
        assert terminal.wait() == 0
    colours = re.findall(rb"\x1b\[[0-9;]*(?:38|48);2;(\d+);(\d+);(\d+)", terminal.raw)
    assert colours
    assert all(red == green == blue for red, green, blue in colours)
