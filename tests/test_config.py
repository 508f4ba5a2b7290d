"""Settings: flag over environment over default, and one sentence for what is wrong."""

from __future__ import annotations

import pytest

from peekui.config import DEFAULT_BASE_URL, ConfigError, read_settings


def test_defaults() -> None:
    settings = read_settings(environment={"MIXPEEK_API_KEY": "sk_1"})
    assert (settings.base_url, settings.api_key.reveal(), settings.namespace) == (DEFAULT_BASE_URL, "sk_1", None)


def test_flag_over_environment_over_default() -> None:
    environment = {"MIXPEEK_TOKEN": "sk_2", "MIXPEEK_BASE_URL": "http://e:1/", "MIXPEEK_NAMESPACE": "from-env"}
    settings = read_settings(environment=environment)
    assert (settings.base_url, settings.api_key.reveal(), settings.namespace) == ("http://e:1", "sk_2", "from-env")
    settings = read_settings(base_url="https://flag", namespace="flag", environment=environment)
    assert (settings.base_url, settings.namespace) == ("https://flag", "flag")


@pytest.mark.parametrize("environment", [{}, {"MIXPEEK_API_KEY": " "}])
def test_without_a_key_the_demo_is_offered(environment: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="peekui demo"):
        read_settings(environment=environment)


@pytest.mark.parametrize("key", ["sk_ä", "sk 1", "sk_\x00", "sk_\n2"])
def test_a_key_no_header_can_carry_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_settings(environment={"MIXPEEK_API_KEY": key})
    assert key not in str(caught.value)


def test_an_address_without_a_scheme_is_refused() -> None:
    with pytest.raises(ConfigError, match="address"):
        read_settings(base_url="api.mixpeek.com", environment={"MIXPEEK_API_KEY": "sk_1"})


def test_settings_do_not_show_the_key() -> None:
    assert "sk_1" not in repr(read_settings(environment={"MIXPEEK_API_KEY": "sk_1"}))
