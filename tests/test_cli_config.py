"""`peekui config` and the settings behind the other commands, as a user types them."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

import pytest

from tests.test_cli import refused, run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the configuration is looked for; nothing is there yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config/peekui/config.toml"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)


def test_path(file: Path) -> None:
    assert run("config", "path").stdout == f"{file}\n"
    assert not file.parent.exists()


def test_init_writes_a_file_once(file: Path) -> None:
    assert run("config", "init").stdout == f"Wrote {file}.\n"
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(file.parent.stat().st_mode)) == (0o600, 0o700)
    assert run("config", "check").stdout == f"{file} is fine.\n"
    file.write_text("# mine\n")
    assert "is there already" in refused(run("config", "init"))
    assert file.read_text() == "# mine\n"


def test_check_without_a_file(file: Path) -> None:
    assert run("config", "check").stdout == f"There is no {file}: the defaults hold.\n"


def test_check_lists_what_is_wrong_from_top_to_bottom(file: Path) -> None:
    write(file, "thme = 'nord'\n[keys]\nassets.srot = ['f2']\n[profiles.work]\nbase_url = 'x'\napi_key = 'sk_hidden'\n")
    result = run("config", "check")
    assert (result.returncode, result.stderr) == (2, "")
    assert [line.partition(" ")[0] for line in result.stdout.splitlines()] == [f"{file}:{n}:" for n in (1, 3, 5, 6)]
    assert "Did you mean 'theme'?" in result.stdout
    assert "sk_hidden" not in result.stdout


@pytest.mark.parametrize("arguments", [[], ["keys"], ["config", "show"]])
def test_a_file_with_mistakes_is_refused_with_the_line(arguments: list[str], file: Path) -> None:
    write(file, "\nthme = 'nord'\nlog_file = 1\n")
    sentence = refused(run(*arguments, MIXPEEK_API_KEY="sk_1"))
    assert f"{file}:2: 'thme' is no setting here." in sentence
    assert "lists all 2 problems" in sentence


def test_a_file_that_is_no_toml(file: Path) -> None:
    write(file, "a = = 1\n")
    for arguments in (["config", "check"], ["config", "show"], ["keys"]):
        assert f"{file} is not TOML" in refused(run(*arguments))


def test_keys_that_clash_are_refused_with_the_line(file: Path) -> None:
    write(file, "[keys]\napp.help = ['f12']\napp.theme = ['f12']\n")
    assert f"{file}:" in refused(run(MIXPEEK_API_KEY="sk_1"))


def test_keys_of_the_users_are_in_the_table(file: Path) -> None:
    write(file, "[keys]\napp.theme = ['f12']\n")
    assert "| `F12` | Change to the next theme" in run("keys").stdout


def shown(*arguments: str, **environment: str) -> dict[str, list[str]]:
    result = run(*arguments, "config", "show", **environment)
    assert (result.returncode, result.stderr) == (0, "")
    rows = (re.split(r" {2,}", line) for line in result.stdout.splitlines())
    return {name: rest for name, *rest in rows}


def test_show_says_what_holds_and_where_it_comes_from(file: Path) -> None:
    profiles = '[profiles.work]\nnamespace = "films"\ncalls_per_minute = 60\n[profiles.home]\n'
    write(file, f'profile = "home"\nclipboard = ["tmux", "native"]\n{profiles}[keys]\napp.theme = ["f12"]\n')
    rows = shown("--base-url", "https://x.example/", PEEKUI_PROFILE="work", MIXPEEK_API_KEY="sk_hidden")
    assert rows == {
        "profile": ["work", "environment PEEKUI_PROFILE"],
        "theme": ["–", "default"],
        "log_file": ["–", "default"],
        "clipboard": ["tmux, native", f"{file}:2"],
        "download_dir": ["–", "default"],
        "pictures": ["auto", "default"],
        "base_url": ["https://x.example", "flag --base-url"],
        "namespace": ["films", f"{file}:4"],
        "api_key_command": ["–", "default"],
        "calls_per_minute": ["60", f"{file}:5"],
        "read_only": ["false", "default"],
        "api_key": ["****", "environment MIXPEEK_API_KEY"],
        "keys.app.theme": ["f12", f"{file}:8"],
    }


def test_show_names_a_command_and_does_not_run_it(file: Path, tmp_path: Path) -> None:
    write(file, f"[profiles.default]\napi_key_command = 'touch {tmp_path}/ran sk_hidden'\n")
    result = run("config", "show")
    assert f"api_key_command, {file}:2" in result.stdout
    assert "sk_hidden" not in result.stdout
    assert not (tmp_path / "ran").exists()
    assert f"{file}:2, which is for another address" in run("--base-url", "https://x", "config", "show").stdout


KEYRING_IN_A_FILE = """
import json, pathlib
from keyring.backend import KeyringBackend

class Keyring(KeyringBackend):
    priority = 1
    file = pathlib.Path(__file__).with_suffix(".json")

    def get_password(self, service, username):
        return json.loads(self.file.read_text()).get(f"{service} {username}")

    def set_password(self, service, username, password):
        raise NotImplementedError

    def delete_password(self, service, username):
        self.file.write_text("{}")
"""


def test_a_key_is_taken_out_of_the_keyring(file: Path, tmp_path: Path) -> None:
    (tmp_path / "filed.py").write_text(KEYRING_IN_A_FILE)
    (tmp_path / "filed.json").write_text('{"peekui default@https://api.mixpeek.com": "sk_filed"}')
    ring = {"PYTHONPATH": str(tmp_path), "PYTHON_KEYRING_BACKEND": "filed.Keyring"}
    key = "The key of default@https://api.mixpeek.com is"
    assert run("--profile", "default", "config", "forget-key", **ring).stdout == f"{key} forgotten.\n"
    assert run("config", "forget-key", **ring).stdout == f"{key} not in the keyring.\n"


def test_no_key_is_forgotten_where_nothing_keeps_any(file: Path) -> None:
    assert "did not forget the API key" in refused(
        run("config", "forget-key", PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring")
    )
