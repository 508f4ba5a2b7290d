"""`peekui doctor` and `peekui url`, as a user types them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from peekui.cli.terminal_query import Abilities, read_abilities
from peekui.clipboard.probing import probe
from peekui.clipboard.routes import Route
from tests.end_to_end.terminal import Terminal
from tests.test_cli import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desktop import Desktop
    from tests.service import Service

QUESTION = b"\x1b[c"
GHOSTTY = "\x1b_Gi=31;OK\x1b\\\x1b[?1006;2$y\x1b[?62;22c"


@pytest.fixture(autouse=True)
def nowhere_special(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a desktop nor ssh nor tmux, unless a test says so."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY", "TMUX", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def on(demo: Service, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run("--base-url", demo.base_url, *arguments, MIXPEEK_API_KEY=demo.api_key.reveal(), **environment)


def found(result: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    assert result.stderr == ""
    return {f"{one['area']}/{one['name']}": one for one in json.loads(result.stdout)}


def test_all_is_well(demo: Service) -> None:
    result = on(demo, "doctor", "--json")
    assert result.returncode == 0
    findings = found(result)
    assert all(one["well"] and not one["status"] for one in findings.values())
    assert findings["terminal/colours"]["value"] == "256"
    assert findings["terminal/pictures"]["value"] == "half blocks (not asked: this is no terminal)"
    assert findings["configuration/base_url"]["value"] == f"{demo.base_url} (flag --base-url)"
    assert findings["configuration/api_key"]["value"] == "**** (environment MIXPEEK_API_KEY)"
    assert findings["service/answer"]["value"].startswith("2 namespaces in ")
    assert demo.api_key.reveal() not in result.stdout


def test_for_people(demo: Service) -> None:
    result = on(demo, "doctor")
    lines = result.stdout.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == ["terminal", "clipboard", "configuration", "service"]
    assert "  ✓ api_key          **** (environment MIXPEEK_API_KEY)" in lines
    assert demo.api_key.reveal() not in result.stdout


def test_one_call_is_made(demo: Service, tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = (
        "from peekui.api.calls import CallLog\n"
        "add = CallLog.add\n"
        f"CallLog.add = lambda self, call: (open({str(log)!r}, 'a').write(call.path + chr(10)), add(self, call))\n"
        "from peekui.cli import main\n"
        "main()"
    )
    environment = {**os.environ, "MIXPEEK_API_KEY": demo.api_key.reveal(), "MIXPEEK_BASE_URL": demo.base_url}
    subprocess.run([sys.executable, "-c", code, "doctor"], env=environment, check=True, stdout=subprocess.DEVNULL)
    assert log.read_text() == "/v1/namespaces\n"


@pytest.mark.parametrize(
    ("arguments", "key", "status", "words"),
    [
        (["--base-url", "http://127.0.0.1:1"], "sk_1", 3, "Cannot reach http://127.0.0.1:1."),
        ([], "sk_wrong", 4, ""),
        ([], "", 4, "No API key"),
    ],
)
def test_what_is_wrong_with_the_service(arguments: list[str], key: str, status: int, words: str, demo: Service) -> None:
    where = arguments or ["--base-url", demo.base_url]
    result = run(*where, "doctor", "--json", MIXPEEK_API_KEY=key)
    assert result.returncode == status
    answer = found(result)["service/answer"]
    assert (answer["well"], answer["status"]) == (False, status)
    assert words in answer["value"]
    assert answer["advice"]


def test_what_is_wrong_with_the_configuration(tmp_path: Path) -> None:
    file = tmp_path / "peekui/config.toml"
    file.parent.mkdir()
    file.write_text("thme = 'nord'\n")
    result = run("doctor", "--json", XDG_CONFIG_HOME=str(tmp_path))
    assert result.returncode == 2
    assert f"{file}:1: 'thme' is no setting here." in found(result)["configuration/settings"]["value"]


def test_where_it_runs(demo: Service) -> None:
    findings = found(on(demo, "doctor", "--json", SSH_TTY="/dev/pts/1", NO_COLOR="1", TERM="xterm"))
    assert findings["terminal/reached through"]["value"] == "ssh"
    assert findings["terminal/colours"]["value"] == "standard, not used for NO_COLOR"
    assert "OSC 52" in findings["clipboard/1. terminal"]["value"]


def test_a_terminal_that_answers_and_one_that_does_not(demo: Service) -> None:
    command = [sys.executable, "-m", "peekui", "--base-url", demo.base_url, "doctor"]
    environment = {**os.environ, "MIXPEEK_API_KEY": demo.api_key.reveal()}
    with Terminal(command, environment=environment) as terminal:
        terminal.until(lambda _: QUESTION in terminal.raw)
        terminal.send(GHOSTTY)
        terminal.until_shows(
            "pictures         Kitty", "mouse            yes", "size             120 by 40", "namespaces in"
        )
        assert terminal.wait() == 0
    with Terminal(command, environment=environment) as terminal:
        terminal.until_shows("half blocks (the terminal does not answer)", "namespaces in")
        assert terminal.wait() == 0


@pytest.mark.parametrize(
    ("answer", "abilities"),
    [
        (b"", Abilities(answers=False)),
        (b"\x1b[?62;4;22c", Abilities(answers=True, sixel=True)),
        (b"\x1b[?4c", Abilities(answers=True)),  # a VT132, not one that draws
        (b"typed\x1b[?1006;0$y\x1b[?1;2c", Abilities(answers=True, mouse=False)),
        (b"\x1b_Gi=31;EINVAL\x1b\\\x1b[?1;2c", Abilities(answers=True)),
        (GHOSTTY.encode(), Abilities(answers=True, kitty=True, mouse=True)),
    ],
)
def test_what_a_terminal_answers(answer: bytes, abilities: Abilities) -> None:
    assert read_abilities(answer) == abilities


def test_a_clipboard_is_looked_at_and_left_as_it_is(desktop: Desktop) -> None:
    subprocess.run(["xclip", "-selection", "clipboard"], input=b"the user's own", check=True)
    assert probe(Route.NATIVE, os.environ).what == "xclip answers"
    assert desktop.clipboard() == "the user's own"


@pytest.mark.skipif(not shutil.which("xclip"), reason="xclip is not installed")
def test_a_display_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    found = probe(Route.NATIVE, os.environ)
    assert (found.works, found.what) == (False, "xclip reaches no display")
    assert found.advice


def test_a_desktop_without_a_tool(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "xclip" in probe(Route.NATIVE, {"DISPLAY": ":0"}).advice
    assert probe(Route.TMUX, {}).works is False


# -- peekui url -------------------------------------------------------------------------------------------


def an_asset(demo: Service) -> tuple[str, dict[str, Any]]:
    """Give a namespace, and an asset in it that has a preview."""
    with demo.http() as http:
        [namespace, *_] = http.get("/v1/namespaces").json()
        headers = {"X-Namespace": namespace["namespace_id"]}
        collections = http.get("/v1/collections", headers=headers).json()["results"]
        condition = {"AND": [{"key": "modality", "value": "image"}, {"key": "status", "value": "DONE"}]}
        body = {"collections": [one["collection_id"] for one in collections], "filters": condition}
        [asset] = http.post("/v1/assets", json=body, params={"page_size": 1}, headers=headers).json()["results"]
    return namespace["namespace_id"], asset


def test_a_url_fetches_the_file(demo: Service) -> None:
    namespace, asset = an_asset(demo)
    result = on(demo, "--namespace", namespace, "url", asset["asset_id"])
    assert (result.returncode, result.stderr) == (0, "")
    content = httpx.get(result.stdout.strip(), trust_env=False).content
    assert len(content) == asset["file_data"]["file_size_bytes"]
    preview = on(demo, "--namespace", namespace, "url", "--preview", asset["asset_id"]).stdout.strip()
    assert httpx.get(preview, trust_env=False).headers["content-type"] == "image/webp"


def test_an_asset_that_is_not_there(demo: Service) -> None:
    result = on(demo, "url", "--", "-nowhere")
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr.startswith("peekui: ")


def test_a_url_needs_an_id() -> None:
    assert run("url").returncode == 2
    assert "Missing argument" in run("url").stderr
