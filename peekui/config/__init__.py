"""Configuration: where to connect, from flags, environment and a TOML file with profiles; and where the key is.

Imports nothing of peekui but `api.secret`. `api_key` is not re-exported: it brings asyncio, and is
imported where a key is needed.
"""

from __future__ import annotations

from peekui.config.check import check
from peekui.config.file import ConfigFile, UserKeys, read_file
from peekui.config.options import DEFAULT_BASE_URL, origin_of
from peekui.config.problems import ConfigError, Problem, nearest
from peekui.config.settings import Settings, read_settings

__all__ = [
    "DEFAULT_BASE_URL",
    "ConfigError",
    "ConfigFile",
    "Problem",
    "Settings",
    "UserKeys",
    "check",
    "nearest",
    "origin_of",
    "read_file",
    "read_settings",
]
