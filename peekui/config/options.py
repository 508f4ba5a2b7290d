"""Every option there is: its name in the file, its flag and variable, and what it may be.

The check of the file, the settings in force and `peekui config show` all go by these tables.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from peekui.api.secret import Secret
from peekui.clipboard.routes import CHOICES, Route

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "DEFAULT_BASE_URL",
    "KEY_VARIABLES",
    "PROFILE_OPTIONS",
    "TOP_OPTIONS",
    "UNLIMITED",
    "Option",
    "Pictures",
    "is_here",
    "origin_of",
    "read_key",
]

DEFAULT_BASE_URL = "https://api.mixpeek.com"
UNLIMITED = "unlimited"

KEY_VARIABLES = ("MIXPEEK_API_KEY", "MIXPEEK_TOKEN")
"""Where the environment may have the API key; the second is what the vendor's own client reads (section 1)."""

_PORTS = {"http": 80, "https": 443}


class Pictures(StrEnum):
    """How pictures are shown."""

    AUTO = "auto"
    KITTY = "kitty"
    SIXEL = "sixel"
    BLOCKS = "blocks"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    Attributes:
        name: Its key in the file.
        read: Takes a value from any source and gives it in its own type; raises ValueError with what it must be.
        flag: The flag that gives it, if one does.
        variable: The environment variable that gives it, if one does.
        default: Where nothing says otherwise.
    """

    name: str
    read: Callable[[object], Any]
    flag: str = ""
    variable: str = ""
    default: object = None


def origin_of(base_url: str) -> str:
    """Give scheme, host and port of an address, written the same however the address is.

    Raises:
        ValueError: It is not an HTTP address.
    """
    parts = urlsplit(base_url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(base_url)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = "" if parts.port in {None, _PORTS[parts.scheme]} else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def read_key(text: str) -> Secret:
    """Take an API key, without the blanks around it.

    Raises:
        ValueError: No header can carry it; what it is, is not told.
    """
    key = text.strip()
    if not (key and key.isascii() and key.isprintable()) or " " in key:
        raise ValueError("has characters no key has: copy it again, without quotes or spaces")
    return Secret(key)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text")
    return value


def _base_url(value: object) -> str:
    wanted = f"must be the address of an API, such as {DEFAULT_BASE_URL!r}"
    try:
        address = _text(value).strip().rstrip("/")
        origin_of(address)
        parts = urlsplit(address)
    except ValueError:
        raise ValueError(wanted) from None
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError(f"{wanted}, with no user, query or fragment")
    return address


def _command(value: object) -> str:
    try:
        command = _text(value)
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words:
        raise ValueError("must be a command in a text, with its quotes closed, such as 'op read op://work/mixpeek/key'")
    return command


def _calls_per_minute(value: object) -> int | None:
    """Give the limit, None when there is none."""
    if value == UNLIMITED:
        return None
    # True is an int to Python, not to TOML.
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f'must be a whole number above 0, or "{UNLIMITED}"')
    return value


_SWITCH = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def _switch(value: object) -> bool:
    """Give a yes or no; a flag and the environment say it in words."""
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value.strip().lower() not in _SWITCH:
        raise ValueError("must be true or false")
    return _SWITCH[value.strip().lower()]


def _path(value: object) -> Path:
    path = Path(_text(value)).expanduser()
    if not path.is_absolute():
        raise ValueError("must be a whole path, or one that starts with ~")
    return path


def _routes(value: object) -> tuple[Route, ...]:
    """Give the ways to the clipboard, in the order they are to be tried."""
    known = [route.value for route in CHOICES]
    if not isinstance(value, list) or not value or any(name not in known for name in value):
        raise ValueError(f"must be a list of some of {', '.join(known)}, such as {known}")
    return tuple(dict.fromkeys(map(Route, value)))


def _pictures(value: object) -> Pictures:
    known = [choice.value for choice in Pictures]
    if value not in known:
        raise ValueError(f"must be one of {', '.join(known)}")
    return Pictures(str(value))


def is_here(base_url: str) -> bool:
    """Whether an address is this machine's own."""
    return urlsplit(base_url).hostname in {"127.0.0.1", "localhost", "::1"}


_USUAL_PLAN = 60
"""Calls a minute of the middle plan (mixpeek-api.md, section 1); a smaller one is learnt from its first refusal."""

TOP_OPTIONS = (
    Option("profile", _text, flag="--profile", variable="PEEKUI_PROFILE", default="default"),
    Option("theme", _text),
    Option("log_file", _path, flag="--log-file"),
    Option("clipboard", _routes),
    Option("download_dir", _path),
    Option("pictures", _pictures, default=Pictures.AUTO),
)
"""Options at the top of the file."""

PROFILE_OPTIONS = (
    Option("base_url", _base_url, flag="--base-url", variable="MIXPEEK_BASE_URL", default=DEFAULT_BASE_URL),
    Option("namespace", _text, flag="--namespace", variable="MIXPEEK_NAMESPACE"),
    Option("api_key_command", _command),
    Option("calls_per_minute", _calls_per_minute, default=_USUAL_PLAN),
    Option("read_only", _switch, flag="--read-only", variable="PEEKUI_READ_ONLY", default=False),
)
"""Options of a profile."""
