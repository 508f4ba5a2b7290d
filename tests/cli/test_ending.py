"""Commands as processes: who reads may go, ctrl+c ends them, and nothing heavy is imported for nothing."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest

from tests.cli.asking import PROGRAM


def test_the_reader_may_go_at_any_time() -> None:
    with subprocess.Popen(
        [*PROGRAM, "search", "--all", "size:50", "-o", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        assert json.loads(process.stdout.readline())
        process.stdout.close()
        assert process.wait(20) == 0
        assert b"Traceback" not in process.stderr.read()


def test_ctrl_c_ends_it_between_rows() -> None:
    with subprocess.Popen(
        [*PROGRAM, "search", "--all", "size:5", "-o", "jsonl", "-q"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        lines = [process.stdout.readline()]
        process.send_signal(signal.SIGINT)
        lines += process.stdout.readlines()
        assert process.wait(20) in {0, 130}  # all rows may have been out
        assert process.stderr.read() == b""
    assert all(json.loads(line)["asset_id"] for line in lines)


def test_ctrl_c_ends_it_although_nobody_reads() -> None:
    with subprocess.Popen(
        [*PROGRAM, "search", "--all", "size:100", "-o", "jsonl", "-q"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stderr.read() == b""


@pytest.mark.parametrize("command", ["search", "get", "find", "namespaces", "collections", "tasks", "explain"])
def test_help_needs_nothing_heavy(command: str) -> None:
    code = (
        "import sys\n"
        "from peekui.cli import cli\n"
        f"cli([{command!r}, '--help'], standalone_mode=False)\n"
        "heavy = {'textual', 'httpx', 'pydantic', 'rich', 'lark', 'asyncio'} & {*sys.modules}\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)\n"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)


def test_a_search_needs_no_textual() -> None:
    code = (
        "import sys\n"
        "from peekui.cli import cli\n"
        "try: cli(['search', 'status = DONE', '-q'])\n"
        "finally: print('textual' in sys.modules, file=sys.stderr)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stderr == "False\n"
