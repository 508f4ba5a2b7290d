"""Each command line of the README, run as it stands there against the demo, in the order of the README."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.end_to_end import test_demo
from tests.end_to_end.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.service import Service

README: Final = Path(__file__).parents[2] / "README.md"
_BLOCK: Final = re.compile(r"^```(?P<kind>sh|console)\n(?P<lines>.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMENT: Final = re.compile(r"\s+#.*$")
_PATIENCE: Final = 120.0


@dataclass(frozen=True)
class Ends:
    """A command that ends by itself.

    Attributes:
        says: What is in its output.
        status: Its exit status.
    """

    says: str
    status: int = 0


@dataclass(frozen=True)
class Asks:
    """A command that asks something on a terminal, and is answered what the pattern finds there.

    Attributes:
        question: Its last group is the answer.
        says: What is on the terminal in the end.
        status: Its exit status.
    """

    question: str
    says: str
    status: int


@dataclass(frozen=True)
class Paints:
    """A command that opens the browser of assets.

    Attributes:
        says: What is on the screen before it is left.
    """

    says: str


@dataclass(frozen=True)
class GoesOn:
    """A command that goes on until it is told to end.

    Attributes:
        says: What is in a line it prints first.
        status: Its exit status, once ctrl+c was pressed.
        instead: What is put for a port that may be taken here.
    """

    says: str
    status: int = 0
    instead: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Elsewhere:
    """A command that another test runs.

    Attributes:
        test: Which.
    """

    test: Callable[..., object]


# The demo lets nobody delete, and says how it would: exit status 4.
_DELETES: Final = Asks(r"(\d+) assets will be deleted\. Type their number", "allow-delete", 4)
COMMANDS: Final[dict[str, Ends | Asks | Paints | GoesOn | Elsewhere]] = {
    "pip install '.[local]' && peekui demo": Elsewhere(test_demo.test_from_the_first_frame_to_an_asset_and_back_out),
    "peekui local ~/Pictures ~/Documents/reports": Paints("reports"),
    "peekui serve ~/Pictures --port 8700 --api-key my-key": GoesOn(
        "peekui library on http://127.0.0.1:", instead=("8700", "0")
    ),
    "peekui": Paints("photos"),
    "peekui triage failed": Ends("EmptyFile: the file has no content"),
    "peekui triage failed --by collection": Ends("photos"),
    "peekui triage duplicates": Ends("SPARE_BYTES"),
    "peekui triage duplicates --plan plan.jsonl": Ends("SPARE_BYTES"),
    "peekui plan show plan.jsonl": Ends("delete"),
    "peekui plan run plan.jsonl": _DELETES,
    "peekui plan resume plan.jsonl": _DELETES,
    "peekui plan undo plan.jsonl": Ends("ACT"),
    "peekui search harbour status = DONE in:photos sort:-created_at": Ends("DONE"),
    "peekui search status = DONE -o jsonl --all": Ends('"status":"DONE"'),
    "peekui search --where 'file_data.file_size_bytes > 100kB' -o ids --save large": Ends("ast_"),
    "peekui search @large --count": Ends(""),
    "peekui search status = FAILED --watch 60s": GoesOn("Watching every 60 s", 130),
    "peekui search status = FAILED --as curl": Ends("curl --globoff"),
    "peekui find photos": Ends("collection"),
    "peekui explain --where 'status = FAILED and created_at > -7d'": Ends("failed, and created in the last 7 days"),
    'eval "$(_PEEKUI_COMPLETE=bash_source peekui)"': Ends(""),
    "peekui web demo": GoesOn("peekui on http://127.0.0.1:"),
}


def command_lines() -> Iterator[str]:
    """Give the command lines of the README that run peekui, without comments."""
    for block in _BLOCK.finditer(README.read_text("utf-8")):
        lines = block["lines"].splitlines()
        if block["kind"] == "console":
            lines = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
        commands = (_COMMENT.sub("", line) for line in lines)
        yield from (line for line in commands if re.search(r"(^|[\s(])peekui\b", line))


@pytest.fixture
def environment(demo: Service, tmp_path: Path) -> dict[str, str]:
    """Have a home with a few files, and the demo for the hosted service."""
    for folder in ("Pictures/holiday", "Documents/reports/2026"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "note.txt").write_text("The harbour at noon.")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    address = {"MIXPEEK_BASE_URL": demo.base_url, "MIXPEEK_API_KEY": demo.api_key.reveal()}
    return {**kept, **address, "PATH": programs, "HOME": str(tmp_path)}


def test_every_command_line_is_in_the_table() -> None:
    assert [*command_lines()] == [*COMMANDS]


def test_each_command_line_does_what_it_is_there_for(environment: dict[str, str]) -> None:
    for line, expected in COMMANDS.items():
        match expected:
            case Ends():
                _run(line, expected, environment)
            case Asks():
                _answer(line, expected, environment)
            case Paints():
                _open(line, expected, environment)
            case GoesOn():
                _interrupt(line, expected, environment)
            case Elsewhere():
                pass


def _run(line: str, expected: Ends, environment: dict[str, str]) -> None:
    ended = subprocess.run(
        ["bash", "-c", line],
        env=environment,
        cwd=environment["HOME"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    assert (ended.returncode, expected.says in ended.stdout) == (expected.status, True), f"{line}\n{ended}"
    assert "Traceback" not in ended.stderr


def _answer(line: str, expected: Asks, environment: dict[str, str]) -> None:
    with _terminal(line, environment) as terminal:
        question = re.search(expected.question, terminal.until(re.compile(expected.question).search))
        assert question
        terminal.send(f"{question[1]}\r")
        assert terminal.wait() == expected.status, terminal.text
        assert expected.says in terminal.text


def _open(line: str, expected: Paints, environment: dict[str, str]) -> None:
    with _terminal(line, environment) as terminal:
        terminal.until_shows(expected.says, "Namespaces", "Assets")
        terminal.send("q")
        assert terminal.wait() == 0, terminal.text


def _interrupt(line: str, expected: GoesOn, environment: dict[str, str]) -> None:
    command = ["bash", "-c", f"exec {line.replace(*expected.instead)}"]
    both = subprocess.STDOUT
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=both, text=True) as process:
        assert process.stdout
        assert any(expected.says in said for said in process.stdout)
        process.send_signal(signal.SIGINT)
        assert process.wait(_PATIENCE) == expected.status


def _terminal(line: str, environment: dict[str, str]) -> Terminal:
    return Terminal(["bash", "-c", f"cd && {line}"], columns=160, environment=environment)
