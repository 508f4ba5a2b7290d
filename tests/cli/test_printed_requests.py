"""What is printed to be run elsewhere gives the same assets; and a shell completes what is typed."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.asking import PROGRAM, ids

if TYPE_CHECKING:
    from pathlib import Path

    from tests.answering import Answering
    from tests.cli.asking import Peekui
    from tests.service import Service


@pytest.mark.parametrize(
    "line",
    [
        "blue in:photos,clips sort:-created_at",
        'status = DONE and metadata.title ~ "the" size:7',
        'in:"Year 2019" it\'s',
    ],
)
def test_a_printed_command_gives_the_same_ids(service: Service, peekui: Peekui, line: str, tmp_path: Path) -> None:
    wanted = ids(peekui("search", line, "-o", "ids"))
    _, *arguments = shlex.split(peekui("search", line, "--as", "command").stdout)
    assert ids(peekui(*arguments, "-o", "ids")) == wanted
    curl = subprocess.run(["sh", "-c", peekui("search", line, "--as", "curl").stdout], capture_output=True, check=True)
    assert [asset["asset_id"] for asset in json.loads(curl.stdout)["results"]] == wanted
    python = subprocess.run(
        [sys.executable, "-c", peekui("search", line, "--as", "python").stdout],
        capture_output=True,
        text=True,
        check=True,
    )
    assert python.stdout.split() == wanted


def test_a_dry_run_prints_the_request_and_sends_none(answering: Answering, peekui: Peekui) -> None:
    result = peekui("--base-url", answering(500), "search", "sunset", "-c", "photos", "-n", "films", "--dry-run")
    head, _, body = result.stdout.partition("\n\n")
    assert head.splitlines()[0].endswith("/v1/assets/search?page=1&page_size=100")
    assert "X-Namespace: films" in head
    assert json.loads(body) == {"collections": ["photos"], "query": {"key": ["*"], "value": "sunset"}}
    assert "sk_" not in result.stdout.replace("****", "")


def completed(*words: str, shell: str = "bash") -> list[str]:
    """Give what a shell is offered for the last word."""
    environment = {
        **os.environ,
        "_PEEKUI_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": shlex.join(["peekui", *words]),
        "COMP_CWORD": words[-1] if shell == "fish" else str(len(words)),
    }
    code = (
        "import sys\n"
        "from peekui.cli import main\n"
        "try: main()\n"
        "except SystemExit: assert not {'httpx', 'pydantic', 'textual', 'asyncio'} & {*sys.modules}, 'heavy'\n"
    )
    result = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    lines = [line for line in result.stdout.splitlines() if line]
    # zsh is told kind, value and help, each on a line of its own.
    return lines[1::3] if shell == "zsh" else [line.partition(",")[2].partition("\t")[0] for line in lines]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_names_that_were_listed_before(peekui: Peekui, shell: str) -> None:
    assert completed("search", "-c", "ph", shell=shell) == []
    peekui("namespaces")
    peekui("collections")
    peekui("collections", "-n", "archive")
    peekui("search", "in:photos", "--save", "late-ones", "-q")
    assert completed("search", "-c", "ph", shell=shell) == ["photos"]
    assert completed("search", "-n", "archive", "-c", "ph", shell=shell) == []
    assert completed("search", "-n", "arch", shell=shell) == ["archive"]
    assert completed("search", "@la", shell=shell) == ["@late-ones"]
    environment = {**os.environ, "_PEEKUI_COMPLETE": f"{shell}_source"}
    script = subprocess.run(PROGRAM, env=environment, capture_output=True, text=True, check=True).stdout
    assert f"_PEEKUI_COMPLETE={shell}_complete" in script
