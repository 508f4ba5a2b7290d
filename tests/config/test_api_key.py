"""Where the key comes from: environment, the user's command, the keyring; each for its own origin only."""

from __future__ import annotations

import asyncio
import shlex
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import keyring
import psutil
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from peekui.api.secret import Secret
from peekui.config import ConfigError
from peekui.config.api_key import find_key, may_find_key, no_key_sentence
from peekui.config.key_command import ask_command
from peekui.config.key_ring import forget_key, store_key
from tests.config.files import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peekui.config import Settings


class InMemory(KeyringBackend):
    """A keyring that forgets all at the end, and can be locked."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        """Give what is kept."""
        if self.locked:
            raise KeyringLocked("Locked, and nobody is there to unlock it.\nMore.")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep."""
        if self.locked:
            raise KeyringLocked("Locked.")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget."""
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def ring() -> Iterator[InMemory]:
    before, ring = keyring.get_keyring(), InMemory()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


@pytest.fixture
def no_ring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


def python(code: str) -> str:
    return shlex.join([sys.executable, "-c", code])


def with_command(folder: Path, code: str) -> Settings:
    return settings(folder, f"[profiles.default]\napi_key_command = '''{python(code)}'''")


async def test_the_environment_comes_first(tmp_path: Path, ring: InMemory) -> None:
    found = settings(tmp_path, environment={"MIXPEEK_API_KEY": "sk_env"})
    ring.kept["peekui", found.account] = "sk_ring"
    assert await find_key(found) == Secret("sk_env")


async def test_the_command_comes_before_the_keyring(tmp_path: Path, ring: InMemory) -> None:
    found = with_command(tmp_path, 'print("  sk_command  "); print("more")')
    ring.kept["peekui", found.account] = "sk_ring"
    assert await find_key(found) == Secret("sk_command")


async def test_the_command_runs_without_a_shell(tmp_path: Path) -> None:
    code = 'import sys; print("sk_" + "".join(sys.argv[1:]))'
    assert await ask_command(f"{python(code)} '$HOME' ;x", "command") == "sk_$HOME;x\n"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ('import sys; print("sk_1"); sys.exit("sk_2 is wrong")', "ended with status 1: run it yourself to see why."),
        ("pass", "printed nothing: its first line must be the key."),
        ("print(); print('sk_1')", "printed nothing: its first line must be the key."),
        ("print('Enter the password: ')", "has characters no key has"),
        ("print('x' * 100_000)", "has characters no key has"),
    ],
)
async def test_a_failing_command_is_one_sentence(
    code: str, sentence: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ConfigError) as caught:
        await find_key(with_command(tmp_path, code))
    assert sentence in str(caught.value)
    assert f"api_key_command in {tmp_path / 'config.toml'}:2" in str(caught.value)
    assert "sk_" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


async def test_a_command_that_is_not_there(tmp_path: Path) -> None:
    found = settings(tmp_path, f"[profiles.default]\napi_key_command = '{tmp_path}/none'")
    with pytest.raises(ConfigError, match="cannot be started: No such file"):
        await find_key(found)


WAITS = "import os, subprocess, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(600)"


async def test_a_command_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"took longer than 0\.5 s"):
        await ask_command(f"{python(WAITS)} {tmp_path / 'pid'}", "command", patience=0.5)


async def test_a_command_ends_with_who_waits_for_it_and_takes_its_children_along(tmp_path: Path) -> None:
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {WAITS!r}, *sys.argv[1:]])"
    task = asyncio.create_task(ask_command(f"{python(parent)} {tmp_path / 'pid'}", "command"))
    deadline = time.monotonic() + 20
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert time.monotonic() < deadline, "the command did not start"
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    while is_running(int((tmp_path / "pid").read_text())):
        assert time.monotonic() < deadline, "the command's child outlived it"
        await asyncio.sleep(0.01)


def is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def test_the_keyring_keeps_a_key_for_a_profile_at_an_origin(tmp_path: Path, ring: InMemory) -> None:
    found = settings(tmp_path)
    assert await find_key(found) is None
    store_key(found, Secret("sk_ring"))
    assert ring.kept == {("peekui", "default@https://api.mixpeek.com"): "sk_ring"}
    assert await find_key(found) == Secret("sk_ring")
    assert forget_key(found)
    assert not forget_key(found)
    assert await find_key(found) is None


async def test_a_key_stored_for_one_address_is_not_found_for_another(tmp_path: Path, ring: InMemory) -> None:
    store_key(settings(tmp_path), Secret("sk_ring"))
    assert await find_key(settings(tmp_path, base_url="https://other.example")) is None
    assert await find_key(settings(tmp_path, "[profiles.work]", profile="work")) is None


async def test_a_locked_keyring_is_one_sentence(tmp_path: Path, ring: InMemory) -> None:
    ring.locked = True
    with pytest.raises(ConfigError, match=r"did not give the API key: Locked, and nobody is there to unlock it\.$"):
        await find_key(settings(tmp_path))
    with pytest.raises(ConfigError, match="did not take the API key") as caught:
        store_key(settings(tmp_path), Secret("sk_ring"))
    assert "sk_ring" not in str(caught.value)


async def test_a_machine_without_a_keyring(tmp_path: Path, no_ring: None) -> None:
    found = settings(tmp_path)
    assert await find_key(found) is None
    for act in (lambda: store_key(found, Secret("sk_1")), lambda: forget_key(found)):
        with pytest.raises(ConfigError, match="The system keyring did not"):
            act()


WITHOUT_THE_EXTRA = """
import asyncio, sys
import importlib.util as util
find = util.find_spec
util.find_spec = lambda name, *rest: None if name == "keyring" else find(name, *rest)
from peekui.api.secret import Secret
from peekui.config import ConfigError, Settings
from peekui.config.api_key import find_key, may_find_key
from peekui.config.key_ring import store_key
settings = Settings("default", "https://x")
assert not may_find_key(settings)
assert asyncio.run(find_key(settings)) is None
try:
    store_key(settings, Secret("sk_1"))
except ConfigError as error:
    assert "pip install 'peekui[keyring]'" in str(error)
    sys.exit("keyring" in sys.modules)
sys.exit("stored")
"""


def test_without_the_extra() -> None:
    subprocess.run([sys.executable, "-c", WITHOUT_THE_EXTRA], check=True)


def test_the_keyring_is_imported_only_when_it_is_asked(tmp_path: Path) -> None:
    code = (
        "import sys; from peekui.config import Settings; from peekui.config.api_key import may_find_key\n"
        "assert may_find_key(Settings('default', 'https://x')); sys.exit('keyring' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_sentence_for_no_key_says_what_to_do(tmp_path: Path) -> None:
    text = "[profiles.default]\napi_key_command = 'pass show mixpeek'"
    assert may_find_key(settings(tmp_path, text))
    assert "set MIXPEEK_API_KEY, or run `peekui demo`" in no_key_sentence(settings(tmp_path))
    sentence = no_key_sentence(settings(tmp_path, text, base_url="https://other.example"))
    assert f"No API key for https://other.example: the api_key_command in {Path(tmp_path)}" in sentence
