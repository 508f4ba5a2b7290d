"""Finds the API key: the environment's, else the profile's command's, else the keyring's.

A key goes to one origin only. The keyring keeps it by origin, and a profile's command is asked only for the origin that
the profile itself names (`Settings.api_key_command`).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from peekui.config.key_command import ask_command
from peekui.config.key_ring import ask_keyring, has_keyring
from peekui.config.options import origin_of, read_key
from peekui.config.problems import ConfigError

if TYPE_CHECKING:
    from peekui.api.secret import Secret
    from peekui.config.settings import Settings

__all__ = ["find_key", "may_find_key", "no_key_sentence"]


def may_find_key(settings: Settings) -> bool:
    """Whether there is a source to ask for the key at all; asks none."""
    return bool(settings.api_key or settings.api_key_command or has_keyring())


async def find_key(settings: Settings) -> Secret | None:
    """Get the key; may take seconds, and wait for the user to unlock something.

    Returns:
        The key, None when no source has one; then it is for the user to type in.

    Raises:
        ConfigError: A source failed, or what it gave is no key.
    """
    if settings.api_key:
        return settings.api_key
    if settings.api_key_command:
        name = f"api_key_command in {settings.origins['api_key_command']}"
        return _read(await ask_command(settings.api_key_command, name), f"The first line of the {name}")
    if has_keyring():
        kept = await asyncio.to_thread(ask_keyring, settings)
        return _read(kept, "The API key in the system keyring") if kept else None
    return None


def no_key_sentence(settings: Settings) -> str:
    """Say that no source has a key, and how to give one."""
    ways = "set MIXPEEK_API_KEY, or run `peekui demo` to browse a library without an account."
    if settings.withheld_command is None:
        return f"No API key: {ways}"
    origin = origin_of(settings.base_url)
    return f"No API key for {origin}: the api_key_command in {settings.withheld_command} is for another address; {ways}"


def _read(text: str, source: str) -> Secret:
    try:
        return read_key(text)
    except ValueError as error:
        raise ConfigError(f"{source} {error}.") from error
