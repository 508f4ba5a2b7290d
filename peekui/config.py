"""Where to connect, from flags and the environment: flag > environment > default."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peekui.api.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DEFAULT_BASE_URL", "ConfigError", "Settings", "read_settings"]

DEFAULT_BASE_URL = "https://api.mixpeek.com"


class ConfigError(Exception):
    """Something the user can mend; the text is the sentence to show."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One place to connect to.

    Attributes:
        base_url: Origin of the API, without a trailing slash.
        api_key: Masked wherever it is shown.
        namespace: Id or name to open first, None for the first there is.
    """

    base_url: str
    api_key: Secret
    namespace: str | None


def read_settings(
    *,
    base_url: str | None = None,
    namespace: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Put the settings together.

    Args:
        base_url: From the command line, if given.
        namespace: From the command line, if given.
        environment: In place of the process's own.

    Returns:
        Settings with a key in them.

    Raises:
        ConfigError: There is no key, or the address is not an HTTP one.
    """
    environment = os.environ if environment is None else environment
    # MIXPEEK_TOKEN is what the vendor's own client reads (mixpeek-api.md, section 1).
    key = (environment.get("MIXPEEK_API_KEY") or environment.get("MIXPEEK_TOKEN") or "").strip()
    if not key:
        raise ConfigError(
            "No API key: set MIXPEEK_API_KEY, or run `peekui demo` to browse a library without an account."
        )
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ConfigError(
            "The API key in MIXPEEK_API_KEY has characters no key has: copy it again, without quotes or spaces."
        )
    address = (base_url or environment.get("MIXPEEK_BASE_URL") or DEFAULT_BASE_URL).rstrip("/")
    if not address.startswith(("http://", "https://")):
        raise ConfigError(f"{address!r} is not the address of an API: give one such as {DEFAULT_BASE_URL}.")
    return Settings(address, Secret(key), namespace or environment.get("MIXPEEK_NAMESPACE") or None)
