"""The command line: quick where it can be, and one sentence for what the user can mend."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from peekui import __version__
from peekui.cli import cli
from peekui.cli.commands import COMMANDS
from peekui.ui.commands import key_table

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MIXPEEK", "PEEKUI"))}
    command = [sys.executable, "-m", "peekui", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=clean | environment, stdin=subprocess.DEVNULL, check=False
    )


def refused(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 2, result
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    assert line.startswith("peekui: ")
    assert line.endswith(".")
    return line


def test_version() -> None:
    assert run("--version").stdout == f"peekui {__version__}\n"


def test_keys() -> None:
    assert run("keys").stdout == key_table() + "\n"


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["demo", "--help"], ["keys"], ["config", "show"], ["plan", "--help"]]
)
def test_what_needs_no_screen_imports_neither_textual_nor_httpx(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from peekui.cli import cli\n"
        f"cli({arguments!r}, standalone_mode=False)\n"
        "heavy = {'textual', 'httpx', 'pydantic', 'rich', 'starlette', 'uvicorn', 'PIL', 'keyring'} & {*sys.modules}\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    for command in ("local", "serve"):
        assert "there is no" in refused(run(command, str(tmp_path / "nowhere")))


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_text("x")
    for command in ("local", "serve"):
        assert "not a folder" in refused(run(command, str(file)))


# Root may read every folder, unless it gives that power up: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, taken from
# the bounding set (prctl 24), are gone after the next exec.
AS_A_PLAIN_USER = """
import ctypes, os, sys
if os.geteuid() == 0:
    for capability in (1, 2):
        assert ctypes.CDLL(None).prctl(24, capability, 0, 0, 0) == 0
os.execv(sys.executable, [sys.executable, "-m", "peekui", *sys.argv[1:]])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets root give up reading every folder")
@pytest.mark.parametrize("command", ["local", "serve"])
def test_an_unreadable_folder(command: str, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0)
    program = [sys.executable, "-c", AS_A_PLAIN_USER, command, str(folder)]
    result = subprocess.run(program, capture_output=True, text=True, check=False)
    folder.chmod(0o700)
    assert "cannot be read" in refused(result)


def test_a_busy_port(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("serve", str(tmp_path), "--port", str(port), "--data-dir", str(tmp_path / "data"))
    assert str(port) in refused(result)


def test_serve_wants_folders_or_the_demo_and_not_both(tmp_path: Path) -> None:
    assert "--demo" in refused(run("serve"))
    assert "--demo" in refused(run("serve", "--demo", str(tmp_path)))


@pytest.mark.parametrize("arguments", [["demo"], ["local", "."], []])
def test_no_terminal(arguments: list[str]) -> None:
    assert "terminal" in refused(run(*arguments, MIXPEEK_API_KEY="sk_1"))


def run_without(package: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    # A finder that knows no such package is what an environment without the extra looks like.
    code = (
        "import sys\n"
        "import importlib.util as util\n"
        "find = util.find_spec\n"
        f"util.find_spec = lambda name, *rest: None if name == {package!r} else find(name, *rest)\n"
        "sys.stdin.isatty = sys.stderr.isatty = lambda: True\n"
        "from peekui import cli\n"
        f"cli.cli({list(arguments)!r}, prog_name='peekui')\n"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", ["serve", "demo", "local"])
def test_a_missing_extra(command: str, tmp_path: Path) -> None:
    arguments = [] if command == "demo" else [str(tmp_path)]
    assert "pip install 'peekui[local]'" in refused(run_without("starlette", command, *arguments))


def test_a_log_file_that_cannot_be_written(tmp_path: Path) -> None:
    log = tmp_path / "none/peekui.log"
    result = run_without("nothing", "--log-file", str(log), "local", str(tmp_path))
    assert f"{str(log)!r} cannot be logged to: No such file" in refused(result)


def test_every_command_is_listed_with_the_first_sentence_of_its_help() -> None:
    context = click.Context(cli)
    for name, (_, sentence) in COMMANDS.items():
        command = cli.get_command(context, name)
        assert command is not None
        assert command.name == name
        help_text = " ".join((command.help or "").partition("\n\n")[0].split())
        assert help_text == sentence
    listing = run("--help").stdout
    assert all(f"\n  {name} " in listing for name in (*COMMANDS, "keys"))
