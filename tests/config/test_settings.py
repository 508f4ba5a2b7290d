"""Settings: flag over environment over file over default, each with its origin; one sentence for what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from peekui.clipboard.routes import Route
from peekui.config import DEFAULT_BASE_URL, ConfigError, origin_of, read_file, read_settings
from tests.config.files import settings, written

if TYPE_CHECKING:
    from pathlib import Path

WORK = """
    profile = "work"
    theme = "nord"
    log_file = "/var/log/peekui.log"
    clipboard = ["terminal", "native", "terminal"]
    download_dir = "/srv/films"

    [profiles.work]
    base_url = "https://work.example/api/"
    namespace = "films"
    calls_per_minute = 60
    api_key_command = "pass show mixpeek"

    [profiles.home]
    calls_per_minute = "unlimited"

    [keys]
    "assets.sort" = ["f2", "S"]
    assets.failed = ["f3"]
"""


def test_defaults(tmp_path: Path) -> None:
    found = read_settings(read_file(tmp_path / "none.toml"), {}, {})
    assert (found.profile, found.base_url, found.namespace) == ("default", DEFAULT_BASE_URL, None)
    assert (found.api_key, found.api_key_command, found.calls_per_minute, found.theme) == (None, None, 60, None)
    assert found.origins["base_url"] == "default"


def test_nobody_rations_a_service_on_this_machine(tmp_path: Path) -> None:
    file = read_file(tmp_path / "none.toml")
    assert read_settings(file, {"base_url": "http://127.0.0.1:8700"}, {}).calls_per_minute is None
    assert read_settings(file, {"base_url": "http://files.example"}, {}).calls_per_minute == 60


def test_the_file(tmp_path: Path) -> None:
    found = settings(tmp_path, WORK)
    assert (found.profile, found.base_url, found.namespace) == ("work", "https://work.example/api", "films")
    assert (found.calls_per_minute, found.api_key_command) == (60, "pass show mixpeek")
    assert (found.theme, str(found.log_file)) == ("nord", "/var/log/peekui.log")
    assert (found.clipboard, str(found.download_dir)) == ((Route.TERMINAL, Route.NATIVE), "/srv/films")
    path = tmp_path / "config.toml"
    assert found.origins["namespace"] == f"{path}:10"
    assert [(one.command, one.keys, one.where) for one in found.keys] == [
        ("assets.sort", ("f2", "S"), f"{path}:18"),
        ("assets.failed", ("f3",), f"{path}:19"),
    ]


def test_environment_over_file(tmp_path: Path) -> None:
    found = settings(tmp_path, WORK, environment={"MIXPEEK_NAMESPACE": "from-env", "PEEKUI_PROFILE": "home"})
    assert (found.profile, found.namespace, found.base_url) == ("home", "from-env", DEFAULT_BASE_URL)
    assert found.origins["profile"] == "environment PEEKUI_PROFILE"
    assert found.origins["namespace"] == "environment MIXPEEK_NAMESPACE"


def test_read_only_is_said_by_a_switch_in_any_source(tmp_path: Path) -> None:
    file = written(tmp_path, "[profiles.default]\nread_only = true")
    for flags, variable, wanted, origin in (
        ({}, "", True, f"{tmp_path / 'config.toml'}:2"),
        ({}, "no", False, "environment PEEKUI_READ_ONLY"),
        ({"read_only": "yes"}, "0", True, "flag --read-only"),
    ):
        found = read_settings(file, flags, {"PEEKUI_READ_ONLY": variable})
        assert (found.read_only, found.origins["read_only"]) == (wanted, origin)
    with pytest.raises(ConfigError, match="PEEKUI_READ_ONLY must be true or false"):
        read_settings(file, {}, {"PEEKUI_READ_ONLY": "perhaps"})


def test_flag_over_environment(tmp_path: Path) -> None:
    environment = {"MIXPEEK_NAMESPACE": "e", "PEEKUI_PROFILE": "home", "MIXPEEK_BASE_URL": "http://e:1/"}
    found = settings(
        tmp_path, WORK, environment=environment, profile="work", namespace="f", base_url="https://flag", log_file="/l"
    )
    assert (found.profile, found.namespace, found.base_url, str(found.log_file)) == ("work", "f", "https://flag", "/l")
    assert {found.origins[name] for name in ("profile", "namespace", "base_url", "log_file")} == {
        "flag --profile",
        "flag --namespace",
        "flag --base-url",
        "flag --log-file",
    }


def test_a_variable_set_to_nothing_says_nothing(tmp_path: Path) -> None:
    found = settings(tmp_path, WORK, environment={"MIXPEEK_NAMESPACE": "", "MIXPEEK_API_KEY": " "})
    assert (found.namespace, found.api_key) == ("films", None)


def test_the_key_comes_from_the_first_variable_that_has_one(tmp_path: Path) -> None:
    for environment in ({"MIXPEEK_API_KEY": " sk_1 ", "MIXPEEK_TOKEN": "sk_2"}, {"MIXPEEK_TOKEN": "sk_1"}):
        found = settings(tmp_path, environment=environment)
        assert found.api_key
        assert found.api_key.reveal() == "sk_1"
        assert "sk_1" not in repr(found)


@pytest.mark.parametrize("key", ["sk_ä", "sk 1", "sk_\x00", "sk_\n2"])
def test_a_key_no_header_can_carry_is_refused_without_showing_it(key: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="MIXPEEK_API_KEY") as caught:
        settings(tmp_path, environment={"MIXPEEK_API_KEY": key})
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    ["api.mixpeek.com", "ftp://x", "https://", "http://[::1", "http://x:port", "https://u:hidden@x", "https://x/?a=b"],
)
def test_an_address_that_is_none_is_refused_without_its_password(address: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--base-url must be the address of an API") as caught:
        settings(tmp_path, base_url=address)
    assert "hidden" not in str(caught.value)


def test_an_unknown_profile_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no profile 'wrok' \(flag --profile\)\. Did you mean 'work'\?"):
        settings(tmp_path, WORK, profile="wrok")
    with pytest.raises(ConfigError, match=r"Add \[profiles.zzz\]"):
        settings(tmp_path, environment={"PEEKUI_PROFILE": "zzz"})


@pytest.mark.parametrize("base_url", ["https://other.example", "http://work.example", "https://work.example:8443"])
def test_a_profiles_command_is_not_asked_for_another_origin(base_url: str, tmp_path: Path) -> None:
    found = settings(tmp_path, WORK, base_url=base_url)
    assert found.api_key_command is None
    assert found.withheld_command == f"{tmp_path / 'config.toml'}:12"


def test_a_profiles_command_is_asked_for_another_path_of_its_origin(tmp_path: Path) -> None:
    found = settings(tmp_path, WORK, base_url="https://WORK.example:443/v2")
    assert (found.api_key_command, found.withheld_command) == ("pass show mixpeek", None)


def test_a_command_in_a_file_that_others_write_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, WORK)
    file.path.chmod(0o620)
    with pytest.raises(ConfigError, match="chmod 600"):
        read_settings(read_file(file.path), {}, {})
    assert read_settings(read_file(file.path), {"profile": "home"}, {}).profile == "home"


@pytest.mark.parametrize(
    ("base_url", "origin"),
    [
        ("https://API.mixpeek.com:443/v1", "https://api.mixpeek.com"),
        ("http://h:80", "http://h"),
        ("http://h:443", "http://h:443"),
        ("http://[::1]:8700/", "http://[::1]:8700"),
    ],
)
def test_origins(base_url: str, origin: str) -> None:
    assert origin_of(base_url) == origin
