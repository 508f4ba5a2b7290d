"""The settings in force as rows to print; the API key is never among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from peekui.config.key_ring import has_keyring
from peekui.config.options import PROFILE_OPTIONS, TOP_OPTIONS, UNLIMITED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peekui.config.settings import Settings

__all__ = ["Row", "rows"]

_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """One setting.

    Attributes:
        name: Its name in the file.
        value: What holds.
        origin: Where it came from: a flag, a variable, `path:line`, or the default.
    """

    name: str
    value: str
    origin: str


def rows(settings: Settings) -> Iterator[Row]:
    """Give the settings in force, the file's order."""
    for option in (*TOP_OPTIONS, *PROFILE_OPTIONS):
        value = getattr(settings, option.name)
        origin = settings.origins[option.name]
        if option.name == "api_key_command" and settings.withheld_command:
            origin = f"{origin}, which is for another address"
        yield Row(option.name, _shown(option.name, value), origin)
    yield Row("api_key", *_key(settings))
    for user_keys in settings.keys:
        yield Row(f"keys.{user_keys.command}", " ".join(user_keys.keys) or _NOTHING, user_keys.where)


def _shown(name: str, value: object) -> str:
    if value is None:
        return UNLIMITED if name == "calls_per_minute" else _NOTHING
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _key(settings: Settings) -> tuple[str, str]:
    """Give the masked key and its source; sources that would have to be asked are named, not asked."""
    if settings.api_key:
        return "****", settings.origins["api_key"]
    if settings.api_key_command:
        return "asked for when needed", f"api_key_command, {settings.origins['api_key_command']}"
    if has_keyring():
        return "asked for when needed", f"system keyring, if it has one for {settings.account}"
    return _NOTHING, "default"
