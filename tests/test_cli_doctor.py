"""`peekui doctor` and `peekui url`, as a user types them."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest

from peekui.cli.findings import pictures
from peekui.cli.terminal_query import Abilities, read_abilities
from peekui.clipboard.probing import probe
from peekui.clipboard.routes import Route
from peekui.config.options import Pictures
from tests.end_to_end.terminal import Terminal
from tests.test_cli import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desktop import Desktop
    from tests.service import Service

QUESTION = b"\x1b[c"
GHOSTTY = "\x1b_Gi=31;OK\x1b\\\x1bP>|ghostty 1.2.0\x1b\\\x1b[?1006;2$y\x1b[?62;22c"


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
    assert findings["terminal/pictures"]["value"] == "half blocks (nothing says that this terminal draws finer ones)"
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
            'set pictures = "kitty"', "mouse            yes", "size             120 by 40", "namespaces in"
        )
        assert terminal.wait() == 0
    with Terminal(command, environment=environment) as terminal:
        terminal.until_shows("unknown (the terminal does not answer)", "namespaces in")
        assert terminal.wait() == 0


@pytest.mark.parametrize(
    ("answer", "abilities"),
    [
        (b"", Abilities(answers=False)),
        (b"\x1b[?62;4;22c", Abilities(answers=True, sixel=True)),
        (b"\x1b[?4c", Abilities(answers=True)),  # a VT132, not one that draws
        (b"typed\x1b[?1006;0$y\x1b[?1;2c", Abilities(answers=True, mouse=False)),
        (b"\x1b_Gi=31;EINVAL\x1b\\\x1b[?1;2c", Abilities(answers=True)),
        (GHOSTTY.encode(), Abilities(answers=True, name="ghostty 1.2.0", kitty=True, mouse=True)),
    ],
)
def test_what_a_terminal_answers(answer: bytes, abilities: Abilities) -> None:
    assert read_abilities(answer) == abilities


@pytest.mark.parametrize(
    ("name", "placeholders"),
    [
        ("kitty(0.26.5)", False),
        ("kitty(0.28.0)", True),
        ("kitty(0.41.1)", True),
        ("kitty(1.0)", True),
        ("ghostty 1.2.0", True),
        ("WezTerm 20240203", False),
        ("", False),
    ],
)
def test_which_terminals_draw_pictures_in_cells(name: str, *, placeholders: bool) -> None:
    assert Abilities(answers=True, name=name, kitty=True).placeholders is placeholders


KITTY = {"TERM": "xterm-kitty", "COLORTERM": "truecolor"}
NEW_KITTY = Abilities(answers=True, name="kitty(0.41.1)", kitty=True)
OLD_KITTY = Abilities(answers=True, name="kitty(0.26.5)", kitty=True)
DRAWS_SIXEL = Abilities(answers=True, sixel=True)


@pytest.mark.parametrize(
    ("wanted", "abilities", "environment", "value", "advice"),
    [
        (Pictures.OFF, NEW_KITTY, KITTY, "off (as configured)", ""),
        (Pictures.AUTO, NEW_KITTY, KITTY, "Kitty's (TERM is xterm-kitty)", ""),
        (Pictures.AUTO, None, KITTY, "Kitty's (TERM is xterm-kitty)", ""),
        (Pictures.AUTO, OLD_KITTY, KITTY, "Kitty's (TERM is xterm-kitty)", "kitty(0.26.5) does not draw these"),
        (Pictures.KITTY, DRAWS_SIXEL, KITTY, "Kitty's (as configured)", 'set pictures = "blocks"'),
        (Pictures.SIXEL, DRAWS_SIXEL, {}, "Sixel (as configured)", ""),
        (Pictures.BLOCKS, DRAWS_SIXEL, {}, "half blocks (as configured)", ""),
        (Pictures.AUTO, DRAWS_SIXEL, {}, "half blocks (nothing says", 'set pictures = "sixel"'),
        (Pictures.AUTO, DRAWS_SIXEL, {"TMUX": "1"}, "half blocks (inside tmux", "Outside tmux"),
        (Pictures.AUTO, Abilities(answers=False), {}, "half blocks (nothing says", ""),
    ],
)
def test_how_pictures_are_drawn(
    wanted: Pictures, abilities: Abilities | None, environment: dict[str, str], value: str, advice: str
) -> None:
    finding = pictures(wanted, abilities, environment, None)
    assert finding.value.startswith(value)
    assert advice in finding.advice
    assert bool(finding.advice) is bool(advice)
    assert finding.well is ('"blocks"' not in finding.advice)


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


SOME = re.compile(r"https?://\S+X-Amz-Signature=\S+")


def some_assets(demo: Service, count: int) -> tuple[str, list[dict[str, Any]]]:
    """Give a namespace, and assets in it that have previews."""
    with demo.http() as http:
        [namespace, *_] = http.get("/v1/namespaces").json()
        headers = {"X-Namespace": namespace["namespace_id"]}
        collections = http.get("/v1/collections", headers=headers).json()["results"]
        condition = {"AND": [{"key": "modality", "value": "image"}, {"key": "status", "value": "DONE"}]}
        body = {"collections": [one["collection_id"] for one in collections], "filters": condition}
        answer = http.post("/v1/assets", json=body, params={"page_size": count}, headers=headers)
    return namespace["namespace_id"], answer.json()["results"]


def fetched(url: str) -> httpx.Response:
    return httpx.get(url, trust_env=False)


def test_urls_fetch_the_files_in_order(demo: Service) -> None:
    namespace, assets = some_assets(demo, 3)
    result = on(demo, "--namespace", namespace, "url", *(asset["asset_id"] for asset in assets))
    assert (result.returncode, result.stderr) == (0, "")
    contents = [fetched(line).content for line in result.stdout.splitlines()]
    assert [hashlib.sha256(content).hexdigest() for content in contents] == [asset["file_hash"] for asset in assets]


def test_a_url_of_the_small_picture(demo: Service) -> None:
    namespace, [asset] = some_assets(demo, 1)
    preview = on(demo, "url", "-n", namespace, "--preview", asset["asset_id"]).stdout.strip()
    assert fetched(preview).headers["content-type"] == "image/webp"


def test_a_url_that_has_expired_names_its_asset_still(demo: Service) -> None:
    namespace, [asset] = some_assets(demo, 1)
    first = on(demo, "-n", namespace, "url", asset["asset_id"]).stdout.strip()
    old = re.sub(r"X-Amz-Date=\w+", "X-Amz-Date=20200101T000000Z", first)
    assert fetched(old).status_code == HTTPStatus.FORBIDDEN
    again = on(demo, "-n", namespace, "url", old).stdout.strip()
    assert fetched(again).content == fetched(first).content


def test_an_asset_that_is_not_there(demo: Service) -> None:
    result = on(demo, "url", "--", "-nowhere")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("peekui: -nowhere: ")


def test_what_can_be_signed_is_kept(demo: Service) -> None:
    namespace, [first, second] = some_assets(demo, 2)
    ids = (first["asset_id"], "ast_gone", second["asset_id"], "ast_also-gone")
    result = on(demo, "-n", namespace, "url", *ids)
    assert result.returncode == 1
    assert [urlsplit(line).path.split("/")[-2] for line in result.stdout.splitlines()] == [ids[0], ids[2]]
    assert re.findall(r"ast_[a-z-]*gone(?=: )", result.stderr) == ["ast_gone", "ast_also-gone"]
    told = json.loads(on(demo, "-n", namespace, "url", "--json-errors", *ids).stderr)
    assert (told["exit_status"], told["message"].count("gone: ")) == (1, 2)


def test_without_a_service_the_rest_is_not_asked_for() -> None:
    result = run("--base-url", "http://127.0.0.1:1", "url", "ast_1", "ast_2", MIXPEEK_API_KEY="sk_1")
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr == "peekui: Cannot reach http://127.0.0.1:1.\n"


def test_a_url_needs_an_id() -> None:
    assert run("url").returncode == 2
    assert "Missing argument" in run("url").stderr


def test_urls_on_the_clipboard_are_not_printed(demo: Service, desktop: Desktop) -> None:
    namespace, assets = some_assets(demo, 2)
    ids = [asset["asset_id"] for asset in assets]
    result = on(demo, "-n", namespace, "url", "--copy", *ids, DISPLAY=desktop.display)
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == "URL of 2 assets copied.\n"
    contents = [fetched(line).content for line in desktop.clipboard().splitlines()]
    assert [hashlib.sha256(content).hexdigest() for content in contents] == [asset["file_hash"] for asset in assets]


def test_what_can_be_copied_is_kept(demo: Service, desktop: Desktop) -> None:
    namespace, [asset] = some_assets(demo, 1)
    result = on(demo, "-n", namespace, "url", "--copy", "ast_gone", asset["asset_id"], DISPLAY=desktop.display)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("URL copied.\npeekui: ast_gone: ")
    assert asset["asset_id"] in desktop.clipboard()


def test_a_terminal_is_sent_the_url(demo: Service) -> None:
    namespace, [asset] = some_assets(demo, 1)
    command = [sys.executable, "-m", "peekui", "--base-url", demo.base_url, "-n", namespace, "url", asset["asset_id"]]
    environment = {**os.environ, "MIXPEEK_API_KEY": demo.api_key.reveal()}
    with Terminal([*command, "--copy"], columns=400, environment=environment) as terminal:
        assert terminal.wait() == 0
        sent = re.search(rb"\x1b]52;c;([\w+/=]+)\a", terminal.raw)
        assert sent
        assert asset["asset_id"] in base64.b64decode(sent[1]).decode()
        assert "URL sent to the terminal; whether it took it cannot be known." in terminal.text
        assert not SOME.search(terminal.text)


def test_without_a_clipboard_urls_are_printed(demo: Service) -> None:
    namespace, [asset] = some_assets(demo, 1)
    command = [sys.executable, "-m", "peekui", "--base-url", demo.base_url, "-n", namespace, "url", asset["asset_id"]]
    environment = {**os.environ, "MIXPEEK_API_KEY": demo.api_key.reveal()}
    result = subprocess.run(
        [*command, "--copy"],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
        start_new_session=True,  # has no terminal, wherever the tests are started
    )
    assert SOME.fullmatch(result.stdout.strip())
    assert result.stderr == "No clipboard that takes it can be reached from here. Here it is whole.\n"
